"""Every route of the site. Each must be declared in tests/access/matrix.py."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

# What a class asks for comes first: each route that is tried before it costs time.
INCLUDES = [
    ("q/", "quizzes.urls"),
    ("lessen/", "lessons.urls"),  # before progress: <package>/handleiding/ is no lesson
    ("lessen/", "progress.urls"),
    ("", "home.urls"),
    ("hulp/", "helplines.urls"),
    ("signalen/", "signals.urls"),
    ("", "accounts.urls"),
    ("", "classrooms.urls"),
    ("gemeente/", "awareness.urls"),
    ("in-de-buurt/", "awareness.place_urls"),
    ("", "certificates.urls"),
    ("", "privacy.urls"),
    ("", "progress.teacher_urls"),
    ("", "reports.urls"),
    ("", "media.urls"),
    ("", "home.site_urls"),
]
# One way in: Wagtail's two sign-in forms would count no wrong passwords (S-34).
sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)
urlpatterns = [
    path(f"{settings.ADMIN_URL}login/", sign_in, name="wagtailadmin_login"),
    path("_util/login/", sign_in, name="wagtailcore_login"),
    path(settings.ADMIN_URL, include(wagtailadmin_urls)),
    *[path(prefix, include(module)) for prefix, module in INCLUDES if find_spec(module)],
    path("", include(wagtail_urls)),
]
# Shows the help numbers, also when the database is gone (S-79).
handler400 = "home.errors.unreadable_request"
handler500 = "home.errors.server_error"
