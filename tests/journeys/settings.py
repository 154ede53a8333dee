"""The site as the browser tests run it: static files collected, hashed and compressed."""

from pathlib import Path

from config.settings.test import *  # noqa: F403
from config.settings.test import BASE_DIR, env

VAR_DIR = BASE_DIR / "var" / "journeys"  # what was collected is kept between runs
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(env.str("JOURNEY_UPLOADS", default=str(VAR_DIR / "uploads")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False
LESSON_RECHECK_SECONDS = 1
