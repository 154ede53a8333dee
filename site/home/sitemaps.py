"""What a search engine may find, from Wagtail's pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap


class PageSitemap(Sitemap):
    """Wagtail's, with the addresses that canonical links have (``BASE_URL``)."""

    def _urls(self, page: int, protocol: str, domain: str) -> Any:
        urls = super()._urls(page, protocol, domain)
        for url in urls:
            url["location"] = f"{settings.BASE_URL}{urlsplit(url['location']).path}"
        return urls


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Front page, own pages, packages. The steps of a lesson are not to be found by searching."""
    return wagtail_sitemap(request, {"pages": PageSitemap})
