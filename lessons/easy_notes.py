"""Which easy texts to compare again: their original changed since. Follows from the revisions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.forms import Media
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from lessons.easy_reading import EASY, perhaps_stale
from lessons.models import LessonPage

# Further back nobody looks; each holds the whole lesson.
MOST_REVISIONS = 30


class EasyNote(Component):
    """Above the form of a lesson: the steps whose easy text may say something else by now."""

    template_name = "lessons/admin/freshness_note.html"
    media: ClassVar[Media] = Media(css={"all": ["css/admin/freshness.css"]})

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"kind": "easy", "parts": self.parts}


def easy_note(thing: object, request: HttpRequest) -> EasyNote | None:
    """Nothing above a lesson without easy texts, or where all is as it was. At most 1 query."""
    if not isinstance(thing, LessonPage):
        return None
    parts = list(_to_compare(thing))
    return EasyNote(parts) if parts else None


def _to_compare(lesson: LessonPage) -> Iterator[str]:
    now = list(lesson.steps.raw_data)
    if not any(block["type"] == EASY for step in now for block in step["value"]["blocks"]):
        return
    revisions = lesson.revisions.order_by("-created_at", "-pk")[:MOST_REVISIONS]
    kept = [
        {step["id"]: step["value"]["blocks"] for step in json.loads(one.content["steps"] or "[]")}
        for one in revisions
    ]
    for number, step in enumerate(now, start=1):
        versions = [step["value"]["blocks"], *(one.get(step["id"], []) for one in kept)]
        if perhaps_stale(versions):
            yield _("Stap %(number)s: %(title)s") % {
                "number": number,
                "title": step["value"]["title"],
            }
