"""The columns of a class's matrix: its assignments as lessons and quizzes, in order.

Kept in memory for as long as the stamp of the lessons stands still
(``lessons.models.ContentStamp``), so that a page that asks every fifteen seconds does not
read the lessons each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Q

from lessons.asked import question_keys_in
from lessons.models import LessonPage
from quizzes.in_step import originals_of
from quizzes.kinds import MEASUREMENT
from quizzes.models import Quiz


@dataclass(frozen=True, slots=True)
class Column:
    """A lesson (``id`` is its key) or a quiz (``id`` is its number in the database)."""

    kind: str
    id: str
    title: str
    slug: str = ""  # of a quiz
    language: str = ""  # of the title
    # A measurement says something of a group, before and after; of a pupil only that it is done.
    tells_marks: bool = True


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one assignment is about: exactly one of the three."""

    package_path: str | None
    lesson_id: int | None
    quiz_id: int | None


_kept: dict[tuple[int, Assigned], tuple[Column, ...]] = {}
_lock = Lock()


def columns_of(assigned: Iterable[Assigned], *, stamp: int) -> list[Column]:
    """The columns, each once. No query when warm, else at most 3."""
    known = {one: _kept.get((stamp, one)) for one in assigned}
    missing = [one for one, columns in known.items() if columns is None]
    if missing:
        found = _read(missing)
        known.update(found)
        with _lock:
            if any(key[0] != stamp for key in _kept):
                _kept.clear()
            _kept.update({(stamp, one): columns for one, columns in found.items()})
    columns: dict[tuple[str, str], Column] = {}
    for one in known.values():
        for column in one or ():
            columns.setdefault((column.kind, column.id), column)
    return list(columns.values())


def _read(assigned: list[Assigned]) -> dict[Assigned, tuple[Column, ...]]:
    lessons = list(_lessons(assigned))
    quiz_ids = {one.quiz_id for one in assigned if one.quiz_id}
    quiz_ids |= {quiz_id for _page, ids in lessons for quiz_id in ids}
    quizzes = (
        {
            pk: Column("quiz", str(pk), title, slug, language, tells_marks=kind != MEASUREMENT.name)
            for pk, title, slug, kind, language in Quiz.objects.filter(
                pk__in=quiz_ids, live=True
            ).values_list("pk", "title", "slug", "kind", "language")
        }
        if quiz_ids
        else {}
    )

    def quiz(quiz_id: int | None) -> list[Column]:
        return [quizzes[quiz_id]] if quiz_id in quizzes else []

    def lesson(page: LessonPage, ids: list[int]) -> list[Column]:
        own = [Column("lesson", page.key.hex, page.title)]
        return own + [column for quiz_id in ids for column in quiz(quiz_id)]

    def of(one: Assigned) -> tuple[Column, ...]:
        if one.quiz_id:
            return tuple(quiz(one.quiz_id))
        return tuple(
            column
            for page, ids in lessons
            if page.pk == one.lesson_id
            or (one.package_path and page.path.startswith(one.package_path))
            for column in lesson(page, ids)
        )

    return {one: of(one) for one in assigned}


def _lessons(assigned: list[Assigned]) -> Iterator[tuple[LessonPage, list[int]]]:
    """The lessons that are on the site, in order, each with the quizzes in its steps."""
    wanted = Q()
    for one in assigned:
        if one.package_path:
            wanted |= Q(path__startswith=one.package_path)
        elif one.lesson_id:
            wanted |= Q(pk=one.lesson_id)
    if not wanted:
        return
    pages = list(LessonPage.objects.live().filter(wanted).order_by("path"))
    asked = {key for page in pages for key in question_keys_in(page.steps.raw_data)}
    quizzes = originals_of(asked) if asked else {}
    quiz_of = {key: quiz.pk for key, quiz in quizzes.items()}
    for page in pages:
        yield page, list(dict.fromkeys(quizzes_in(page.steps.raw_data, quiz_of)))


def quizzes_in(steps: Iterable[Any], quiz_of: Mapping[str, int]) -> Iterator[int]:
    """The quizzes of a lesson's steps, in order, and those of questions that stand in a step:
    ``quiz_of`` says which that is. No query: reads what is stored."""
    for step in steps:
        for block in step["value"]["blocks"]:
            if block["type"] == "quiz" and block["value"]["quiz"]:
                yield block["value"]["quiz"]
            elif block["type"] == "question" and block["value"]["question"] in quiz_of:
                yield quiz_of[block["value"]["question"]]


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _kept.clear()
