"""Two nicknames of one learner become one: a code was lost, and somebody began anew.

Only the teacher of the class can say so, and it cannot be undone: whoever goes on under the new
nickname sees what was done under the old. So the old one must have been left alone since the new
one came; what a pupil who sits here now did under it is theirs, and stays theirs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from accounts.models import Learner, User
from classrooms.audit import write_down
from classrooms.models import Enrolment
from lessons.models import LessonPage
from progress.completion import State, lesson_state
from progress.merged_numbers import Numbered, numbers_after_merging
from progress.models import LessonProgress
from quizzes.kinds import CHECK
from quizzes.models import Answer, Attempt


class NotTheSameError(Exception):
    """These two cannot be one learner who began anew; the page says why they may not."""


class StillUsedError(NotTheSameError):
    """Somebody did something under the old nickname after the new one came."""


@dataclass(frozen=True, slots=True)
class Work:
    """How much was done under a nickname; never what."""

    lessons: int
    quizzes: int


def work_of(enrolment: Enrolment) -> Work:
    """2 queries."""
    return Work(
        LessonProgress.objects.filter(learner_id=enrolment.learner_id).count(),
        Attempt.objects.filter(learner_id=enrolment.learner_id).count(),
    )


def earlier_than(enrolment: Enrolment) -> list[Enrolment]:
    """Who in the class may be the same learner: came before, and has no account. Also who was
    taken out of the class. 1 query, none for somebody with an account."""
    if enrolment.removed_at is not None or enrolment.learner.user_id is not None:
        return []
    places = Enrolment.objects.filter(classroom_id=enrolment.classroom_id)
    places = places.filter(learner__merged_into=None, learner__user=None)
    earlier = places.filter(joined_at__lt=enrolment.joined_at).exclude(pk=enrolment.pk)
    return list(earlier.select_related("learner"))


@transaction.atomic
def merge_enrolments(
    *, kept: Enrolment, earlier: Enrolment, now: datetime, user: User | None
) -> None:
    """Everything of ``earlier`` is of the learner of ``kept`` from now on; both are of one class.

    The old return code and every cookie of the old learner are dead. Answers stay as they were
    given. Places in other classes go along. Raises ``NotTheSameError`` and ``StillUsedError``;
    then nothing changed. 24 queries, and 1 for each other class.
    """
    ids = sorted([kept.learner_id, earlier.learner_id])
    locked = Learner.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    learners = {one.pk: one for one in locked}
    new, old = learners[kept.learner_id], learners[earlier.learner_id]
    is_free = new.user_id is None and new.merged_into_id is None
    if not is_free or earlier.pk not in {one.pk for one in earlier_than(kept)}:
        raise NotTheSameError
    if _is_used_since(old, kept.joined_at):
        raise StillUsedError
    # First, so that nobody adds to what is being moved.
    Learner.objects.filter(pk=old.pk).update(
        epoch=F("epoch") + 1, return_selector=None, return_verifier_hash="", merged_into=new
    )
    Learner.objects.filter(merged_into=old).update(merged_into=new)
    _move_attempts(old, new)
    _move_lessons(old, new, now=now)
    for assignment in earlier.assignments.all():
        assignment.for_enrolments.add(kept)
    earlier.assignments.clear()
    _move_places(old, new, now=now)
    write_down(
        "merge",
        classroom=kept.classroom,
        user=user,
        enrolment=kept.public_id,
        earlier=earlier.public_id,
    )


def _is_used_since(old: Learner, moment: datetime) -> bool:
    return (
        LessonProgress.objects.filter(learner=old, updated_at__gte=moment).exists()
        or Attempt.objects.filter(learner=old, started_at__gte=moment).exists()
        or Answer.objects.filter(attempt__learner=old, created_at__gte=moment).exists()
    )


def _move_attempts(old: Learner, new: Learner) -> None:
    theirs = Attempt.objects.filter(learner__in=[old, new])
    attempts = list(theirs.select_related("quiz").order_by("started_at", "pk"))
    of_quiz: defaultdict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        of_quiz[attempt.quiz_id].append(attempt)
    numbers: dict[int, int | None] = {}
    for some in of_quiz.values():
        rows = [Numbered(one.pk, one.number, one.submitted_at is not None) for one in some]
        numbers |= numbers_after_merging(rows, each_counts=some[0].quiz.kind == CHECK.name)
    # The database wants each number once at every moment, so none for a moment.
    theirs.filter(number__isnull=False).update(number=None)
    theirs.filter(learner=old).update(learner=new)
    for attempt in attempts:
        attempt.number = numbers[attempt.pk]
    Attempt.objects.bulk_update([one for one in attempts if one.number], ["number"])


def _move_lessons(old: Learner, new: Learner, *, now: datetime) -> None:
    """A lesson that both began holds the steps of both; the first time it was done counts."""
    theirs = {one.lesson_key: one for one in LessonProgress.objects.filter(learner=new)}
    both = [
        (one, theirs[one.lesson_key])
        for one in LessonProgress.objects.filter(learner=old, lesson_key__in=theirs)
    ]
    steps = _steps_of([one.lesson_key for one, _new in both])
    for earlier, later in both:
        finished = dict.fromkeys([*earlier.finished_steps, *later.finished_steps])
        later.finished_steps = list(finished)
        done = [one for one in (earlier.completed_at, later.completed_at) if one is not None]
        later.completed_at = min(done, default=None)
        if not done and lesson_state(steps.get(later.lesson_key, []), finished) is State.DONE:
            later.completed_at = now
        later.started_at = min(earlier.started_at, later.started_at)
    LessonProgress.objects.bulk_update(
        [later for _old, later in both], ["finished_steps", "completed_at", "started_at"]
    )
    LessonProgress.objects.filter(pk__in=[earlier.pk for earlier, _new in both]).delete()
    LessonProgress.objects.filter(learner=old).update(learner=new)


def _steps_of(keys: list[UUID]) -> dict[UUID, list[str]]:
    """The steps of each lesson; those of translations have the same ids."""
    pages = LessonPage.objects.filter(key__in=keys).order_by("pk")
    return {page.key: [step["id"] for step in page.steps.raw_data] for page in pages}


def _move_places(old: Learner, new: Learner, *, now: datetime) -> None:
    """The old learner's places in classes where the new one has none; the other ones end."""
    has_place = Q(classroom__enrolments__learner=new)
    elsewhere = Enrolment.objects.filter(learner=old)
    elsewhere.filter(has_place, removed_at=None).update(removed_at=now)
    for place in elsewhere.exclude(has_place):
        place.learner = new
        place.save(update_fields=["learner"])
