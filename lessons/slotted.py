"""A template that is rendered once per language, with slots for what differs per request."""

from __future__ import annotations

import re
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from lessons.parts import SLOT

_SLOTS = re.compile(re.escape(SLOT).replace(r"\{\}", r"(\w+)"))


class Slotted:
    """The fixed parts, with the names of the slots between them."""

    def __init__(self, html: str) -> None:
        self._format = _SLOTS.sub(r"%(\1)s", html.replace("%", "%%"))

    def fill(self, **values: str) -> str:
        """The HTML. The values are HTML too: escape what somebody wrote."""
        return self._format % values


def slotted(template: str, *slots: str, **context: object) -> Slotted:
    """The template in the language of the request, with these variables as slots."""
    return _slotted(str(get_language()), template, slots, tuple(context.items()))


@lru_cache(maxsize=512)
def _slotted(
    _language: str, template: str, slots: tuple[str, ...], context: tuple[tuple[str, object], ...]
) -> Slotted:
    own = {name: SLOT.format(name) for name in slots}
    return Slotted(render_to_string(template, {**dict(context), **own}))


def clear_memory() -> None:
    _slotted.cache_clear()
