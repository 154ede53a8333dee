"""Which of its languages a page is shown in. The address is the same in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.conf import settings
from django.utils import translation

from lessons.models import ScreenPage

Screen = TypeVar("Screen", bound=ScreenPage)


def in_language(pages: Sequence[Screen], language: str) -> list[Screen]:
    """Each of these pages, or the published translation of it in this language.

    No query in the site's own language, else 1.
    """
    if language == settings.LANGUAGE_CODE or not pages:
        return list(pages)
    translations = (
        type(pages[0])
        .objects.live()
        .filter(
            translation_key__in=[page.translation_key for page in pages],
            locale__language_code=language,
        )
    )
    found = {page.translation_key: page for page in translations.select_related("locale")}
    shown = [found.get(page.translation_key, page) for page in pages]
    for page, source in zip(shown, pages, strict=True):
        page.source = source
    return shown


def active_language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE
