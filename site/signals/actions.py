"""Everything that writes signals, apart from Wagtail's own editor."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Locale, ModelLogEntry

from signals.models import Signal
from signals.signal_file import SignalEntry

LOADED = "signals.load"
# What an editor does to a signal; a load logs its own word after the last of these.
EDITED = {
    "wagtail.create", "wagtail.edit", "wagtail.publish", "wagtail.unpublish", "wagtail.revert",
}  # fmt: skip


@dataclass
class Loaded:
    """What a load did, by language and slug."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)  # changed by an editor since


def _edited_since_load(signal: Signal) -> bool:
    """Whether somebody was at it in the admin after it was last loaded. 1 query."""
    last = (
        ModelLogEntry.objects.for_instance(signal)
        .filter(action__in=[*EDITED, LOADED])
        .order_by("-timestamp", "-pk")
        .values_list("action", flat=True)
        .first()
    )
    return last in EDITED


def _says(signal: Signal, wanted: Mapping[str, Any]) -> bool:
    return all(
        (list(signal.sources.raw_data) if name == "sources" else getattr(signal, name)) == value
        for name, value in wanted.items()
    )


@transaction.atomic
def load_signals(*, entries: Iterable[SignalEntry], overwrite: bool = False) -> Loaded:
    """Makes the signals and their translations say what the file says, and publishes them.

    All of it or nothing. What an editor changed is left alone and reported, unless
    ``overwrite``. A signal that is not in the file stays. 2 queries, and some 20 for each
    one that differs.
    """
    loaded = Loaded()
    known = {
        (signal.slug, signal.locale.language_code): signal
        for signal in Signal.objects.select_related("locale")
    }
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for position, entry in enumerate(entries, start=1):
        shared = None
        for language, _texts in entry.languages():
            if language not in locales:
                locales[language] = Locale.objects.create(language_code=language)
            signal = known.get((entry.slug, language))
            if language == settings.LANGUAGE_CODE:
                shared = signal.translation_key if signal else uuid4()
            name = entry.slug if language == settings.LANGUAGE_CODE else f"{language}/{entry.slug}"
            wanted = entry.columns(language, position * 10)
            if signal is None:
                signal = Signal(
                    slug=entry.slug, locale=locales[language], translation_key=shared, live=False
                )
                loaded.created.append(name)
            elif _says(signal, wanted):
                loaded.unchanged.append(name)
                continue
            elif not overwrite and _edited_since_load(signal):
                loaded.left_alone.append(name)
                continue
            else:
                loaded.updated.append(name)
            _write(signal, wanted)
    return loaded


def _write(signal: Signal, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(signal, name, json.dumps(value) if name == "sources" else value)
    signal.full_clean()
    signal.save()
    signal.save_revision().publish()
    log(signal, LOADED)
