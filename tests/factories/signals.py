"""Signals for tests; those that come with the site are in ``signals.signal_file``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from wagtail.models import Locale

from signals.models import Signal

TEXTS = {
    "title": "Meer telefoons",
    "also_called": "Een tweede telefoon\nAn extra phone",
    "notice": "Iemand heeft ineens twee telefoons.\nIemand moet altijd opnemen.",
    "meaning": "De telefoon is van een ander.",
    "also_possible": "Eén telefoon is oud.",
    "what_to_do": "Vraag het rustig.",
}


def make_signal(slug: str = "meer-telefoons", **fields: Any) -> Signal:
    """Published, in the language of the site."""
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    values = {
        **TEXTS,
        "locale": locale,
        "theme": Signal.Theme.ONLINE,
        "forms": ["sexual", "criminal"],
        "sources": [("source", {"title": "Keerpunt", "url": "https://keerpunt.chat/"})],
        "checked_on": date(2026, 2, 28),
        "check_by": date(2027, 2, 28),
        "owner": "redactie",
        "live": False,
        **fields,
    }
    signal = Signal(slug=slug, **values)
    signal.full_clean()
    signal.save()
    signal.save_revision().publish()
    return Signal.objects.get(pk=signal.pk)


def translate_signal(signal: Signal, language: str = "en", **fields: Any) -> Signal:
    """Its published translation."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    own = {"also_called": "", "translation_key": signal.translation_key, **fields}
    return make_signal(signal.slug, locale=locale, **own)
