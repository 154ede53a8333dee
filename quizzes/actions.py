"""Everything that writes quiz data.

Saving an answer is the one thing that this site must never get wrong. It is written as
SQL, so that it is one insert and one update whatever the class, the quiz or the history:
the insert finds the attempt, checks whose it is and refuses a repeat in one statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from accounts.actions import create_learner
from accounts.cookies import LearnerToken
from accounts.models import Learner
from quizzes.editions import CompiledEdition, QuestionInEdition, compile_quiz
from quizzes.grading import Given, Mark
from quizzes.models import Answer, Attempt, Edition, Quiz
from quizzes.signals import attempt_submitted


class AnswerRefusedError(Exception):
    """An answer was not saved; the subclass says why."""


class UnknownAttemptError(AnswerRefusedError):
    """No such attempt, or another learner's: nobody is told which."""


class NotYoursError(AnswerRefusedError):
    """The browser wants to save as a learner who is not signed in here (any more).

    It keeps the answer, until the learner comes back with the return code.
    """


class KeyReusedError(AnswerRefusedError):
    """The same key came with another answer. The first stays."""


class AlreadyAnsweredError(AnswerRefusedError):
    """This question has its answer, from another tab or device. ``saved`` is that one."""

    def __init__(self, saved: SavedAnswer) -> None:
        super().__init__("already answered")
        self.saved = saved


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What the learner is told: the answer that counts and where the attempt stands."""

    token: LearnerToken
    attempt_key: UUID
    answer_key: UUID
    question: QuestionInEdition
    given: Given
    mark: Mark
    answered_count: int
    question_count: int
    is_complete: bool


@transaction.atomic
def publish_edition(*, quiz: Quiz) -> Edition:
    """The quiz as it stands becomes what learners see; the newest edition when nothing changed.

    Attempts under way keep theirs. 4 queries.
    """
    # One publication at a time: two editors may press the button in the same second.
    Quiz.objects.select_for_update().get(pk=quiz.pk)
    content = compile_quiz(quiz)
    newest = Edition.objects.filter(quiz=quiz).newest().first()
    if newest is not None and newest.content == content:
        return newest
    return Edition.objects.create(
        quiz=quiz, number=newest.number + 1 if newest else 1, content=content
    )


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
           submitted_at = CASE WHEN answered_count + 1 = question_count THEN %s ELSE NULL END
     WHERE id = %s
    RETURNING answered_count, question_count
"""


def _database_value(model: type, field: str, value: Any) -> Any:
    return model._meta.get_field(field).get_db_prep_save(value, connection)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Sent:
    """One answer on its way in, checked against its question and marked."""

    edition: CompiledEdition
    attempt_key: UUID
    question: QuestionInEdition
    answer_key: UUID
    given: Given
    mark: Mark
    now: datetime

    def saved(self, token: LearnerToken, answered: int, total: int) -> SavedAnswer:
        return SavedAnswer(
            token=token,
            attempt_key=self.attempt_key,
            answer_key=self.answer_key,
            question=self.question,
            given=self.given,
            mark=self.mark,
            answered_count=answered,
            question_count=total,
            is_complete=answered == total,
        )


def save_answer(
    *,
    token: LearnerToken | None,
    edition: CompiledEdition,
    attempt_key: UUID,
    question_key: UUID,
    answer_key: UUID,
    sent: Mapping[str, Any],
    learner_tag: str,
    now: datetime,
) -> SavedAnswer:
    """Marks an answer and saves it, once. Returns only after the commit.

    ``token`` is who the cookie says it is; ``learner_tag`` who the browser thinks it is
    (empty before the first answer). A first answer makes the attempt, and for somebody
    without a class the learner as well; the returned token says who that is.

    A repeat (same key, same answer) returns what the first one returned. Raises
    ``UnusableAnswerError`` (of grading), ``UnknownAttemptError``, ``NotYoursError``,
    ``KeyReusedError``, ``AlreadyAnsweredError``; then nothing of what counts has changed.

    2 queries and BEGIN/COMMIT; up to 8 for a first answer or a repeat.
    """
    question = edition.by_key.get(str(question_key))
    if question is None:
        raise UnknownAttemptError
    given = question.type.clean(question.content, sent)
    incoming = _Sent(
        edition=edition,
        attempt_key=attempt_key,
        question=question,
        answer_key=answer_key,
        given=given,
        mark=question.type.mark(question.content, given),
        now=now,
    )
    if learner_tag and (token is None or token.tag != learner_tag):
        raise NotYoursError
    if token is not None:
        saved = _append(incoming, token)
        if saved is not None:
            return saved
    return _save_the_slow_way(incoming, token, learner_tag)


