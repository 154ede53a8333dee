"""A PDF for somebody who asked for one, or a page that says what to do instead."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from printing.pdf import PrintError


def pdf_or_sorry(request: HttpRequest, make: Callable[[], bytes], name: str) -> HttpResponse:
    """``name`` is what stays on the device: neutral words only."""
    try:
        content = make()
    except PrintError:
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "60"
        return response
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
