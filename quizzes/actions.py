"""Everything that writes what learners did; publishing.py writes what they see.

Saving an answer is the one thing that this site must never get wrong; its SQL is in
statements.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, Q

from accounts.actions import create_learner
from accounts.cookies import LearnerToken
from quizzes.at_once import can_save_at_once, save_at_once
from quizzes.editions import CompiledEdition, QuestionInEdition
from quizzes.grading import Given, Mark
from quizzes.models import Answer, Attempt
from quizzes.signals import attempt_submitted
from quizzes.statements import IncomingAnswer, Standing, append_answer, start_attempt


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


class NoMoreAttemptsError(AnswerRefusedError):
    """The learner did this quiz as often as it may be done."""


class OpenQuestionsError(Exception):
    """Somebody hands in while questions are open; ``count`` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} open")
        self.count = count


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

    @property
    def is_complete(self) -> bool:
        """Whether no question is open; some kinds of quiz are then still to be handed in."""
        return self.answered_count == self.question_count


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
    ``KeyReusedError``, ``NoMoreAttemptsError``, ``AlreadyAnsweredError``; then nothing of
    what counts has changed. Where answers may change until the learner hands in, a later
    one replaces the first, which is kept as history.

    2 queries and BEGIN/COMMIT; 3 for a first answer; at most 8 for a repeat or a change. On
    PostgreSQL 1 without BEGIN/COMMIT, 2 for a first answer; 1 more than above for the last
    answer of an attempt, a repeat or a change.
    """
    arrangement = edition.arranged_for(attempt_key)
    question = arrangement.by_key.get(str(question_key))
    if question is None:
        raise UnknownAttemptError
    given = question.type.clean(question.content, sent)
    incoming = IncomingAnswer(
        edition=edition,
        arrangement=arrangement,
        attempt_key=attempt_key,
        question=question,
        answer_key=answer_key,
        given=given,
        mark=question.type.mark(question.content, given),
        now=now,
    )
    if learner_tag and (token is None or token.tag != learner_tag):
        raise NotYoursError
    # Answers of somebody without a class may be found in the browser by the next pupil:
    # who has a cookie, but did not know so when answering, starts no attempt with it.
    may_start = token is None or bool(learner_tag)
    for attempted in range(2):
        saved = _save(incoming, token, may_start=may_start)
        if saved is not None:
            return saved
        attempt = Attempt.objects.filter(key=attempt_key).select_related("learner").first()
        if attempt is None:
            if token is not None and has_no_attempts_left(token, edition):
                raise NoMoreAttemptsError
            if edition.attempts_allowed and not attempted:
                continue  # another device took the number of this attempt just before
            raise NotYoursError  # the cookie was ended, or it is somebody else's
        again = _answer_again(incoming, token, attempt)
        if again is not None:
            saved, is_repeat = again
            if not is_repeat:
                raise AlreadyAnsweredError(saved)
            return saved
        # Another question of this attempt came in at the same moment and started it.
    raise UnknownAttemptError


def _save(
    incoming: IncomingAnswer, token: LearnerToken | None, *, may_start: bool
) -> SavedAnswer | None:
    """Appends to the open attempt, or starts it; ``None`` when neither can be."""
    if token is not None and can_save_at_once():
        standing = save_at_once(incoming, token, may_start=may_start)
        if standing is not None:
            return _saved(incoming, token, standing)
    return _save_in_steps(incoming, token, may_start=may_start)


@transaction.atomic
def _save_in_steps(
    incoming: IncomingAnswer, token: LearnerToken | None, *, may_start: bool
) -> SavedAnswer | None:
    standing = append_answer(incoming, token) if token is not None else None
    if standing is None and may_start:
        if token is None:
            learner = create_learner()
            token = LearnerToken(learner.pk, learner.epoch)
        standing = start_attempt(incoming, token)
    if standing is None or token is None:
        transaction.set_rollback(True)  # the learner that nobody will know again goes too
        return None
    is_complete = standing.answered_count == standing.question_count
    if is_complete and not incoming.edition.kind.is_handed_in:
        attempt_submitted.send(
            sender=Attempt,
            attempt_id=standing.attempt_id,
            learner_id=token.learner_id,
            quiz_key=incoming.edition.quiz_key,
        )
    return _saved(incoming, token, standing)


def _saved(incoming: IncomingAnswer, token: LearnerToken, standing: Standing) -> SavedAnswer:
    return SavedAnswer(
        token=token,
        attempt_key=incoming.attempt_key,
        answer_key=incoming.answer_key,
        question=incoming.question,
        given=incoming.given,
        mark=incoming.mark,
        answered_count=standing.answered_count,
        question_count=standing.question_count,
    )


def _owner(sent: IncomingAnswer, token: LearnerToken | None, attempt: Attempt) -> LearnerToken:
    """Whose attempt this is, when the sender may answer in it; raises when not."""
    learner = attempt.learner
    if learner is None:  # erased; nobody knows the new key, so nobody comes here
        raise UnknownAttemptError
    owner = LearnerToken(learner.pk, learner.epoch)
    if token is None:
        # The reply to a first answer got lost, and the cookie with it. Whoever knows
        # both random keys is the browser that made them. Never into a class or account.
        is_nameless = learner.return_selector is None and learner.user_id is None
        known = attempt.answers.filter(key=sent.answer_key).exists()
        if not (is_nameless and known and attempt.answered_count == 1):
            raise UnknownAttemptError
    elif token.learner_id != owner.learner_id:
        raise UnknownAttemptError
    elif token.epoch != owner.epoch:
        raise NotYoursError
    if attempt.edition_id != sent.edition.root_id:
        raise UnknownAttemptError
    return owner


@transaction.atomic
def _answer_again(
    sent: IncomingAnswer, token: LearnerToken | None, attempt: Attempt
) -> tuple[SavedAnswer, bool] | None:
    """The answer that counts, and whether what was sent repeats it; ``None`` if none does yet.

    Another answer to an answered question is kept as history and changes no mark: the
    learner has read the feedback by then. Where nothing was explained yet, it replaces the
    answer, until the attempt is handed in.
    """
    if sent.edition.kind.is_handed_in:
        # Two devices may change one answer; SQLite has one writer at a time.
        locked = Attempt.objects.select_for_update(of=("self",)).select_related("learner")
        attempt = locked.get(pk=attempt.pk)
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
        return None
    may_change = sent.edition.kind.is_handed_in and attempt.submitted_at is None
    if same is None and may_change:
        _replace(sent, attempt, counted)
        counted = _add(sent, attempt, is_current=True)
        same = counted
    elif same is None:
        _add(sent, attempt, is_current=False)
    elif may_change:
        counted = same  # a late repeat of an answer that was changed since: it was saved
    saved = SavedAnswer(
        token=owner,
        attempt_key=sent.attempt_key,
        answer_key=sent.answer_key,
        question=sent.question,
        given=Given.from_json(counted.given),
        mark=Mark(counted.won, counted.available),
        answered_count=attempt.answered_count,
        question_count=attempt.question_count,
    )
    return saved, same is not None and (same.is_current or may_change)


def _add(sent: IncomingAnswer, attempt: Attempt, *, is_current: bool) -> Answer:
    answer = Answer(
        attempt=attempt,
        key=sent.answer_key,
        question_key=UUID(sent.question.key),
        given=sent.given.as_json(),
        won=sent.mark.won,
        available=sent.mark.available,
        is_current=is_current,
        created_at=sent.now,
    )
    Answer.objects.bulk_create([answer], ignore_conflicts=not is_current)
    return answer


def _replace(sent: IncomingAnswer, attempt: Attempt, counted: Answer) -> None:
    """The answer that counted is history from now on; the row stays as it was sent."""
    Answer.objects.filter(pk=counted.pk).update(is_current=False)
    Attempt.objects.filter(pk=attempt.pk).update(won=F("won") - counted.won + sent.mark.won)


def has_no_attempts_left(token: LearnerToken, edition: CompiledEdition) -> bool:
    """Whether the learner did this quiz as often as it may be done. 1 query, or none."""
    if not edition.attempts_allowed:
        return False
    own = Attempt.objects.by(token.learner_id, token.epoch).filter(quiz_id=edition.quiz_id)
    last = own.aggregate(last=Max("number"))["last"] or 0
    return last >= edition.attempts_allowed


@transaction.atomic
def hand_in(*, attempt: Attempt, now: datetime) -> Attempt:
    """Closes an attempt for good; its answers cannot change any more. 2 queries.

    Handing in twice is the same as once. Raises ``OpenQuestionsError`` while a question is
    open.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.submitted_at is not None:
        return attempt
    if attempt.answered_count < attempt.question_count:
        raise OpenQuestionsError(attempt.question_count - attempt.answered_count)
    attempt.submitted_at = now
    attempt.save(update_fields=["submitted_at"])
    attempt_submitted.send(
        sender=Attempt,
        attempt_id=attempt.pk,
        learner_id=attempt.learner_id,
        quiz_key=str(attempt.quiz.key),
    )
    return attempt
