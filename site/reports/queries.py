"""Reads across the apps for a teacher: who is how far in a class.

Written as SQL: a table of thirty learners and forty columns is asked for every fifteen
seconds by every teacher, over a table of all attempts ever made. Nothing here reads what
one learner chose, a reflection, a visit to a help page, or a time (P-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from accounts.models import User
from classrooms.access import refuse
from classrooms.models import Classroom
from progress.completion import State
from quizzes.grading import percent
from reports.columns import Assigned, Column, columns_of


class Cell(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Overview:
    """A class and its matrix; ``mark`` is another one as soon as the matrix would be."""

    head: ClassroomHead
    matrix: Matrix | None  # None when the reader has the one with this mark
    mark: str


NOT_STARTED, BUSY, DONE = Cell(State.NOT_STARTED), Cell(State.BUSY), Cell(State.DONE)
HEAD, MARK, ASSIGNED, LEARNER, LESSON, QUIZ = range(6)  # kinds of row

# ``IN (SELECT …)`` and not joins: SQLite knows nothing of how few rows are in these, and
# would read all attempts ever made.
ROOM = """
    WITH room AS (SELECT id, name FROM classrooms_classroom WHERE id IN ({allowed}))
"""
ROWS_OF_THE_CLASS = """
    SELECT 0 AS kind, room.id AS number, room.name AS text,
           COALESCE((SELECT number FROM lessons_contentstamp WHERE id = 1), 0),
           0, 0, 0, 0
      FROM room
    UNION ALL
    SELECT 2, given.id, COALESCE(package.path, ''), COALESCE(given.lesson_id, 0),
           COALESCE(given.quiz_id, 0), 0, 0, 0
      FROM classrooms_assignment given
      LEFT JOIN wagtailcore_page package ON package.id = given.package_id
     WHERE given.classroom_id IN (SELECT id FROM room)
"""
# The mark. Work is only ever added and finished, and a class seldom changes: so numbers of
# rows, and sums of who is in and what was assigned, tell whether a cell can have changed.
LEARNERS = """
    , learner AS (
        SELECT learner_id, nickname FROM classrooms_enrolment
         WHERE classroom_id IN (SELECT id FROM room) AND removed_at IS NULL)
    , mark AS (
        SELECT (SELECT COUNT(*) || '-' || COALESCE(SUM(learner_id), 0) FROM learner)
            || '-' || (SELECT COUNT(*) || '-' || COUNT(completed_at) FROM progress_lessonprogress
                        WHERE learner_id IN (SELECT learner_id FROM learner))
            || '-' || (SELECT COUNT(*) || '-' || COUNT(submitted_at) FROM quizzes_attempt
                        WHERE learner_id IN (SELECT learner_id FROM learner))
            || '-' || (SELECT COUNT(*) || '-' || COALESCE(SUM(id), 0) FROM classrooms_assignment
                        WHERE classroom_id IN (SELECT id FROM room))
            || '-' || COALESCE((SELECT number FROM lessons_contentstamp WHERE id = 1), 0)
            AS text)
    , shown AS (SELECT learner_id, nickname FROM learner, mark WHERE mark.text <> %s)
"""
ROWS_OF_LEARNERS = """
    UNION ALL
    SELECT 1, 0, mark.text, 0, 0, 0, 0, 0 FROM mark
    UNION ALL
    SELECT 3, learner_id, nickname, 0, 0, 0, 0, 0 FROM shown
    UNION ALL
    SELECT 4, learner_id, CAST(lesson_key AS text),
           CASE WHEN completed_at IS NULL THEN 0 ELSE 1 END, 0, 0, 0, 0
      FROM progress_lessonprogress WHERE learner_id IN (SELECT learner_id FROM shown)
    UNION ALL
    SELECT 5, learner_id, '', CASE WHEN submitted_at IS NULL THEN 0 ELSE 1 END,
           quiz_id, won, available, id
      FROM quizzes_attempt WHERE learner_id IN (SELECT learner_id FROM shown)
