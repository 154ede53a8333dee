"""The site as the browser tests run it: static files collected, hashed and compressed."""

from pathlib import Path

from config.settings.test import *  # noqa: F403
from config.settings.test import BASE_DIR, TEMPLATES, env

VAR_DIR = BASE_DIR / "var" / "journeys"  # what was collected is kept between runs
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(env.str("JOURNEY_UPLOADS", default=str(VAR_DIR / "uploads")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.staticstorage.HashedStaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = False
LESSON_RECHECK_SECONDS = 1
ROOT_URLCONF = "tests.journeys.urls"
# Mail is put in files: a person who follows a link from it is a part of the walk.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = MEDIA_ROOT.parent / "mail"
TEMPLATES = [
    {
        **TEMPLATES[0],
        "APP_DIRS": False,
        "OPTIONS": {
            **TEMPLATES[0]["OPTIONS"],
            "loaders": [
                (
                    "tests.journeys.templates_seen.RecordingLoader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
