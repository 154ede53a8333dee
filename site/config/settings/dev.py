"""A laptop: ``make run``. SQLite and files under ``var/``, mail to files."""

from .base import *

DEBUG = env.bool("DEBUG", default=False)  # off by default: the site as learners get it
SECRET_KEY = env.str(
    "SECRET_KEY", default="dev-only-not-secret-0123456789-abcdefghijklmnopqrstuvwxyz"
)
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
ALLOW_DEMO = True
BADGE_KEY_MADE_WHEN_MISSING = True
# Everybody knows the passwords of the demo; a second step would only be in the way. To see
# what production does: SECOND_FACTOR_REQUIRED=true make run.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys over http, at http://localhost:8000
