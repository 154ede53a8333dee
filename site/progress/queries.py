"""How far a learner is, as a lesson's page asks it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.cookies import LearnerToken
from progress.models import LessonProgress


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner finished in a lesson, and where they were."""

    finished: frozenset[str] = frozenset()
    current: str = ""
    is_complete: bool = False


NOTHING_YET = Standing()


def standing(token: LearnerToken | None, lesson_key: UUID) -> Standing:
    """No query without a cookie, else 1. An ended cookie counts as none."""
    if token is None:
        return NOTHING_YET
    row = (
        LessonProgress.objects.by(token.learner_id, token.epoch)
        .in_lesson(lesson_key)
        .values_list("finished_steps", "current_step", "completed_at")
        .first()
    )
    if row is None:
        return NOTHING_YET
    finished, current, completed_at = row
    return Standing(frozenset(finished), current, completed_at is not None)
