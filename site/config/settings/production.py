"""The real thing. Refuses to start with a missing, default or unsafe setting."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

DEBUG = False
ALLOW_DEMO = False
SECOND_FACTOR_REQUIRED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


def required(name: str) -> str:
    """The variable's value, or a start-up error that says which one is missing."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment (see docs/operations.md).")
    return value


SECRET_KEY = required("SECRET_KEY")
if len(SECRET_KEY) < 50 or "not-secret" in SECRET_KEY or "insecure" in SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is a default or too short: use 50 random characters.")
# The keys before this one: what they signed stays valid while learners are under way.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = [host for host in required("ALLOWED_HOSTS").split(",") if host]
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not be '*'.")
BASE_URL = WAGTAILADMIN_BASE_URL = required("BASE_URL")
if not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL must start with https://")
required("DATABASE_URL")
SECURITY_CONTACT = required("SECURITY_CONTACT")
if env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG may not be on in production.")

DEFAULT_FROM_EMAIL = SERVER_EMAIL = required("DEFAULT_FROM_EMAIL")
EMAIL_CONFIG = env.email("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 5

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
LEARNER_COOKIE_SECURE = True
# The __Host- prefix: a browser takes these only from this very host, over https.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_NAME = "__Host-language"
LEARNER_COOKIE_NAME = "__Host-learner"
PLACE_COOKIE_NAME = "__Host-place"
