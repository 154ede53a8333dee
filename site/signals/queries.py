"""Signals as screens show them, kept in memory for a few seconds."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.urls import reverse

from signals.models import Signal
from signals.naming import folded, lines_of
from signals.words import FORMS

log = structlog.get_logger("doorzien.signals")


@dataclass(frozen=True, slots=True)
class ShownSignal:
    """A signal in one language; its forms, sources and dates are those of the original."""

    slug: str
    title: str
    language: str
    theme: str
    audience: str
    forms: tuple[str, ...]
    notice: tuple[str, ...]
    meaning: tuple[str, ...]
    also_possible: tuple[str, ...]
    what_to_do: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]  # title and address
    checked_on: date
    check_by: date

    @property
    def path(self) -> str:
        return reverse("signals:signal", args=[self.slug])

    @property
    def form_labels(self) -> list[Any]:
        return [FORMS[form] for form in self.forms if form in FORMS]

    @property
    def theme_label(self) -> Any:
        return dict(Signal.Theme.choices).get(self.theme, "")

    @property
    def is_for_professionals(self) -> bool:
        return self.audience == Signal.Audience.PROFESSIONALS


@dataclass(frozen=True, slots=True)
class Shelf:
    """All published signals: by language and slug, in order; and which slug a name leads to."""

    shown: dict[str, dict[str, ShownSignal]]
    slugs: dict[str, str]


_known: tuple[float, Shelf] | None = None
EMPTY = Shelf({}, {})


def shown_signal(signal: Signal) -> ShownSignal:
    """As its page shows it. No query for one in the language of the site, else 1."""
    source = signal.source
    return ShownSignal(
        slug=source.slug,
        title=signal.title,
        language=signal.locale.language_code,
        theme=source.theme,
        audience=source.audience,
        forms=tuple(source.forms),
        notice=lines_of(signal.notice),
        meaning=lines_of(signal.meaning),
        also_possible=lines_of(signal.also_possible),
        what_to_do=lines_of(signal.what_to_do),
        sources=tuple((one.value["title"], one.value["url"]) for one in source.sources),
        checked_on=source.checked_on,
        check_by=source.check_by,
    )


def _read() -> Shelf:
    """1 query."""
    originals: dict[Any, Signal] = {}
    translations: list[Signal] = []
    for signal in Signal.objects.filter(live=True).select_related("locale"):
        if signal.locale.language_code == settings.LANGUAGE_CODE:
            originals[signal.translation_key] = signal
        else:
            translations.append(signal)
    slugs: dict[str, str] = {}
    inner: dict[str, dict[str, ShownSignal]] = {}
    for signal in originals.values():
        for name in (signal.slug, *signal.names):
            slugs.setdefault(folded(name), signal.slug)
    for signal in translations:
        if source := originals.get(signal.translation_key):  # gone with what it translates
            signal.source = source
            inner.setdefault(signal.locale.language_code, {})[source.slug] = shown_signal(signal)
            for name in signal.names:
                slugs.setdefault(folded(name), source.slug)
    own = {signal.slug: shown_signal(signal) for signal in originals.values()}
    shown = {
        language: {slug: inner.get(language, {}).get(slug, one) for slug, one in own.items()}
        for language, _name in settings.LANGUAGES
    }
    return Shelf(shown, slugs)


def shelf() -> Shelf:
    """No query when warm, else 1, at most every ``LESSON_RECHECK_SECONDS``. Never fails."""
    global _known
    now = time.monotonic()
    if _known is None or now - _known[0] >= settings.LESSON_RECHECK_SECONDS:
        try:
            read = _read()
        except (DatabaseError, InterfaceError):
            log.error("signals_not_read")
            read = _known[1] if _known else EMPTY
        _known = (now, read)
    return _known[1]


def all_signals(language: str) -> list[ShownSignal]:
    """Every published signal in this language, or else in that of the site. In order."""
    return list(shelf().shown.get(language, {}).values())


def find_signal(slug: str, language: str) -> ShownSignal | None:
    return shelf().shown.get(language, {}).get(slug)


def signals_called(names: Iterable[str], language: str) -> list[ShownSignal]:
    """Those that these names lead to, each once, in the order of the names.

    A name is a slug, a title or another name, in any language; capitals do not matter.
    """
    known = shelf()
    shown = known.shown.get(language, {})
    slugs = (known.slugs.get(folded(name)) for name in names if name)
    return [shown[slug] for slug in dict.fromkeys(slugs) if slug is not None and slug in shown]


def read_signals_again() -> None:
    """For what is made because a signal changed: what is kept may be from before. 1 query."""
    clear_memory()
    shelf()


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    global _known
    _known = None
