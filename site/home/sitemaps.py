"""What a search engine may find, from Wagtail's pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap

from signals.queries import ShownSignal, all_signals


class PageSitemap(Sitemap):
    """Wagtail's, with the addresses that canonical links have (``BASE_URL``)."""

    def _urls(self, page: int, protocol: str, domain: str) -> Any:
        urls = super()._urls(page, protocol, domain)
        for url in urls:
            url["location"] = f"{settings.BASE_URL}{urlsplit(url['location']).path}"
        return urls


class SignalSitemap(DjangoSitemap):
    """The list of signals and each of them. No query when warm."""

    def items(self) -> list[str]:
        signals: list[ShownSignal] = all_signals(settings.LANGUAGE_CODE)
        return [reverse("signals:list"), *(signal.path for signal in signals)]

    def location(self, item: str) -> str:
        return item

    def _urls(self, page: int, protocol: str, domain: str) -> Any:
        urls = super()._urls(page, protocol, domain)  # type: ignore[misc]
        for url in urls:
            url["location"] = f"{settings.BASE_URL}{url['item']}"
        return urls


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Front page, own pages, packages, signals. The steps of a lesson are not to be found by
    searching."""
    return wagtail_sitemap(request, {"pages": PageSitemap, "signals": SignalSitemap})
