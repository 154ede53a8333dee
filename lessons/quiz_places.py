"""Which steps of a published lesson hold which quiz: written down when it is published."""

from __future__ import annotations

from django.db import transaction

from lessons.asked import question_keys_in
from lessons.models import LessonPage, QuizInStep
from quizzes.in_step import originals_of
from quizzes.models import Quiz


@transaction.atomic
def note_quizzes(*, lesson: LessonPage) -> None:
    """Remembers which steps of this lesson hold which quiz, as published. At most 4 queries."""
    QuizInStep.objects.filter(lesson=lesson).delete()
    # What is done in a translation counts for the lesson that it translates.
    if not lesson.live or lesson.source.pk != lesson.pk:
        return
    found = {
        (step["id"], block["value"]["quiz"])
        for step in lesson.steps.raw_data
        for block in step["value"]["blocks"]
        if block["type"] == "quiz"
    }
    known = set(
        Quiz.objects.filter(pk__in={quiz for _, quiz in found}).values_list("pk", flat=True)
    )
    asked = [
        (step["id"], key) for step in lesson.steps.raw_data for key in question_keys_in([step])
    ]
    quizzes = originals_of(key for _, key in asked)
    beside = {(step, quizzes[key].pk) for step, key in asked if key in quizzes}
    QuizInStep.objects.bulk_create(
        QuizInStep(lesson=lesson, step_id=step, quiz_id=quiz, is_whole=(step, quiz) in found)
        for step, quiz in sorted(found | beside)
        if quiz in known or (step, quiz) in beside
    )
