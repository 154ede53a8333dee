"""Reads across the apps for a teacher: who is how far, and what a class misunderstands.

Written as SQL: a page of thirty learners and forty columns is asked for every fifteen
seconds by every teacher, over a table of all answers ever given. Nothing here reads what
one learner chose, a reflection, a visit to a help page, or a time (P-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Subquery

from classrooms.access import refuse
from classrooms.models import Classroom
from lessons.models import ContentStamp
from progress.completion import State
from quizzes.grading import percent
from reports.columns import Assigned, Column, columns_of


@dataclass(frozen=True, slots=True)
class Cell:
    state: State
    percent: int | None = None  # of a quiz that is done


@dataclass(frozen=True, slots=True)
class ClassroomHead:
    """What a report says about the class itself."""

    id: int
    public_id: UUID
    name: str
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: list[Column]
    rows: list[tuple[str, list[Cell]]]  # nickname, one cell per column


NOT_STARTED = Cell(State.NOT_STARTED)


def classroom_head(user: Any, public_id: UUID) -> ClassroomHead:
    """The teacher's class and its columns. Raises ``Http404``. 1 query, up to 3 when cold."""
    rows = list(
        Classroom.objects.taught_by(user)  # type: ignore[attr-defined]
        .filter(public_id=public_id)
        .order_by("assignments__created_at", "assignments__pk")
        .values_list(
            "pk",
            "name",
            "assignments__package__path",
            "assignments__lesson_id",
            "assignments__quiz_id",
            Subquery(ContentStamp.objects.filter(pk=1).values("number")),
        )
    )
    if not rows:
        refuse(user, "classroom")
    pk, name, *_first, stamp = rows[0]
    assigned = [Assigned(*row[2:5]) for row in rows if any(row[2:5])]
    return ClassroomHead(pk, public_id, name, columns_of(assigned, stamp=stamp or 0))


ROWS_OF_LEARNERS = """
    SELECT 0, learner_id, nickname, 0, 0, 0 FROM classrooms_enrolment
     WHERE classroom_id = %s AND removed_at IS NULL
"""
ROWS_OF_LESSONS = """
    UNION ALL
    SELECT 1, p.learner_id, CAST(p.lesson_key AS text),
           CASE WHEN p.completed_at IS NULL THEN 0 ELSE 1 END, 0, 0
      FROM classrooms_enrolment e
      JOIN progress_lessonprogress p ON p.learner_id = e.learner_id
     WHERE e.classroom_id = %s AND e.removed_at IS NULL AND p.lesson_key IN ({places})
"""
# Per quiz the newest attempt that was handed in; without one, the newest that was begun.
ROWS_OF_QUIZZES = """
    UNION ALL
    SELECT 2, a.learner_id, CAST(a.quiz_id AS text),
           CASE WHEN a.submitted_at IS NULL THEN 0 ELSE 1 END, a.won, a.available
      FROM classrooms_enrolment e
      JOIN quizzes_attempt a ON a.learner_id = e.learner_id
     WHERE e.classroom_id = %s AND e.removed_at IS NULL AND a.quiz_id IN ({places})
       AND a.id = (SELECT n.id FROM quizzes_attempt n
                    WHERE n.learner_id = a.learner_id AND n.quiz_id = a.quiz_id
                    ORDER BY CASE WHEN n.submitted_at IS NULL THEN 1 ELSE 0 END, n.id DESC
                    LIMIT 1)
"""


def class_matrix(head: ClassroomHead) -> Matrix:
    """Each learner now in the class, and how far they are in each column. 1 query."""
    lessons = [column.id for column in head.columns if column.kind == "lesson"]
    quizzes = [int(column.id) for column in head.columns if column.kind == "quiz"]
    sql = ROWS_OF_LEARNERS
    parameters: list[Any] = [head.id]
    for rows, wanted in ((ROWS_OF_LESSONS, lessons), (ROWS_OF_QUIZZES, quizzes)):
        if wanted:
            sql += rows.format(places=", ".join(["%s"] * len(wanted)))
            parameters += [head.id, *wanted]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = cursor.fetchall()
    return _put_together(head.columns, found)


def _put_together(columns: list[Column], found: list[tuple[Any, ...]]) -> Matrix:
    learners: dict[int, str] = {}
    cells: dict[tuple[int, str], Cell] = {}
    for kind, learner, text, is_done, won, available in found:
        if kind == 0:
            learners[learner] = text
        elif not is_done:
            cells[learner, text.replace("-", "")] = Cell(State.BUSY)
        elif kind == 1:
            cells[learner, text.replace("-", "")] = Cell(State.DONE)
        else:
            cells[learner, text] = Cell(State.DONE, percent(won, available))
    ids = [column.id for column in columns]
    return Matrix(
        columns,
        [
            (nickname, [cells.get((learner, column), NOT_STARTED) for column in ids])
            for learner, nickname in sorted(learners.items(), key=lambda one: one[1])
        ],
    )
