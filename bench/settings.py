"""The site as ``make bench`` measures it: as in production, over http, one more route."""

from config.settings.base import BASE_DIR
from tests.durability.settings import *  # noqa: F403
from tests.durability.settings import MIDDLEWARE, STORAGES, env

VAR_DIR = BASE_DIR / "var" / "bench"  # not the static files and stamps of `make run`
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "uploads"
PRINT_ROOT = VAR_DIR / "print"
STORAGES["staticfiles"] = {"BACKEND": "config.staticstorage.HashedStaticFilesStorage"}
WHITENOISE_USE_FINDERS = False
ROOT_URLCONF = "bench.urls"
# Statements are counted in a run of their own: counting costs time.
if env.bool("BENCH_COUNT", default=False):
    MIDDLEWARE = ["bench.counting.CountStatementsMiddleware", *MIDDLEWARE]
