"""Reads of what municipalities say, as screens ask for them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from wagtail.rich_text import RichText

from accounts.cookies import LearnerToken
from awareness.models import LocalText
from classrooms.models import Enrolment
from helplines.queries import all_helplines
from lessons.models import LessonPackagePage, LessonPage

log = structlog.get_logger("doorzien.awareness")
_Texts = dict[tuple[str, str], dict[str, LocalText]]
_known: tuple[float, _Texts] | None = None


def local_texts(municipality: str, language: str) -> Mapping[str, LocalText]:
    """By slot. No query when warm, else 1 for all municipalities. Never fails: without a
    database a lesson shows what was read last, or the national text."""
    global _known
    now = time.monotonic()
    if _known is None or now - _known[0] >= settings.LESSON_RECHECK_SECONDS:
        texts: _Texts = {}
        try:
            for one in LocalText.objects.filter(is_current=True).defer("text"):
                texts.setdefault((one.municipality_code, one.language), {})[one.slot] = one
        except (DatabaseError, InterfaceError):
            log.error("local_texts_not_read")
            texts = _known[1] if _known else {}
        _known = (now, texts)
    return _known[1].get((municipality, language), {})


def is_anything_local() -> bool:
    """Whether to say where one lives can make any difference. No query when warm, else 2."""
    local_texts("", "")
    is_written = _known is not None and bool(_known[1])
    return is_written or any(not one.is_national for one in all_helplines().values())


def municipality_of_class(token: LearnerToken) -> str:
    """The code of where the class of this learner is; the first that has one, or "". 1 query."""
    places = Enrolment.objects.filter(
        learner_id=token.learner_id,
        learner__epoch=token.epoch,
        removed_at__isnull=True,
        classroom__archived_at__isnull=True,
    ).exclude(classroom__organisation__municipality_code="")
    codes = places.order_by("classroom_id").values_list(
        "classroom__organisation__municipality_code", flat=True
    )
    return codes.first() or ""


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    global _known
    _known = None


@dataclass
class Place:
    """A slot that lessons leave open, with what a municipality put in it."""

    slot: str
    title: str
    fallback: RichText
    lessons: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)  # of the packages, in words
    texts: dict[str, LocalText] = field(default_factory=dict)  # by language

    def is_due(self, today: date) -> bool:
        return any(text.is_due(today) for text in self.texts.values())


def places(municipality: str) -> list[Place]:
    """Every slot of the published lessons in the site's first language. 3 queries."""
    found: dict[str, Place] = {}
    packages = {page.path: page for page in LessonPackagePage.objects.live()}
    lessons = LessonPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    for lesson in lessons.order_by("path"):
        package = packages.get(lesson.path[: -lesson.steplen])
        if package is None:
            continue
        # As it is kept: to read a step as blocks fetches all that its other blocks name.
        for block in (one for step in lesson.steps.raw_data for one in step["value"]["blocks"]):
            if block["type"] == "local_slot":
                value = block["value"]
                place = found.setdefault(
                    value["slot"], Place(value["slot"], value["title"], RichText(value["fallback"]))
                )
                place.lessons = list(dict.fromkeys([*place.lessons, lesson.title]))
                audience = str(package.get_audience_display())
                place.audiences = list(dict.fromkeys([*place.audiences, audience]))
    for one in LocalText.objects.filter(municipality_code=municipality, is_current=True):
        if one.slot in found:
            found[one.slot].texts[one.language] = one
    return list(found.values())


def history(municipality: str, slot: str) -> list[LocalText]:
    """The twenty newest that were shown in this slot and are not any more. 1 query."""
    older = LocalText.objects.filter(municipality_code=municipality, slot=slot, is_current=False)
    return list(older[:20])
