"""How far the classes of an organisation are, per package, for its coordinator. No nickname."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from classrooms.models import Assignment, Classroom, Enrolment
from lessons.queries import lesson_keys_of
from organisations.models import Organisation
from progress.models import LessonProgress
from reports.small_groups import Group, Told, hidden_parts, is_safe


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Pupils, participants of a group, or colleagues of a team."""

    kind: str
    total: Told
    classrooms: list[tuple[str, Told]]  # the name of a class; those that may be told


@dataclass(frozen=True, slots=True)
class PackageFigures:
    title: str
    total: Told
    kinds: list[KindFigures]  # those that may be told
    is_mixed: bool  # of more kinds than one, so that their totals differ from the whole's
    is_incomplete: bool  # a class, or a kind, is left out


@dataclass(frozen=True, slots=True)
class _Given:
    """A package that a class was given: who is in the class, and who did all of its lessons."""

    kind: str
    classroom: str
    size: int
    done: int


def organisation_figures(organisation: Organisation) -> list[PackageFigures]:
    """Per package that a class was given: how many have done all of its lessons.

    Together, of pupils, participants and colleagues, and per class. Below ``REPORT_MINIMUM_GROUP``
    nothing; and nothing from which a smaller group's would follow. 5 queries, however many classes.
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
        found = _Given(one.classroom.kind, one.classroom.name, len(there), done)
        per_package[one.package.title, one.package.pk].append(found)
    return [_figures(title, rows) for (title, _pk), rows in per_package.items()]


def _finished(learners: Any) -> defaultdict[int, set[UUID]]:
    found: defaultdict[int, set[UUID]] = defaultdict(set)
    rows = LessonProgress.objects.filter(completed_at__isnull=False, learner_id__in=learners)
    for learner, key in rows.values_list("learner_id", "lesson_key"):
        found[learner].add(key)
    return found


def _figures(title: str, rows: list[_Given]) -> PackageFigures:
    """All that may be told; where that is too much without classes, or the total alone."""
    by_kind: defaultdict[str, list[_Given]] = defaultdict(list)
    for row in rows:
        if row.size:
            by_kind[row.kind].append(row)
    parts = [by_kind[kind] for kind in Classroom.Kind.values if kind in by_kind]
    for with_classes, with_kinds in ((True, True), (False, True), (False, False)):
        whole, kinds = _told(parts, with_kinds=with_kinds, with_classes=with_classes)
        if is_safe(whole):
            break
    told = whole.told or Told(0, 0)
    is_mixed = len(parts) > 1
    is_incomplete = sum(len(one.classrooms) for one in kinds) < sum(map(len, parts))
    kinds = [one for one in kinds if is_mixed or one.classrooms]
    return PackageFigures(title, told, kinds, is_mixed, is_incomplete)


def _told(
    parts: list[list[_Given]], *, with_kinds: bool, with_classes: bool
) -> tuple[Group, list[KindFigures]]:
    """The groups with what would be told of each, and that in the order of the page."""
    least = settings.REPORT_MINIMUM_GROUP
    hidden = hidden_parts([_size(rows) for rows in parts], least)
    whole, kinds = _together([row for rows in parts for row in rows]), []
    for place, rows in enumerate(parts):
        is_shown = place not in hidden and with_kinds
        small = hidden_parts([row.size for row in rows], least)
        group = _together(rows) if is_shown else Group(_size(rows))
        for at, row in enumerate(rows):
            is_told = is_shown and with_classes and at not in small
            told = Told(row.done, row.size, least) if is_told else None
            group.parts.append(Group(row.size, told))
        whole.parts.append(group)
        if group.told:
            classes = zip(rows, group.parts, strict=True)
            names = [(row.classroom, part.told) for row, part in classes if part.told]
            kinds.append(KindFigures(rows[0].kind, group.told, names))
    return whole, kinds


def _together(rows: list[_Given]) -> Group:
    size = _size(rows)
    return Group(size, Told(sum(row.done for row in rows), size, settings.REPORT_MINIMUM_GROUP))


def _size(rows: list[_Given]) -> int:
    return sum(row.size for row in rows)
