"""Reads across the apps for a teacher: who is how far in a class.

Written as SQL: a table of thirty learners and forty columns is asked for every fifteen
seconds by every teacher, over a table of all attempts ever made. Nothing here reads what
one learner chose, a reflection or a visit to a help page. A time is compared with the day
that the class was given, and goes no further (P-05, R-22).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import User
from classrooms.access import refuse_classroom
from classrooms.models import Classroom
from classrooms.rights import Right
from progress.completion import State
from quizzes.grading import percent
from reports.columns import Assigned, Column, columns_of


class Cell(NamedTuple):
    state: State
    percent: int | None = None  # of a quiz that is done
    is_late: bool = False  # done after the day that was given, however it counts
    is_given: bool = True  # not: only others of the class were given it, and nothing was done


@dataclass(frozen=True, slots=True)
class ClassroomHead:
    """What a report says about the class itself."""

    id: int
    public_id: UUID
    name: str
    columns: list[Column]
    # Per column the moment until which it is in time, as the database writes one; "" for none.
    in_time_until: list[str]
    # Per column the learners who were given it; None for the whole class.
    given_to: list[frozenset[int] | None]
    waits_for_preparation: bool = False  # something that the class was given
    has_planned: bool = False  # something that begins later, and is no column yet


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


NOT_STARTED, BUSY = Cell(State.NOT_STARTED), Cell(State.BUSY)
NOT_GIVEN = Cell(State.NOT_STARTED, is_given=False)
MOMENT = "%Y-%m-%d %H:%M:%S"
HEAD, MARK, ASSIGNED, LEARNER, LESSON, QUIZ, CHOSEN = range(7)  # kinds of row

# ``IN (SELECT …)`` and not joins: SQLite knows nothing of how few rows are in these, and
# would read all attempts ever made.
ROOM = """
    WITH room AS (SELECT id, name FROM classrooms_classroom WHERE id IN ({allowed}))
"""
ROWS_OF_THE_CLASS = """
    SELECT 0 AS kind, room.id AS number, room.name AS text,
           COALESCE((SELECT number FROM lessons_contentstamp WHERE id = 1), 0),
           0, 0, 0, 0, ''
      FROM room
    UNION ALL
    SELECT 2, given.id, COALESCE(package.path, ''), COALESCE(given.lesson_id, 0),
           COALESCE(given.quiz_id, 0),
           CASE WHEN given.waits_for_preparation THEN 1 ELSE 0 END,
           CASE WHEN given.is_for_some THEN 1 ELSE 0 END,
           CASE WHEN given.opens_at > {now} THEN 1 ELSE 0 END,
           COALESCE(CAST(given.due_on AS text), '')
      FROM classrooms_assignment given
      LEFT JOIN wagtailcore_page package ON package.id = given.package_id
     WHERE given.classroom_id IN (SELECT id FROM room)
    UNION ALL
    SELECT 6, place.learner_id, '', chosen.assignment_id, 0, 0, 0, 0, ''
      FROM classrooms_assignment_for_enrolments chosen
      JOIN classrooms_enrolment place ON place.id = chosen.enrolment_id
     WHERE chosen.assignment_id IN
           (SELECT id FROM classrooms_assignment WHERE classroom_id IN (SELECT id FROM room))
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
            || '-' || (SELECT COUNT(*) || '-' || COALESCE(SUM(id), 0)
                           || '-' || COALESCE(SUM(CASE WHEN is_for_some THEN id ELSE 0 END), 0)
                           || '-' || COALESCE(SUM(CASE WHEN opens_at > {now} THEN id ELSE 0 END), 0)
                         FROM classrooms_assignment WHERE classroom_id IN (SELECT id FROM room))
            || '-' || (SELECT COUNT(*) || '-' || COALESCE(SUM(id), 0)
                         FROM classrooms_assignment_for_enrolments WHERE assignment_id IN
                      (SELECT id FROM classrooms_assignment
                        WHERE classroom_id IN (SELECT id FROM room)))
            || '-' || COALESCE((SELECT number FROM lessons_contentstamp WHERE id = 1), 0)
            AS text)
    , shown AS (SELECT learner_id, nickname FROM learner, mark WHERE mark.text <> %s)
