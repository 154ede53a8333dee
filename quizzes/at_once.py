"""Saving an answer on PostgreSQL in one statement, planned once per connection.

A statement by itself is a transaction, so nothing is asked before it and nothing after:
one round trip where ``statements.py`` takes four. What needs more than one statement in a
transaction is left to that: the last answer of an attempt, which is told to others; a
repeat or a change; an attempt of one question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

from accounts.cookies import LearnerToken
from quizzes.models import Attempt
from quizzes.statements import EARLIER, IncomingAnswer, Standing, column_value

PREPARED: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # names, by connection

ANSWER_TYPES = "uuid, uuid, jsonb, integer, integer, boolean, timestamptz"
# The attempt is locked before its count is read: of two answers that come at the same moment,
# the second sees what the first made of it. The lock lets other answers refer to it.
ADD = """
    WITH attempt AS (
        SELECT attempt.id, attempt.answered_count + 1 < attempt.question_count AS stays_open
          FROM quizzes_attempt AS attempt
          JOIN accounts_learner AS learner ON learner.id = attempt.learner_id
         WHERE attempt.key = $8 AND attempt.edition_id = $9 AND attempt.submitted_at IS NULL
           AND learner.id = $10 AND learner.epoch = $11
           FOR NO KEY UPDATE OF attempt
    ), added AS (
        INSERT INTO quizzes_answer
            (attempt_id, key, question_key, given, won, available, is_current, created_at)
        SELECT id, $1, $2, $3, $4, $5, $6, $7 FROM attempt WHERE stays_open
        ON CONFLICT DO NOTHING
        RETURNING attempt_id
    ), moved AS (
        UPDATE quizzes_attempt
           SET answered_count = answered_count + 1, won = won + $4
          FROM added
         WHERE id = added.attempt_id
        RETURNING id, answered_count, question_count
    )
    SELECT attempt.id, moved.answered_count, moved.question_count
      FROM attempt LEFT JOIN moved USING (id)
"""
START = """
    WITH attempt AS (
        INSERT INTO quizzes_attempt
            (key, learner_id, quiz_id, edition_id, question_count, answered_count, won, available,
             started_at, submitted_at, number)
        SELECT $8, learner.id, $10, $9, $11, 1, $4, $12, $7, NULL, {number}
          FROM accounts_learner AS learner
         WHERE learner.id = $13 AND learner.epoch = $14 {limit}
        ON CONFLICT DO NOTHING
        RETURNING id
    )
    INSERT INTO quizzes_answer
        (attempt_id, key, question_key, given, won, available, is_current, created_at)
    SELECT id, $1, $2, $3, $4, $5, $6, $7 FROM attempt
    RETURNING attempt_id
"""
LIMITED = EARLIER.replace("%s", "$10")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement that PostgreSQL parses and plans once per connection."""

    name: str
    types: str
    sql: str

    def row(self, values: list[Any]) -> Any:
        """Its only row, or ``None``. 1 statement; the first time on a connection 2."""
        with connection.cursor() as cursor:
            known = PREPARED.setdefault(connection.connection, set())
            if self.name not in known:
                cursor.execute(f"PREPARE {self.name} ({self.types}) AS {self.sql}")
                known.add(self.name)
            places = ", ".join(["%s"] * len(values))
            cursor.execute(f"EXECUTE {self.name} ({places})", values)
            return cursor.fetchone()


ADD_ANSWER = Prepared("add_answer", f"{ANSWER_TYPES}, uuid, bigint, bigint, integer", ADD)
START_ATTEMPT = Prepared(
    "start_attempt",
    f"{ANSWER_TYPES}, uuid, bigint, bigint, integer, integer, bigint, integer",
    START.format(number="NULL", limit=""),
)
START_NUMBERED_ATTEMPT = Prepared(
    "start_numbered_attempt",
    f"{START_ATTEMPT.types}, integer",
    START.format(number=f"{LIMITED} + 1", limit=f"AND {LIMITED} < $15"),
)


def can_save_at_once() -> bool:
    """Whether the database can: not SQLite, and not behind a pooler that forgets."""
    return connection.vendor == "postgresql" and settings.DATABASE_PREPARES


def save_at_once(
    incoming: IncomingAnswer, token: LearnerToken, *, may_start: bool
) -> Standing | None:
    """Adds the answer to this learner's open attempt, or makes the attempt with it. 1 statement,
    or 2 for a first answer. ``None`` when nothing was saved: the longer way says why.
    """
    edition, arrangement = incoming.edition, incoming.arrangement
    columns = incoming.columns()
    attempt_key = column_value(Attempt, "key", incoming.attempt_key)
    row = ADD_ANSWER.row([*columns, attempt_key, edition.root_id, token.learner_id, token.epoch])
    if row is not None:
        return None if row[1] is None else Standing(*row)
    if not may_start or arrangement.question_count == 1:
        return None
    limit = edition.attempts_allowed
    started = (START_NUMBERED_ATTEMPT if limit else START_ATTEMPT).row(
        [
            *columns, attempt_key, edition.root_id, edition.quiz_id, arrangement.question_count,
            arrangement.available, token.learner_id, token.epoch, *([limit] if limit else []),
        ]
    )  # fmt: skip
    return Standing(started[0], 1, arrangement.question_count) if started else None
