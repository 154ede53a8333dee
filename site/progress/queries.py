"""How far a learner is, as a lesson's page asks it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from accounts.cookies import LearnerToken
from progress.models import LessonProgress


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner finished in a lesson, and where they were."""

    finished: frozenset[str] = frozenset()
    current: str = ""
    is_complete: bool = False


NOTHING_YET = Standing()


# As SQL: building this query with the ORM takes four times as long as the whole page.
STANDING = """
    SELECT progress.finished_steps, progress.current_step, progress.completed_at IS NOT NULL
      FROM progress_lessonprogress AS progress
      JOIN accounts_learner AS learner ON learner.id = progress.learner_id
     WHERE progress.learner_id = %s AND progress.lesson_key = %s AND learner.epoch = %s
"""


def standing(token: LearnerToken | None, lesson_key: UUID) -> Standing:
    """No query without a cookie, else 1. An ended cookie counts as none."""
    if token is None:
        return NOTHING_YET
    key = LessonProgress._meta.get_field("lesson_key").get_db_prep_value(lesson_key, connection)
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [token.learner_id, key, token.epoch])
        row = cursor.fetchone()
    if row is None:
        return NOTHING_YET
    finished, current, is_complete = row
    return Standing(frozenset(json.loads(finished)), current, bool(is_complete))
