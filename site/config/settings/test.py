"""The test run: like production where it matters, faster where it does not."""

from .base import *

SECRET_KEY = "test-only-not-secret-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ALLOW_DEMO = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# The real hasher takes a third of a second per sign-in by design.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "accounts.hashers.ReturnCodeHasher",
]
# Client tests ask for names of static files, not for files: no collectstatic needed.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR_DIR / "test-uploads"
PRINT_ROOT = VAR_DIR / "test-print"
BADGE_KEYS_ROOT = VAR_DIR / "test-badge-keys"
BADGE_KEY_MADE_WHEN_MISSING = True
ERASURE_LIST = str(VAR_DIR / "test-erased.jsonl")
# Each request looks whether a lesson changed, so that no test waits.
LESSON_RECHECK_SECONDS = 0
WHITENOISE_AUTOREFRESH = True
