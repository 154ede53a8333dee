"""What changed in a page since it was translated. Follows from its revisions; nothing is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.forms import Media
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from lessons.models import LessonPackagePage, LessonPage

NOT_TRANSLATED = {"page_ptr", "key"}


class StaleNote(Component):
    """Above the form of a translation: which parts of the original to look at."""

    template_name = "lessons/admin/freshness_note.html"
    media: ClassVar[Media] = Media(css={"all": ["css/admin/freshness.css"]})

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"kind": "translation", "parts": self.parts}


def stale_note(thing: object, request: HttpRequest) -> StaleNote | None:
    """Nothing above an original, and above a translation that is up to date. At most 3 queries."""
    if not isinstance(thing, LessonPage | LessonPackagePage):
        return None
    parts = changed_parts(thing)
    return StaleNote(parts) if parts else None


def changed_parts(page: LessonPage | LessonPackagePage) -> list[str]:
    """The steps and fields of the original that were published otherwise after this translation."""
    original = page.source
    now = original.live_revision
    since = page.last_published_at
    if original.pk == page.pk or now is None or since is None or now.created_at <= since:
        return []
    then = original.revisions.filter(created_at__lte=since).order_by("-created_at", "-pk").first()
    return list(_changed(original, then.content, now.content)) if then else []


def _changed(page: Any, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    own = [field for field in page._meta.local_fields if field.name not in NOT_TRANSLATED]
    for field in [page._meta.get_field("title"), *own]:
        before, after = then.get(field.name), now.get(field.name)
        if before == after:
            continue
        if field.name == "steps":
            yield from _changed_steps(before, after)
        else:
            yield capfirst(str(field.verbose_name))


def _changed_steps(before: Any, after: Any) -> Iterator[str]:
    old, new = (
        {step["id"]: step for step in json.loads(steps or "[]")} for steps in (before, after)
    )
    for number, (key, step) in enumerate(new.items(), start=1):
        if step != old.get(key):
            yield _("Stap %(number)s: %(title)s") % {
                "number": number,
                "title": step["value"]["title"],
            }
    for key in old.keys() - new.keys():
        yield _("Weggehaald: %(title)s") % {"title": old[key]["value"]["title"]}
