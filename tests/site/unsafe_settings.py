"""Production settings as somebody would spoil them: the popular, faster SQLite recipe."""

import os

from config.settings.production import *  # noqa: F403
from config.settings.production import DATABASES

DATABASES["default"]["OPTIONS"]["init_command"] += (
    f" PRAGMA synchronous={os.environ['SQLITE_SYNCHRONOUS']};"
)
