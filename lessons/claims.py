"""Reads of all that may stop being true, and of what depends on it.

A page counts as its readers see it; one that was never published, as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Left, Length
from wagtail.models import Page, ReferenceIndex

from helplines.freshness import due_on
from helplines.models import Helpline
from lessons.asked import question_keys_in
from lessons.freshness import HELPLINE, PACKAGE, SIGNAL, SOURCE, Claim, Use, Uses, named_sources
from lessons.models import LessonPackagePage, LessonPage
from lessons.signal_claims import add_uses_of_signals, claim_of_signal, signals_on_cards
from quizzes.in_step import originals_of
from quizzes.models import Question, Quiz
from signals.models import Signal

STEP_LENGTH = Page.steplen  # of a page's path per level


def every_claim() -> list[Claim]:
    """3 queries."""
    # A translation makes the claims of what it translates.
    packages = LessonPackagePage.objects.filter(
        locale__language_code=settings.LANGUAGE_CODE
    ).order_by("path")
    found = [claim for package in packages for claim in claims_of(package)]
    found += [claim_of(helpline) for helpline in Helpline.objects.all()]
    return found + [claim_of_signal(signal) for signal in Signal.objects.originals()]


def claims_of(package: LessonPackagePage) -> list[Claim]:
    """The package itself and its sources. No query."""
    sources = (_source(package, block) for block in package.sources.raw_data)
    own = Claim(PACKAGE, package.pk, package.title, package.review_owner.strip(), package.review_by)
    return [own, *(source for source in sources if source is not None)]


def _source(package: LessonPackagePage, block: Any) -> Claim | None:
    value = block["value"]
    due = _day(value.get("check_by"))
    if due is None:  # of a draft that was never whole
        return None
    return Claim(
        SOURCE,
        package.pk,
        value.get("title") or "",
        (value.get("owner") or "").strip(),
        due,
        checked_on=_day(value.get("checked_on")),
        name=value.get("id") or "",
        place=package.title,
        publisher=value.get("publisher") or "",
        recheck=value.get("recheck") or "",
        block=block.get("id") or "",
    )


def _day(value: Any) -> date | None:
    if isinstance(value, str) and value:
        return date.fromisoformat(value)
    return value if isinstance(value, date) else None


def claim_of(helpline: Helpline) -> Claim:
    return Claim(
        HELPLINE,
        helpline.pk,
        helpline.name,
        helpline.owner.strip(),
        due_on(checked_on=helpline.checked_on, check_by=helpline.check_by),
        checked_on=helpline.checked_on,
        name=helpline.slug,
        publisher=helpline.source_title,
        recheck=helpline.note_for_editor,
    )


def uses_of(claims: Sequence[Claim]) -> Uses:
    """What depends on each. At most 15 queries, however many claims there are."""
    uses: Uses = {claim: [] for claim in claims}
    of_packages = [claim for claim in claims if claim.kind in {PACKAGE, SOURCE}]
    _add_uses_of_packages(of_packages, uses)
    _add_uses_of_helplines([claim for claim in claims if claim.kind == HELPLINE], uses)
    add_uses_of_signals([claim for claim in claims if claim.kind == SIGNAL], uses)
    return uses


@dataclass(slots=True)
class _Contents:
    """Of one package: its lessons and the quizzes in these, with the sources that they name."""

    lessons: list[tuple[Use, set[str]]] = field(default_factory=list)
    quizzes: dict[int, None] = field(default_factory=dict)  # in order, each once
    asked: dict[str, None] = field(default_factory=dict)  # questions that stand in a step


def _add_uses_of_packages(claims: Sequence[Claim], uses: Uses) -> None:
    if not claims:
        return
    paths = LessonPackagePage.objects.filter(pk__in={claim.pk for claim in claims})
    package_at = dict(paths.values_list("path", "pk"))
    contents = {pk: _Contents() for pk in package_at.values()}
    lessons = (
        LessonPage.objects.alias(parent=Left("path", Length("path") - STEP_LENGTH))
        .filter(parent__in=package_at)
        .order_by("path")
    )
    for lesson in lessons:
        found = contents[package_at[lesson.path[:-STEP_LENGTH]]]
        raw = list(lesson.steps.raw_data)
        found.lessons.append((Use("lesson", lesson.pk, lesson.title), named_sources(raw)))
        found.quizzes.update(dict.fromkeys(quizzes_in(raw)))
        found.asked.update(dict.fromkeys(question_keys_in(raw)))
    asked = {key for found in contents.values() for key in found.asked}
    quizzes = originals_of(asked) if asked else {}
    for found in contents.values():
        found.quizzes.update((quizzes[key].pk, None) for key in found.asked if key in quizzes)
    titles, questions = _questions({pk for found in contents.values() for pk in found.quizzes})
    for claim in claims:
        found = contents[claim.pk]
        is_package = claim.kind == PACKAGE
        uses[claim] += [use for use, names in found.lessons if is_package or claim.name in names]
        for pk in found.quizzes:
            numbers = tuple(
                number for number, _key, names in questions.get(pk, []) if claim.name in names
            )
            if pk in titles and (is_package or numbers):
                uses[claim].append(Use("quiz", pk, titles[pk], numbers))


def quizzes_in(steps: Iterable[Any]) -> list[int]:
    """The numbers of the quizzes that raw steps hold."""
    return [
        block["value"]["quiz"]
        for step in steps
        for block in step["value"]["blocks"]
        if block["type"] == "quiz" and block["value"].get("quiz")
    ]


Questions = dict[int, list[tuple[int, int, set[str]]]]


def _questions(quizzes: Iterable[int]) -> tuple[dict[int, str], Questions]:
    """The titles of quizzes, and per quiz its questions: number, key in the database, sources."""
    titles = dict(Quiz.objects.filter(pk__in=quizzes).values_list("pk", "title"))
    found: Questions = {}
    rows = Question.objects.filter(quiz__in=titles).order_by("sort_order", "pk")
    for question in rows:
        row = found.setdefault(question.quiz_id, [])
        row.append((len(row) + 1, question.pk, named_sources(list(question.body.raw_data))))
    return titles, found


def _add_uses_of_helplines(claims: Sequence[Claim], uses: Uses) -> None:
    """Through Wagtail's index of references, and the slugs that a quiz keeps itself."""
    if not claims:
        return
    claim_at = {str(claim.pk): claim for claim in claims}
    references = list(
        ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(Helpline),
            to_object_id__in=claim_at,
        ).values_list("base_content_type", "object_id", "content_path", "to_object_id")
    )
    page_type = ContentType.objects.get_for_model(Page).pk
    quiz_type = ContentType.objects.get_for_model(Quiz).pk
    pages = _titles_of_pages({int(pk) for kind, pk, *_rest in references if kind == page_type})
    # Quiz → claim → the keys of its questions, none for what stands at the end of the quiz.
    in_quizzes: dict[int, dict[Claim, set[int]]] = {}
    for kind, pk, path, to in references:
        claim = claim_at[to]
        if kind == page_type and (use := pages.get(int(pk))):
            if use not in uses[claim]:
                uses[claim].append(use)
        elif kind == quiz_type:
            keys = in_quizzes.setdefault(int(pk), {}).setdefault(claim, set())
            if path.startswith("questions."):
                keys.add(int(path.split(".")[1]))
    by_slug = {claim.name: claim for claim in claims}
    for pk, slugs in Quiz.objects.exclude(helplines=[]).values_list("pk", "helplines"):
        for slug in by_slug.keys() & set(slugs):
            in_quizzes.setdefault(pk, {}).setdefault(by_slug[slug], set())
    titles, questions = _questions(in_quizzes)
    for pk in sorted(in_quizzes, key=lambda pk: titles.get(pk, "")):
        if pk not in titles:
            continue
        for claim, keys in in_quizzes[pk].items():
            numbers = [number for number, key, _names in questions.get(pk, []) if key in keys]
            uses[claim].append(Use("quiz", pk, titles[pk], tuple(numbers)))