"""
ROWS_OF_LEARNERS = """
    UNION ALL
    SELECT 1, 0, mark.text, 0, 0, 0, 0, 0, '' FROM mark
    UNION ALL
    SELECT 3, learner_id, nickname, 0, 0, 0, 0, 0, '' FROM shown
    UNION ALL
    SELECT 4, learner_id, CAST(lesson_key AS text),
           CASE WHEN completed_at IS NULL THEN 0 ELSE 1 END, 0, 0, 0, 0, {completed_at}
      FROM progress_lessonprogress WHERE learner_id IN (SELECT learner_id FROM shown)
    UNION ALL
    SELECT 5, learner_id, '', CASE WHEN submitted_at IS NULL THEN 0 ELSE 1 END,
           quiz_id, won, available, id, {submitted_at}
      FROM quizzes_attempt WHERE learner_id IN (SELECT learner_id FROM shown)
"""

OVERVIEW = ROOM + LEARNERS + ROWS_OF_THE_CLASS + ROWS_OF_LEARNERS
ANYBODY, ANY_CLASS = -1, UUID(int=0)  # what stands in the rule for who asks for what
PUBLIC_ID = Classroom._meta.get_field("public_id")
Row = tuple[int, int, str, int, int, int, int, int, str]


def classroom_head(user: User, public_id: UUID) -> ClassroomHead:
    """The teacher's class and its columns. Raises ``Http404``. 1 query, up to 3 when cold."""
    return _head(user, public_id, _ask(user, public_id, ROOM + ROWS_OF_THE_CLASS))


def class_overview(
    user: User, public_id: UUID, *, known_mark: str = "", right: Right = Right.TEACH
) -> Overview:
    """Each learner now in the teacher's class, and how far they are in each column.

    Raises ``Http404``. 1 query, up to 3 when cold; few rows when nothing changed since
    ``known_mark``.
    """
    rows = _ask(user, public_id, OVERVIEW, known_mark, right=right)
    head = _head(user, public_id, rows)
    mark = next(row[2] for row in rows if row[0] == MARK)
    return Overview(head, None if mark == known_mark else _matrix(head, rows), mark)


def class_matrix(user: User, public_id: UUID) -> Matrix:
    """Only the matrix of the teacher's class. Raises ``Http404``. 1 query."""
    rows = _ask(user, public_id, OVERVIEW, "")
    return _matrix(_head(user, public_id, rows), rows)


@cache
def _own_classroom(right: Right) -> tuple[str, tuple[object, ...]]:
    """Who may see it, as SQL: made once, from the rule that all other screens go by."""
    rooms = Classroom.objects.open_to(User(pk=ANYBODY), right).filter(public_id=ANY_CLASS)  # type: ignore[attr-defined]
    sql, parameters = rooms.order_by().values("pk").query.sql_with_params()
    return sql, parameters


def _ask(
    user: User, public_id: UUID, sql: str, *parameters: str, right: Right = Right.TEACH
) -> list[Row]:
    allowed, stand_ins = _own_classroom(right)
    given = {
        ANYBODY: user.pk,
        PUBLIC_ID.get_db_prep_value(ANY_CLASS, connection): PUBLIC_ID.get_db_prep_value(
            public_id, connection
        ),
    }
    sql = sql.replace("{allowed}", allowed).replace("{now}", _now())
    for name in ("completed_at", "submitted_at"):
        sql = sql.replace(f"{{{name}}}", _moment(name))
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [*(given.get(one, one) for one in stand_ins), *parameters],
        )
        return cursor.fetchall()


def _moment(name: str) -> str:
    """A column with a time as text that sorts, in UTC; "" where there is none."""
    if connection.vendor == "sqlite":
        return f"COALESCE(CAST({name} AS text), '')"
    return f"COALESCE(to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), '')"


def _now() -> str:
    """This moment in SQL, to compare a column with."""
    text = timezone.now().astimezone(UTC).strftime(f"{MOMENT}.%f")
    return f"'{text}'" if connection.vendor == "sqlite" else f"TIMESTAMPTZ '{text}+00'"


