"""Every route of the site. Each must be declared in tests/site/access_matrix.py."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path(settings.ADMIN_URL, include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
