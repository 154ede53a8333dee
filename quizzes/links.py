"""Where a learner can go on from an explanation or a score band: a signal, a lesson, somebody
who helps.

An edition keeps which lesson, which helplines and which signals, these by a name that an editor
wrote or chose; whether a lesson or signal can be read and how a helpline is reached is as it is
now. So this part of a page is not kept with the rest, and editions from before there were
pages of signals lead to them too.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from helplines.models import Helpline
from helplines.queries import helplines_by_slug
from quizzes.speaking import render_content
from signals.queries import ShownSignal, signals_called

log = structlog.get_logger("doorzien.quizzes")
_known: tuple[float, dict[int, str]] | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """What ``quizzes/_links.html`` shows. ``lesson`` has its title, path and language."""

    lesson: Mapping[str, Any] | None
    helplines: list[Helpline]
    signals: list[ShownSignal]

    def __bool__(self) -> bool:
        return self.lesson is not None or bool(self.helplines) or bool(self.signals)


def links_of(content: Mapping[str, Any]) -> Links:
    """Those of a question or a band, as far as they lead somewhere now.

    No query where there are none. Else none when warm, and at most 3.
    """
    kept = content.get("supplement") or {}
    lesson = kept.get("lesson")
    names = list(signal_names(content))
    return Links(
        lesson=lesson if lesson and _can_be_read(lesson) else None,
        helplines=helplines_by_slug(kept["helplines"]) if kept.get("helplines") else [],
        signals=signals_called(names, translation.get_language()) if names else [],
    )


def signal_names(content: Mapping[str, Any]) -> Iterator[str]:
    """Every name of a signal in a question or a band: chosen beside it, of the question, and of
    what is to be spotted in it."""
    if chosen := (content.get("supplement") or {}).get("signal"):
        yield chosen
    if own := content.get("signal"):
        yield own
    for part in ("choices", "targets"):
        for entry in content.get(part, ()):
            if name := entry.get("signal"):
                yield name


def links_html(content: Mapping[str, Any], language: str) -> SafeString:
    """The links below the explanation of a question; nothing where there are none."""
    links = links_of(content)
    if not links:
        return SafeString()
    if links.lesson is None and not links.helplines:
        return _signals_html(tuple(links.signals), language, translation.get_language())
    return _links_html(links, language)


@lru_cache(maxsize=512)
def _signals_html(signals: tuple[ShownSignal, ...], language: str, _shown_in: str) -> SafeString:
    """Most questions are about a signal and have no other link: each answer would render it."""
    return _links_html(Links(None, [], list(signals)), language)


def _links_html(links: Links, language: str) -> SafeString:
    # The template escapes.
    return mark_safe(render_content("quizzes/_links.html", {"links": links}, language))  # noqa: S308


def _can_be_read(lesson: Mapping[str, Any]) -> bool:
    """Whether the lesson is published, at the address that the edition has for it."""
    return _readable_pages().get(lesson["page"], "").endswith(lesson["path"])


def _readable_pages() -> dict[int, str]:
    """The addresses of published pages whose parent is published too. Never fails.

    No query when warm, else 1, at most every ``LESSON_RECHECK_SECONDS``.
    """
    global _known
    now = time.monotonic()
    if _known is None or now - _known[0] >= settings.LESSON_RECHECK_SECONDS:
        try:
            rows = list(Page.objects.live().values_list("pk", "path", "url_path"))
        except (DatabaseError, InterfaceError):
            log.error("pages_not_read")
            return _known[1] if _known else {}
        live = {path for _pk, path, _url in rows}
        pages = {pk: url for pk, path, url in rows if path[: -Page.steplen] in live}
        _known = (now, pages)
    return _known[1]


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    global _known
    _known = None
