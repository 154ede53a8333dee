"""A class in numbers, for who may see no nickname."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from accounts.models import User
from classrooms.rights import Right
from progress.completion import State
from reports.columns import Column
from reports.queries import ClassroomHead, class_overview
from reports.small_groups import Told, is_told


@dataclass(frozen=True, slots=True)
class ClassNumbers:
    head: ClassroomHead
    is_told: bool  # whether the class is large enough
    least: int
    rows: list[tuple[Column, Told]]


def class_numbers(user: User, public_id: UUID) -> ClassNumbers:
    """How many did each lesson and quiz; no mark, no nickname. Raises ``Http404``.
    1 query, up to 3 when cold."""
    overview = class_overview(user, public_id, right=Right.SEE_NUMBERS)
    least = settings.REPORT_MINIMUM_GROUP
    cells = [row for _nickname, row in overview.matrix.rows] if overview.matrix else []
    rows = []
    for place, column in enumerate(overview.head.columns):
        theirs = [row[place] for row in cells if row[place].is_given]
        done = sum(cell.state == State.DONE for cell in theirs)
        rows.append((column, Told(done, len(theirs), least)))
    return ClassNumbers(overview.head, is_told(len(cells), least), least, rows)