def _titles_of_pages(pks: Iterable[int]) -> dict[int, Use]:
    lesson_type = ContentType.objects.get_for_model(LessonPage).pk
    rows = Page.objects.filter(pk__in=pks).values_list("pk", "title", "content_type")
    return {
        pk: Use("lesson" if kind == lesson_type else "page", pk, title) for pk, title, kind in rows
    }


def overdue_in_lesson(lesson: LessonPage, *, today: date) -> list[Claim]:
    """What this lesson's readers are told that somebody should have looked at. 4 queries."""
    package = LessonPackagePage.objects.parent_of(lesson).first()
    if package is None:
        return []
    raw = list(lesson.steps.raw_data)
    names = named_sources(raw)
    claims = [one for one in claims_of(package) if one.kind == SOURCE and one.name in names]
    shown = Helpline.objects.filter(pk__in=helplines_in(raw))
    claims += [claim_of(helpline) for helpline in shown]
    claims += [claim_of_signal(signal) for signal in signals_on_cards(raw)]
    return [claim for claim in claims if claim.is_overdue(today)]


def helplines_in(steps: Iterable[Any]) -> list[int]:
    """The numbers of the helplines on the cards of raw steps."""
    return [
        entry["value"] if isinstance(entry, dict) else entry
        for step in steps
        for block in step["value"]["blocks"]
        if block["type"] == "helpline_card"
        for entry in block["value"]["helplines"]
    ]


def dates_of_sources(package: LessonPackagePage) -> list[date]:
    """By when each source had to be looked at. No query."""
    return [claim.due for claim in claims_of(package) if claim.kind == SOURCE]
