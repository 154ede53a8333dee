"""What an editor reads above a lesson, a package, a helpline and a signal: what went stale,
and which lessons, questions and quizzes depend on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.forms import Media
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from helplines.models import Helpline
from lessons.claims import claim_of, claims_of, overdue_in_lesson, uses_of
from lessons.freshness import SOURCE, Claim, Use
from lessons.models import LessonPackagePage, LessonPage
from lessons.signal_claims import claim_of_signal
from signals.models import Signal

Rows = list[tuple[Claim, list[Use]]]


class FreshnessNote(Component):
    """``kind`` is what it stands above: lesson, package, helpline or signal."""

    template_name = "lessons/admin/freshness_note.html"

    def __init__(self, kind: str, overdue: list[Claim], rows: Rows) -> None:
        self.kind, self.overdue, self.rows = kind, overdue, rows

    media: ClassVar[Media] = Media(css={"all": ["css/admin/freshness.css"]})

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"kind": self.kind, "overdue": self.overdue, "rows": self.rows}


def note_above(thing: object, request: HttpRequest) -> FreshnessNote | None:
    """Nothing above a lesson that is fresh. At most 13 queries."""
    today = timezone.localdate()
    if isinstance(thing, LessonPage):
        overdue = overdue_in_lesson(thing, today=today)
        return FreshnessNote("lesson", overdue, []) if overdue else None
    if isinstance(thing, LessonPackagePage):
        return _note("package", claims_of(thing))
    if isinstance(thing, Helpline):
        return _note("helpline", [claim_of(thing)])
    if isinstance(thing, Signal):
        return _note("signal", [claim_of_signal(thing.source)])
    return None


def _note(kind: str, claims: list[Claim]) -> FreshnessNote:
    today = timezone.localdate()
    uses = uses_of(claims)
    rows = [(claim, uses[claim]) for claim in claims if kind != "package" or claim.kind == SOURCE]
    return FreshnessNote(kind, [claim for claim in claims if claim.is_overdue(today)], rows)


def changed_sources(package: LessonPackagePage) -> list[Claim]:
    """The sources of a draft that readers see otherwise now. 1 query."""
    live = LessonPackagePage.objects.filter(pk=package.pk, live=True).first()
    before = sources_as_told(live) if live else {}
    after = sources_as_told(package)
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    return [one for one in claims_of(package) if one.kind == SOURCE and one.name in changed]


def sources_as_told(package: LessonPackagePage) -> dict[str, tuple[Any, ...]]:
    """What a reader is told of each source."""
    told = ("title", "publisher", "url", "published", "checked_on", "check_by")
    return {
        block.value["id"]: tuple(str(block.value[name] or "") for name in told)
        for block in package.sources
    }


def tell_what_to_read_again(request: HttpRequest, claims: list[Claim]) -> None:
    """After a change: which lessons, questions and quizzes said what was true before it."""
    found = list(dict.fromkeys(use for uses in uses_of(claims).values() for use in uses))
    if found:
        messages.info(
            request,
            format_html(
                "{} {}.",
                _("Lees na of dit nog klopt:"),
                format_html_join(", ", "{}", ((in_words(use),) for use in found)),
            ),
        )


def in_words(use: Use) -> str:
    """One thing that depends on a claim, such as ‘Wat zie je?’ (vraag 2, 5)."""
    if not use.questions:
        return use.title
    numbers = ", ".join(map(str, use.questions))
    if use.kind == "draft":
        told = _("%(title)s (vraag %(numbers)s, in een concept)")
        return told % {"title": use.title, "numbers": numbers}
    return _("%(title)s (vraag %(numbers)s)") % {"title": use.title, "numbers": numbers}
