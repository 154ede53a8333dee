"""The site as the durability tests run it: production's database settings, real files.

Variables of the environment make the broken builds of the negative controls:
``BROKEN`` (see broken.py) and ``SQLITE_SYNCHRONOUS``.
"""

from config.settings.test import *  # noqa: F403
from config.settings.test import DATABASES, env

WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = True
LESSON_RECHECK_SECONDS = env.int("LESSON_RECHECK_SECONDS", default=5)  # as in production

BROKEN = env.str("BROKEN", default="")
if BROKEN:
    ROOT_URLCONF = "tests.durability.broken_urls"

if level := env.str("SQLITE_SYNCHRONOUS", default=""):
    DATABASES["default"]["OPTIONS"]["init_command"] += f" PRAGMA synchronous={level};"