@transaction.atomic
def _append(sent: _Sent, token: LearnerToken) -> SavedAnswer | None:
    """Appends the answer to an attempt that is there and open; ``None`` if it is not."""
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT_ANSWER,
            [
                _database_value(Answer, "key", sent.answer_key),
                _database_value(Answer, "question_key", UUID(sent.question.key)),
                _database_value(Answer, "given", sent.given.as_json()),
                sent.mark.won,
                sent.mark.available,
                True,
                _database_value(Answer, "created_at", sent.now),
                _database_value(Attempt, "key", sent.attempt_key),
                sent.edition.edition_id,
                token.learner_id,
                token.epoch,
            ],
        )
        row = cursor.fetchone()
        if row is None:
            return None
        attempt_id = row[0]
        cursor.execute(
            MOVE_ATTEMPT,
            [sent.mark.won, _database_value(Attempt, "submitted_at", sent.now), attempt_id],
        )
        answered, total = cursor.fetchone()
    if answered == total:
        attempt_submitted.send(
            sender=Attempt,
            attempt_id=attempt_id,
            learner_id=token.learner_id,
            quiz_key=sent.edition.quiz_key,
        )
    return sent.saved(token, answered, total)


def _save_the_slow_way(sent: _Sent, token: LearnerToken | None, learner_tag: str) -> SavedAnswer:
    """A first answer, a repeat, a second tab, or somebody else's attempt."""
    for _try in range(2):
        attempt = Attempt.objects.filter(key=sent.attempt_key).select_related("learner").first()
        if attempt is not None:
            saved, is_repeat = _answer_again(sent, token, attempt)
            if not is_repeat:
                raise AlreadyAnsweredError(saved)
            return saved
        if token is not None and not learner_tag:
            # Answers of somebody without a class, found in the browser by the next pupil.
            raise NotYoursError
        first = _start_with(sent, token)
        if first is not None:
            return first
        # The same first answer came in twice at once, and the other one won: look again.
    raise UnknownAttemptError


@transaction.atomic
def _start_with(sent: _Sent, token: LearnerToken | None) -> SavedAnswer | None:
    """Makes the attempt with its first answer; ``None`` when it was just made elsewhere."""
    if token is None:
        learner = create_learner()
        token = LearnerToken(learner.pk, learner.epoch)
    elif not Learner.objects.holding(token.learner_id, token.epoch).exists():
        raise NotYoursError
    Attempt.objects.bulk_create(
        [
            Attempt(
                key=sent.attempt_key,
                learner_id=token.learner_id,
                quiz_id=sent.edition.quiz_id,
                edition_id=sent.edition.edition_id,
                question_count=sent.edition.question_count,
                available=sent.edition.available,
            )
        ],
        ignore_conflicts=True,
    )
    saved = _append(sent, token)
    if saved is None:
        transaction.set_rollback(True)  # the learner that nobody will know again goes too
    return saved


def _owner(sent: _Sent, token: LearnerToken | None, attempt: Attempt) -> LearnerToken:
    """Whose attempt this is, when the sender may answer in it; raises when not."""
    owner = LearnerToken(attempt.learner_id, attempt.learner.epoch)
    if token is None:
        # The reply to a first answer got lost, and the cookie with it. Whoever knows
        # both random keys is the browser that made them. Never into a class or account.
        learner = attempt.learner
        is_nameless = learner.return_selector is None and learner.user_id is None
        known = attempt.answers.filter(key=sent.answer_key).exists()
        if not (is_nameless and known and attempt.answered_count == 1):
            raise UnknownAttemptError
    elif token.learner_id != owner.learner_id:
        raise UnknownAttemptError
    elif token.epoch != owner.epoch:
        raise NotYoursError
    if attempt.edition_id != sent.edition.edition_id:
        raise UnknownAttemptError
    return owner


@transaction.atomic
def _answer_again(
    sent: _Sent, token: LearnerToken | None, attempt: Attempt
) -> tuple[SavedAnswer, bool]:
    """The answer that counts, and whether what was sent is a repeat of it.

    Another answer to an answered question is kept as history and changes no mark: the
    learner has read the feedback by then.
    """
    owner = _owner(sent, token, attempt)
    question_key = UUID(sent.question.key)
    earlier = attempt.answers.filter(Q(question_key=question_key) | Q(key=sent.answer_key))
    same = next((answer for answer in earlier if answer.key == sent.answer_key), None)
    counted = next((a for a in earlier if a.is_current and a.question_key == question_key), None)
    if same is not None and (
        same.question_key != question_key or same.given != sent.given.as_json()
    ):
        raise KeyReusedError
    if counted is None:
        raise UnknownAttemptError
    if same is None:
        Answer.objects.bulk_create(
            [
                Answer(
                    attempt=attempt,
                    key=sent.answer_key,
                    question_key=question_key,
                    given=sent.given.as_json(),
                    won=sent.mark.won,
                    available=sent.mark.available,
                    is_current=False,
                    created_at=sent.now,
                )
            ],
            ignore_conflicts=True,
        )
    saved = SavedAnswer(
        token=owner,
        attempt_key=sent.attempt_key,
        answer_key=sent.answer_key,
        question=sent.question,
        given=Given.from_json(counted.given),
        mark=Mark(counted.won, counted.available),
        answered_count=attempt.answered_count,
        question_count=attempt.question_count,
        is_complete=attempt.submitted_at is not None,
    )
    return saved, same is not None and same.is_current
