"""The SQL that saves an answer: one insert and one update, whatever the class or history.

Written out because each statement also checks: the insert finds the attempt, sees whose
it is and refuses a repeat; a new attempt is made only for a learner whose cookie is
alive. Each function must run in a transaction of its caller's. ``at_once.py`` has the same
for PostgreSQL in one statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.cookies import LearnerToken
from quizzes.editions import Arrangement, CompiledEdition, QuestionInEdition
from quizzes.grading import Given, Mark
from quizzes.models import Answer, Attempt

INSERT_ANSWER = """
    INSERT INTO quizzes_answer
        (attempt_id, key, question_key, given, won, available, is_current, created_at)
    SELECT attempt.id, %s, %s, %s, %s, %s, %s, %s
      FROM quizzes_attempt AS attempt
      JOIN accounts_learner AS learner ON learner.id = attempt.learner_id
     WHERE attempt.key = %s AND attempt.edition_id = %s AND attempt.submitted_at IS NULL
       AND learner.id = %s AND learner.epoch = %s
    ON CONFLICT DO NOTHING
    RETURNING attempt_id
"""
MOVE_ATTEMPT = """
    UPDATE quizzes_attempt
       SET answered_count = answered_count + 1,
           won = won + %s,
           submitted_at = CASE WHEN answered_count + 1 = question_count
                               THEN COALESCE(%s, submitted_at) END
     WHERE id = %s
    RETURNING answered_count, question_count
"""
START_ATTEMPT = """
    INSERT INTO quizzes_attempt
        (key, learner_id, quiz_id, edition_id, question_count, answered_count, won, available,
         started_at, submitted_at, number)
    SELECT %s, learner.id, %s, %s, %s, 1, %s, %s, %s, %s, {number}
      FROM accounts_learner AS learner
     WHERE learner.id = %s AND learner.epoch = %s {limit}
    ON CONFLICT DO NOTHING
    RETURNING id
"""
EARLIER = """
    COALESCE((SELECT MAX(earlier.number) FROM quizzes_attempt AS earlier
               WHERE earlier.learner_id = learner.id AND earlier.quiz_id = %s), 0)
"""
START_ANY = START_ATTEMPT.format(number="NULL", limit="")
START_NUMBERED = START_ATTEMPT.format(number=f"{EARLIER} + 1", limit=f"AND {EARLIER} < %s")
FIRST_ANSWER = """
    INSERT INTO quizzes_answer
        (attempt_id, key, question_key, given, won, available, is_current, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class IncomingAnswer:
    """One answer on its way in, checked against its question and marked."""

    edition: CompiledEdition
    arrangement: Arrangement
    attempt_key: UUID
    question: QuestionInEdition
    answer_key: UUID
    given: Given
    mark: Mark
    now: datetime

    def columns(self) -> list[Any]:
        return [
            column_value(Answer, "key", self.answer_key),
            column_value(Answer, "question_key", UUID(self.question.key)),
            column_value(Answer, "given", self.given.as_json()),
            self.mark.won,
            self.mark.available,
            True,
            column_value(Answer, "created_at", self.now),
        ]

    def closed_at(self) -> Any:
        """When the attempt is over if this was the last open question; ``None`` where the
        learner hands in."""
        return (
            None
            if self.edition.kind.is_handed_in
            else column_value(Attempt, "started_at", self.now)
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an attempt stands after an answer was added to it."""

    attempt_id: int
    answered_count: int
    question_count: int


def append_answer(incoming: IncomingAnswer, token: LearnerToken) -> Standing | None:
    """Adds the answer to this learner's open attempt. 2 statements.

    ``None``, after 1, when there is no such attempt, it is closed, it is another's, or
    the key or the question has its answer already.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_ANSWER,
            [
                *incoming.columns(),
                column_value(Attempt, "key", incoming.attempt_key),
                incoming.edition.root_id,
                token.learner_id,
                token.epoch,
            ],
        )
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(MOVE_ATTEMPT, [incoming.mark.won, incoming.closed_at(), row[0]])
        return Standing(row[0], *cursor.fetchone())


def start_attempt(incoming: IncomingAnswer, token: LearnerToken) -> Standing | None:
    """Makes the attempt together with its first answer. 2 statements.

    ``None``, after 1, when the attempt exists, the learner's cookie was ended, or they did
    as many as this quiz allows.
    """
    edition, arrangement = incoming.edition, incoming.arrangement
    limit = edition.attempts_allowed
    with connection.cursor() as cursor:
        cursor.execute(
            START_NUMBERED if limit else START_ANY,
            [
                column_value(Attempt, "key", incoming.attempt_key),
                edition.quiz_id,
                edition.root_id,
                arrangement.question_count,
                incoming.mark.won,
                arrangement.available,
                column_value(Attempt, "started_at", incoming.now),
                incoming.closed_at() if arrangement.question_count == 1 else None,
                *([edition.quiz_id] if limit else []),
                token.learner_id,
                token.epoch,
                *([edition.quiz_id, limit] if limit else []),
            ],
        )
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(FIRST_ANSWER, [row[0], *incoming.columns()])
    return Standing(row[0], 1, arrangement.question_count)


def column_value(model: type, field: str, value: Any) -> Any:
    return model._meta.get_field(field).get_db_prep_save(value, connection)  # type: ignore[attr-defined]
