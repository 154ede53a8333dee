"""What ``attention`` needs to know of a class."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models.functions import TruncDate
from django.utils import timezone

from classrooms.models import Enrolment
from reports.attention import Reason, Standing, who_needs_attention
from reports.columns import Column
from reports.queries import MOMENT, ClassroomHead, Matrix

WORK = ("attempts__started_at", "attempts__submitted_at", "lesson_progress__updated_at")


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who may need a word, as a screen says it."""

    nickname: str
    reason: Reason
    column: Column | None
    day: date | None


def class_attention(head: ClassroomHead, matrix: Matrix, *, now: datetime) -> list[Shown]:
    """2 queries; none for a class in which nothing can stand out yet."""
    if not matrix.rows or not matrix.columns:
        return []
    days = _days_of(head.id)
    learners = [
        Standing(
            nickname,
            tuple(cell.state if cell.is_given else None for cell in cells),
            frozenset(days[nickname]),
        )
        for nickname, cells in matrix.rows
    ]
    due = [_day_over(until, now) for until in head.in_time_until]
    return [
        Shown(
            one.nickname,
            one.reason,
            None if one.column is None else head.columns[one.column],
            one.day,
        )
        for one in who_needs_attention(learners, due=due)
    ]


def _day_over(until: str, now: datetime) -> date | None:
    """The day by which something was due, when it is over."""
    if not until:
        return None
    end = datetime.strptime(until, MOMENT).replace(tzinfo=UTC)
    return timezone.localdate(end - timedelta(seconds=1)) if end <= now else None


def _days_of(classroom_id: int) -> defaultdict[str, set[date]]:
    """Per nickname the days, here, on which something was begun or done."""
    days: defaultdict[str, set[date]] = defaultdict(set)
    places = Enrolment.objects.current().filter(classroom_id=classroom_id).order_by()  # type: ignore[attr-defined]
    for fields in (WORK[:2], WORK[2:]):
        truncated = [TruncDate(f"learner__{field}") for field in fields]
        for nickname, *some in places.values_list("nickname", *truncated).distinct():
            days[nickname].update(day for day in some if day is not None)
    return days