"""

OVERVIEW = ROOM + LEARNERS + ROWS_OF_THE_CLASS + ROWS_OF_LEARNERS
ANYBODY, ANY_CLASS = -1, UUID(int=0)  # what stands in the rule for who asks for what
PUBLIC_ID = Classroom._meta.get_field("public_id")
Row = tuple[int, int, str, int, int, int, int, int]


def classroom_head(user: User, public_id: UUID) -> ClassroomHead:
    """The teacher's class and its columns. Raises ``Http404``. 1 query, up to 3 when cold."""
    return _head(user, public_id, _ask(user, public_id, ROOM + ROWS_OF_THE_CLASS))


def class_overview(user: User, public_id: UUID, *, known_mark: str = "") -> Overview:
    """Each learner now in the teacher's class, and how far they are in each column.

    Raises ``Http404``. 1 query, up to 3 when cold; few rows when nothing changed since
    ``known_mark``.
    """
    rows = _ask(user, public_id, OVERVIEW, known_mark)
    head = _head(user, public_id, rows)
    mark = next(row[2] for row in rows if row[0] == MARK)
    return Overview(head, None if mark == known_mark else _matrix(head.columns, rows), mark)


def class_matrix(user: User, public_id: UUID) -> Matrix:
    """Only the matrix of the teacher's class. Raises ``Http404``. 1 query."""
    rows = _ask(user, public_id, OVERVIEW, "")
    return _matrix(_head(user, public_id, rows).columns, rows)


@cache
def _own_classroom() -> tuple[str, tuple[object, ...]]:
    """Who may see it, as SQL: made once, from the rule that all other screens go by."""
    rooms = Classroom.objects.taught_by(User(pk=ANYBODY)).filter(public_id=ANY_CLASS)  # type: ignore[attr-defined]
    sql, parameters = rooms.order_by().values("pk").query.sql_with_params()
    return sql, parameters


def _ask(user: User, public_id: UUID, sql: str, *parameters: str) -> list[Row]:
    allowed, stand_ins = _own_classroom()
    given = {
        ANYBODY: user.pk,
        PUBLIC_ID.get_db_prep_value(ANY_CLASS, connection): PUBLIC_ID.get_db_prep_value(
            public_id, connection
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            sql.replace("{allowed}", allowed),
            [*(given.get(one, one) for one in stand_ins), *parameters],
        )
        return cursor.fetchall()


def _head(user: User, public_id: UUID, rows: list[Row]) -> ClassroomHead:
    room = next((row for row in rows if row[0] == HEAD), None) or refuse(user, "classroom")
    assigned = [
        Assigned(path or None, lesson_id or None, quiz_id or None)
        for _kind, _id, path, lesson_id, quiz_id, *_rest in sorted(
            row for row in rows if row[0] == ASSIGNED
        )
    ]
    return ClassroomHead(room[1], public_id, room[2], columns_of(assigned, stamp=room[3]))


@cache
def _done(won: int, available: int) -> Cell:
    """Of a quiz without a right answer only that it is done."""
    return Cell(State.DONE, percent(won, available)) if available else DONE


def _matrix(columns: list[Column], rows: list[Row]) -> Matrix:
    lessons = {c.id: place for place, c in enumerate(columns) if c.kind == "lesson"}
    quizzes = {int(c.id): place for place, c in enumerate(columns) if c.kind == "quiz"}
    learners = {row[1]: (row[2], [NOT_STARTED] * len(columns)) for row in rows if row[0] == LEARNER}
    # Per quiz the newest attempt that was handed in; without one, the newest that was begun.
    shown: dict[tuple[int, int], tuple[int, int]] = {}
    for kind, learner, text, is_done, quiz, won, available, attempt in rows:
        if kind == LESSON:
            place = lessons.get(text.replace("-", ""))
            if place is not None:
                learners[learner][1][place] = DONE if is_done else BUSY
        elif kind == QUIZ:
            place = quizzes.get(quiz)
            if place is not None and shown.get((learner, place), (0, 0)) < (is_done, attempt):
                shown[learner, place] = (is_done, attempt)
                told = available if columns[place].tells_marks else 0
                learners[learner][1][place] = _done(won, told) if is_done else BUSY
    return Matrix(columns, sorted(learners.values(), key=lambda one: one[0]))
