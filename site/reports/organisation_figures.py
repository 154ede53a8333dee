"""How far the classes of an organisation are, per package, for its coordinator. No nickname."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from classrooms.models import Assignment, Enrolment
from lessons.queries import lesson_keys_of
from organisations.models import Organisation
from progress.models import LessonProgress
from reports.small_groups import Told, hidden_parts


@dataclass(frozen=True, slots=True)
class PackageFigures:
    title: str
    total: Told
    classrooms: list[tuple[str, Told]]  # the name of a class; those that may be told
    held_back_count: int  # classes that are too small, or that would give one away


@dataclass(frozen=True, slots=True)
class _Given:
    """A package that a class was given: who is in the class, and who did all of its lessons."""

    classroom: str
    size: int
    done: int


def organisation_figures(organisation: Organisation) -> list[PackageFigures]:
    """Per package that a class was given: how many have done all of its lessons.

    Below ``REPORT_MINIMUM_GROUP`` nothing; and no class whose figures would follow from the total
    and the others. 5 queries, however many classes there are.
    """
    given = list(
        Assignment.objects.filter(
            classroom__organisation=organisation,
            classroom__archived_at__isnull=True,
            package__isnull=False,
        )
        .select_related("package", "classroom")
        .prefetch_related("for_enrolments")
        .order_by("package__title", "classroom__name", "pk")
    )
    lessons = lesson_keys_of({one.package.path for one in given if one.package})
    learners: defaultdict[int, list[int]] = defaultdict(list)
    rooms = {one.classroom_id for one in given}
    current = Enrolment.objects.current().filter(classroom_id__in=rooms)  # type: ignore[attr-defined]
    for room, learner in current.values_list("classroom_id", "learner_id"):
        learners[room].append(learner)
    finished = _finished(current.values("learner_id"))
    per_package: defaultdict[tuple[str, int], list[_Given]] = defaultdict(list)
    for one in given:
        if one.package is None:
            continue
        wanted, there = lessons[one.package.path], learners[one.classroom_id]
        if one.is_for_some:
            chosen = {place.learner_id for place in one.for_enrolments.all()}
            there = [learner for learner in there if learner in chosen]
        done = sum(bool(wanted) and wanted <= finished[learner] for learner in there)
        found = _Given(one.classroom.name, len(there), done)
        per_package[one.package.title, one.package.pk].append(found)
    return [_figures(title, rows) for (title, _pk), rows in per_package.items()]


def _finished(learners: Any) -> defaultdict[int, set[UUID]]:
    found: defaultdict[int, set[UUID]] = defaultdict(set)
    rows = LessonProgress.objects.filter(completed_at__isnull=False, learner_id__in=learners)
    for learner, key in rows.values_list("learner_id", "lesson_key"):
        found[learner].add(key)
    return found


def _figures(title: str, rows: list[_Given]) -> PackageFigures:
    least = settings.REPORT_MINIMUM_GROUP
    hidden = hidden_parts([row.size for row in rows], least)
    told = [
        (row.classroom, Told(row.done, row.size, least))
        for place, row in enumerate(rows)
        if place not in hidden and row.size
    ]
    total = Told(sum(row.done for row in rows), sum(row.size for row in rows), least)
    return PackageFigures(title, total, told, len(hidden))
