"""The language that a quiz is written in, which the interface around it need not share.

Like Django's active language, for the templates of questions: these are included in each
other many times over, each with the few things that it may see.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

_content_language: ContextVar[str] = ContextVar("content_language", default="")


def content_language() -> str:
    """The code, such as ``nl``; that of the site outside a quiz."""
    return _content_language.get() or settings.LANGUAGE_CODE


def language_attributes(code: str = "") -> SafeString:
    """The attributes of an element with a text in this language; without one, the site's.

    The direction is said where it is not that of the page around it.
    """
    code = code or settings.LANGUAGE_CODE
    is_rtl = code.split("-")[0] in settings.LANGUAGES_BIDI
    if is_rtl == get_language_bidi():
        return format_html('lang="{}"', code)
    return format_html('lang="{}" dir="{}"', code, "rtl" if is_rtl else "ltr")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    token = _content_language.set(language)
    try:
        yield
    finally:
        _content_language.reset(token)


def render_content(template: str, context: dict[str, Any], language: str) -> str:
    """Django's ``render_to_string``, with what editors wrote in this language."""
    with speaking(language):
        return render_to_string(template, context)


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    language: str,
    *,
    status: int | None = None,
) -> HttpResponse:
    """Django's ``render``, with what editors wrote in this language."""
    with speaking(language):
        return render(request, template, context, status=status)
