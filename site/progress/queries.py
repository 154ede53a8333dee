"""How far a learner is, as a lesson's page asks it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from accounts.cookies import LearnerToken
from classrooms.preparedness import HelpOnSite, is_held
from lessons.compiled import CompiledLesson
from progress.models import LessonProgress


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner finished in a lesson, where they were, and what their classes say."""

    finished: frozenset[str] = frozenset()
    current: str = ""
    is_complete: bool = False
    is_held: bool = False  # a teacher still prepares it
    is_given: bool = False  # by a class of theirs
    help_on_site: tuple[HelpOnSite, ...] = ()
    municipality: str = ""  # code of where their class is; the first that has one


NOTHING_YET = Standing()


# As SQL: building this query with the ORM takes four times as long as the whole page. A row
# for each class, and for each time that a class was given the lesson; one without a class.
STANDING = """
    SELECT progress.finished_steps, progress.current_step, progress.completed_at IS NOT NULL,
           given.waits_for_preparation,
           school.municipality_code,
           prepared.contact_role, prepared.contact_place, prepared.aftercare
      FROM accounts_learner AS learner
      LEFT JOIN progress_lessonprogress AS progress
        ON progress.learner_id = learner.id AND progress.lesson_key = %s
      LEFT JOIN (classrooms_enrolment AS place
            JOIN classrooms_classroom AS room
              ON room.id = place.classroom_id AND room.archived_at IS NULL)
        ON place.learner_id = learner.id AND place.removed_at IS NULL
      LEFT JOIN organisations_organisation AS school
        ON school.id = room.organisation_id
      LEFT JOIN classrooms_preparation AS prepared
        ON prepared.classroom_id = room.id AND prepared.is_current
      LEFT JOIN classrooms_assignment AS given
        ON given.classroom_id = room.id AND (given.lesson_id = %s OR given.package_id = %s)
       AND (NOT given.is_for_some OR EXISTS (
            SELECT 1 FROM classrooms_assignment_for_enrolments AS chosen
             WHERE chosen.assignment_id = given.id AND chosen.enrolment_id = place.id))
     WHERE learner.id = %s AND learner.epoch = %s
     ORDER BY room.id
"""
LESSON_KEY = LessonProgress._meta.get_field("lesson_key")


def standing(token: LearnerToken | None, lesson: CompiledLesson) -> Standing:
    """No query without a cookie, else 1. An ended cookie counts as none."""
    if token is None:
        return NOTHING_YET
    key = LESSON_KEY.get_db_prep_value(lesson.key, connection)
    wanted = [key, lesson.source_id, lesson.source_package_id, token.learner_id, token.epoch]
    with connection.cursor() as cursor:
        cursor.execute(STANDING, wanted)
        rows = cursor.fetchall()
    return _standing(rows) if rows else NOTHING_YET


def _standing(rows: list[tuple[Any, ...]]) -> Standing:
    finished, current, is_complete = rows[0][:3]
    waiting = [bool(row[3]) for row in rows if row[3] is not None]
    return Standing(
        finished=frozenset(json.loads(finished)) if finished else frozenset(),
        current=current or "",
        is_complete=bool(is_complete),
        is_held=is_held(waiting),
        is_given=bool(waiting),
        help_on_site=tuple(dict.fromkeys(HelpOnSite(*row[5:]) for row in rows if row[5])),
        municipality=next((row[4] for row in rows if row[4]), ""),
    )
