"""Every route of the site. Each must be declared in tests/site/access_matrix.py."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

INCLUDES = [
    ("q/", "quizzes.urls"),
    ("", "home.urls"),
    ("hulp/", "helplines.urls"),
    ("", "accounts.urls"),
    ("", "classrooms.urls"),
    ("", "reports.urls"),
    ("", "lessons.urls"),  # before progress: /lessen/<package>/handleiding/ is no lesson
    ("", "progress.urls"),
    ("", "media.urls"),
    ("", "home.site_urls"),
]
urlpatterns = [
    path(settings.ADMIN_URL, include(wagtailadmin_urls)),
    *[path(prefix, include(module)) for prefix, module in INCLUDES if find_spec(module)],
    path("", include(wagtail_urls)),
]
