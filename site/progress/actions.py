"""Everything that writes how far a learner is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from accounts.actions import create_learner
from accounts.cookies import LearnerToken
from accounts.models import Learner
from lessons.compiled import CompiledLesson, CompiledStep
from lessons.models import QuizInStep
from progress.completion import (
    AS_OFTEN_AS_ASKED,
    State,
    furthest,
    is_finished_by_going_on,
    lesson_state,
    times_wanted,
)
from progress.models import LessonProgress
from quizzes.actions import NotYoursError
from quizzes.kinds import MEASUREMENT
from quizzes.models import Attempt


@transaction.atomic
def finish_step(
    *, token: LearnerToken | None, lesson: CompiledLesson, step: CompiledStep, now: datetime
) -> LearnerToken:
    """The learner goes on from this step; see ``completion`` for whether that finishes it.

    A heavy step is finished by going on, whatever it holds: skipping it costs nothing.
    Makes a learner when there is none, or when the cookie was ended; returns the token
    of whom it was saved for. A second press changes nothing. 3 queries, 5 at the first step.
    """
    token = _living(token)
    wanted = times_wanted([each.quiz_ids for each in lesson.steps], step.number - 1)
    is_finished = (
        bool(step.heavy_notice)
        or not wanted
        or is_finished_by_going_on(wanted, _done(token.learner_id, wanted))
    )
    following = lesson.step(step.number + 1) or step
    _move_progress(
        learner_id=token.learner_id,
        lesson_key=lesson.key,
        steps=lesson.step_ids,
        finished=step.id if is_finished else "",
        reached=following.id,
        now=now,
    )
    return token


@transaction.atomic
def finish_kept_step(
    *,
    token: LearnerToken | None,
    learner_tag: str,
    lesson: CompiledLesson,
    step: CompiledStep,
    now: datetime,
) -> None:
    """A step that was finished without internet, by whom the browser then knew.

    Never makes a learner. Raises ``NotYoursError`` when the cookie is somebody else's, or
    nobody's any more: the browser keeps the step until its learner is back. 1 query more
    than ``finish_step``.
    """
    if token is None or token.tag != learner_tag:
        raise NotYoursError
    if not Learner.objects.holding(token.learner_id, token.epoch).exists():
        raise NotYoursError
    finish_step(token=token, lesson=lesson, step=step, now=now)


@transaction.atomic
def finish_steps_with_quiz(*, learner_id: int, quiz_key: UUID | str, now: datetime) -> None:
    """A submitted quiz finishes the steps that hold it, in every published lesson.

    A step with more quizzes is finished with the last of them. 1 query when no lesson
    holds the quiz, else 5 for each.
    """
    holding = QuizInStep.objects.filter(quiz__key=quiz_key, is_whole=True).select_related("lesson")
    for place in holding:
        steps = [step["id"] for step in place.lesson.steps.raw_data]
        if place.step_id not in steps:
            continue  # a step that is gone; the next publication forgets it
        held: dict[str, set[int]] = {step: set() for step in steps}
        whole = place.lesson.quizzes.filter(is_whole=True)
        for step_id, quiz_id in whole.values_list("step_id", "quiz_id"):
            held.setdefault(step_id, set()).add(quiz_id)
        wanted = times_wanted([held[step] for step in steps], steps.index(place.step_id))
        if not is_finished_by_going_on(wanted, _done(learner_id, wanted)):
            continue
        _move_progress(
            learner_id=learner_id,
            lesson_key=place.lesson.key,
            steps=steps,
            finished=place.step_id,
            reached=place.step_id,
            now=now,
        )


def _living(token: LearnerToken | None) -> LearnerToken:
    if token and Learner.objects.holding(token.learner_id, token.epoch).exists():
        return token
    learner = create_learner()
    return LearnerToken(learner.pk, learner.epoch)


def _done(learner_id: int, quiz_ids: Collection[int]) -> dict[int, int]:
    """How often each quiz was handed in. Only of a measurement does a second time count; what
    was done twice because somebody began anew (``merging``) has no number, and does not."""
    attempts = Attempt.objects.submitted().filter(learner_id=learner_id, quiz_id__in=quiz_ids)
    counts = attempts.order_by().values_list("quiz_id", "quiz__kind").annotate(Count("number"))
    return {
        quiz_id: times if kind == MEASUREMENT.name else AS_OFTEN_AS_ASKED
        for quiz_id, kind, times in counts
    }


def _move_progress(
    *,
    learner_id: int,
    lesson_key: UUID,
    steps: Sequence[str],
    finished: str,
    reached: str,
    now: datetime,
) -> None:
    """Adds a finished step to what is there; two tabs never undo each other."""
    rows = LessonProgress.objects.filter(learner_id=learner_id, lesson_key=lesson_key)
    # Locked where the database locks rows; SQLite has one writer at a time (IMMEDIATE).
    progress = rows.select_for_update().first()
    if progress is None:
        LessonProgress.objects.bulk_create(
            [LessonProgress(learner_id=learner_id, lesson_key=lesson_key)], ignore_conflicts=True
        )
        progress = rows.select_for_update().get()
    if finished and finished not in progress.finished_steps:
        progress.finished_steps = [*progress.finished_steps, finished]
    progress.current_step = furthest(steps, progress.current_step, reached)
    if progress.completed_at is None and (
        lesson_state(steps, progress.finished_steps) is State.DONE
    ):
        progress.completed_at = now
    progress.save(update_fields=["finished_steps", "current_step", "completed_at", "updated_at"])