def _end_of(due_on: str) -> str:
    """The moment that a day is over here, as ``_moment`` writes one."""
    day = date.fromisoformat(due_on) + timedelta(days=1)
    midnight = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
    return midnight.astimezone(UTC).strftime(MOMENT)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the class was given, by when ("" for no day), and to whom: ``None`` is everybody.

    What begins later is not there yet.
    """

    assigned: Assigned
    due_on: str
    learners: frozenset[int] | None


def _given(rows: list[Row]) -> list[_Given]:
    chosen: dict[int, set[int]] = {}
    for row in rows:
        if row[0] == CHOSEN:
            chosen.setdefault(row[3], set()).add(row[1])
    given = []
    for kind, number, path, lesson_id, quiz_id, _waits, for_some, planned, due_on in sorted(rows):
        if kind == ASSIGNED and not planned:
            learners = frozenset(chosen.get(number, ())) if for_some else None
            assigned = Assigned(path or None, lesson_id or None, quiz_id or None)
            given.append(_Given(assigned, due_on, learners))
    return given


def _head(user: User, public_id: UUID, rows: list[Row]) -> ClassroomHead:
    room = next((row for row in rows if row[0] == HEAD), None) or refuse_classroom(user, public_id)
    given, stamp = _given(rows), room[3]
    columns = columns_of([one.assigned for one in given], stamp=stamp)
    until, learners = _given_per_column(columns, given, stamp)
    waits = any(row[5] for row in rows if row[0] == ASSIGNED)
    planned = any(row[7] for row in rows if row[0] == ASSIGNED)
    return ClassroomHead(room[1], public_id, room[2], columns, until, learners, waits, planned)


def _given_per_column(
    columns: list[Column], given: list[_Given], stamp: int
) -> tuple[list[str], list[frozenset[int] | None]]:
    """A column that was given twice is in time until the later day, without one always; and it
    is for everybody to whom it was given either time."""
    if not any(one.due_on or one.learners is not None for one in given):
        return [""] * len(columns), [None] * len(columns)
    times: dict[tuple[str, str], list[_Given]] = {}
    for one in given:
        for column in columns_of([one.assigned], stamp=stamp):
            times.setdefault((column.kind, column.id), []).append(one)
    until: list[str] = []
    learners: list[frozenset[int] | None] = []
    for column in columns:
        of_column = times[column.kind, column.id]
        days = [one.due_on for one in of_column]
        until.append(_end_of(max(days)) if all(days) else "")
        some = [one.learners for one in of_column if one.learners is not None]
        learners.append(frozenset().union(*some) if len(some) == len(of_column) else None)
    return until, learners


@cache
def _done(won: int, available: int, *, is_late: bool = False) -> Cell:
    """Of a quiz without a right answer only that it is done."""
    return Cell(State.DONE, percent(won, available) if available else None, is_late)


def _nothing_yet(head: ClassroomHead, learner: int) -> list[Cell]:
    return [NOT_STARTED if to is None or learner in to else NOT_GIVEN for to in head.given_to]


def _matrix(head: ClassroomHead, rows: list[Row]) -> Matrix:
    columns, until = head.columns, head.in_time_until
    lessons = {c.id: place for place, c in enumerate(columns) if c.kind == "lesson"}
    quizzes = {int(c.id): place for place, c in enumerate(columns) if c.kind == "quiz"}
    learners = {row[1]: (row[2], _nothing_yet(head, row[1])) for row in rows if row[0] == LEARNER}
    # Per quiz the newest attempt that was handed in; without one, the newest that was begun.
    shown: dict[tuple[int, int], tuple[int, int]] = {}
    # Who did a quiz in time is not late with it when they do it once more.
    in_time = {
        (row[1], place)
        for row in rows
        if row[0] == QUIZ and row[3] and (place := quizzes.get(row[4])) is not None
        if row[8] < until[place]
    }
    for kind, learner, text, is_done, quiz, won, available, attempt, moment in rows:
        if kind == LESSON:
            place = lessons.get(text.replace("-", ""))
            if place is not None:
                is_late = bool(until[place]) and moment >= until[place]
                learners[learner][1][place] = _done(0, 0, is_late=is_late) if is_done else BUSY
        elif kind == QUIZ:
            place = quizzes.get(quiz)
            if place is not None and shown.get((learner, place), (0, 0)) < (is_done, attempt):
                shown[learner, place] = (is_done, attempt)
                told = available if columns[place].tells_marks else 0
                is_late = bool(until[place]) and (learner, place) not in in_time
                cell = _done(won, told, is_late=is_late) if is_done else BUSY
                learners[learner][1][place] = cell
    return Matrix(columns, sorted(learners.values(), key=lambda one: one[0]))
