"""What a browser gets for when there is no internet: the script that stands in, and a page.

At an address in the root, so that the script may answer for every page.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helplines.queries import help_page


@lru_cache(maxsize=1)
def worker_source() -> str:
    return (settings.SITE_DIR / "static" / "js" / "offline-worker.js").read_text(encoding="utf-8")


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker. No hash in its name: a browser looks here for a newer one."""
    return HttpResponse(worker_source(), content_type="text/javascript; charset=utf-8")


@require_safe
def no_internet(request: HttpRequest) -> HttpResponse:
    """The page as a browser keeps it, for whoever comes upon the address. No query when warm."""
    return render(request, "no_internet.html", {"helplines": help_page().to_call})
