"""What the list of signals shows for what its address asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from signals.models import Signal
from signals.naming import AUDIENCE_CODES, FORM_CODES
from signals.queries import ShownSignal
from signals.words import FORMS


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the list."""

    label: Any
    address: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    theme: str
    title: Any
    signals: list[ShownSignal]


@dataclass(frozen=True, slots=True)
class Listing:
    groups: list[Group]
    forms: list[Choice]
    readers: list[Choice]
    count: int
    is_narrowed: bool


def signal_listing(signals: list[ShownSignal], *, form: str, reader: str) -> Listing:
    """By theme, in the order of the themes. What the address says wrong is not asked. No query."""
    forms = {code: name for name, code in FORM_CODES.items()}
    readers = {code: name for name, code in AUDIENCE_CODES.items()}
    form, reader = form if form in forms else "", reader if reader in readers else ""
    found = list(_of_form(_for(signals, readers.get(reader, "")), forms.get(form, "")))
    return Listing(
        groups=[
            Group(theme.value, theme.label, own)
            for theme in Signal.Theme
            if (own := [one for one in found if one.theme == theme])
        ],
        forms=_choices(
            [("", _("alle vormen")), *((code, FORMS[name]) for code, name in forms.items())],
            chosen=form,
            address=lambda code: _address(code, reader),
            count=lambda code: len(
                list(_of_form(_for(signals, readers.get(reader, "")), forms.get(code, "")))
            ),
        ),
        readers=_choices(
            [
                ("", Signal.Audience.EVERYONE.label),
                *((code, Signal.Audience(name).label) for code, name in readers.items()),
            ],
            chosen=reader,
            address=lambda code: _address(form, code),
            count=lambda code: len(
                list(_of_form(_for(signals, readers.get(code, "")), forms.get(form, "")))
            ),
        ),
        count=len(found),
        is_narrowed=bool(form or reader),
    )


def _for(signals: Iterable[ShownSignal], reader: str) -> Iterator[ShownSignal]:
    """A signal for everyone is for each group as well."""
    wanted = {reader, Signal.Audience.EVERYONE}
    return (one for one in signals if not reader or one.audience in wanted)


def _of_form(signals: Iterable[ShownSignal], form: str) -> Iterator[ShownSignal]:
    return (one for one in signals if not form or form in one.forms)


def _address(form: str, reader: str) -> str:
    asked = {name: value for name, value in (("vorm", form), ("voor", reader)) if value}
    path = reverse("signals:list")
    return f"{path}?{urlencode(asked)}" if asked else path


def _choices(pairs: Any, *, chosen: str, address: Any, count: Any) -> list[Choice]:
    """Without those that nothing is left of, but for the one that was chosen."""
    made = (Choice(label, address(code), count(code), code == chosen) for code, label in pairs)
    return [choice for choice in made if choice.count or choice.is_chosen]
