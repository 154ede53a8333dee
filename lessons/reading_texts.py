"""What is read in a lesson, field by field, for who checks its language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from editorial.language import Passage
from editorial.texts import Texts, field_passage, plain_text, stream_passages
from lessons.blocks import StepContentBlock
from lessons.easy_reading import EASY
from lessons.models import LessonPackagePage, LessonPage
from quizzes.audiences import Audience

FOR_LEARNERS, FOR_TEACHERS = ("title",), ("summary", "before", "short_version")
HIDDEN = StepContentBlock.TEACHER_ONLY | StepContentBlock.TEACHER_FIELDS


def lesson_texts(thing: Any) -> Texts | None:
    """``None`` for another thing, and for a lesson in another language. 2 queries."""
    if not isinstance(thing, LessonPage) or thing.locale.language_code != "nl":
        return None
    audience = LessonPackagePage.objects.parent_of(thing).values_list("audience", flat=True)
    return Texts(list(_passages(thing)), audience.first() == Audience.YOUNG_PEOPLE)


def _passages(lesson: LessonPage) -> Iterator[Passage]:
    for name in FOR_LEARNERS:
        yield field_passage(lesson, name)
    for name in FOR_TEACHERS:
        yield field_passage(lesson, name, for_teachers=True)
    for name, for_teachers in (("goals", False), ("materials", True)):
        label = str(lesson._meta.get_field(name).verbose_name).capitalize()
        for line in getattr(lesson, name):
            anchor = f"#block-{line.id}-section"
            yield Passage(label, anchor, plain_text(line.value), for_teachers)
    for number, step in enumerate(lesson.steps, start=1):
        where = f"{number}. {step.value['title']}"
        at = Passage(where, f"#block-{step.id}-section", "")
        yield Passage(where, at.anchor, step.value["title"])
        if notice := step.value.get("heavy_notice"):
            yield Passage(where, at.anchor, notice)
        yield from stream_passages(step.value["blocks"], at, teachers_only=HIDDEN, easy=EASY)
