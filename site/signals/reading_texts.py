"""What is read of a signal, for who checks its language."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from editorial.texts import Texts, field_passage
from signals.models import Signal

FIELDS = ("title", "notice", "meaning", "also_possible", "what_to_do")


def signal_texts(thing: Any) -> Texts | None:
    """``None`` for another thing, and for a signal in another language. At most 1 query."""
    if not isinstance(thing, Signal) or thing.locale.language_code != settings.LANGUAGE_CODE:
        return None
    passages = [field_passage(thing, name) for name in FIELDS]
    return Texts(passages, thing.audience != Signal.Audience.PROFESSIONALS)
