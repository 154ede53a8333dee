"""Reads of published packages and lessons, as screens ask for them."""

from __future__ import annotations

from django.db.models import Count

from lessons.models import LessonPackagePage, LessonPage
from quizzes.models import Quiz


def published_package(slug: str) -> LessonPackagePage:
    """Raises ``LessonPackagePage.DoesNotExist``. 1 query."""
    package = LessonPackagePage.objects.live().select_related("image", "locale").filter(slug=slug)
    found = package.first()
    if found is None:
        raise LessonPackagePage.DoesNotExist
    return found


def published_lesson(package: str, lesson: str) -> tuple[LessonPackagePage, LessonPage]:
    """A live lesson of a live package. Raises ``LessonPage.DoesNotExist``. 2 queries."""
    found = (
        LessonPage.objects.live()
        .filter(slug=lesson, url_path__endswith=f"/{package}/{lesson}/")
        .select_related("locale")
        .first()
    )
    parent = LessonPackagePage.objects.live().parent_of(found).first() if found else None
    if found is None or parent is None:
        raise LessonPage.DoesNotExist
    return parent, found


def lessons_of(package: LessonPackagePage) -> list[LessonPage]:
    """The package's published lessons in order. 1 query."""
    return list(LessonPage.objects.live().child_of(package).order_by("path"))


def materials_of(lessons: list[LessonPage]) -> list[str]:
    """What these lessons need, each thing once. No query."""
    found = [line.value for lesson in lessons for line in lesson.materials]
    return list(dict.fromkeys(found))


def quizzes_of(lessons: list[LessonPage]) -> list[Quiz]:
    """The published quizzes that these lessons hold, in order. 1 query."""
    numbers = [
        block["value"]["quiz"]
        for lesson in lessons
        for step in lesson.steps.raw_data
        for block in step["value"]["blocks"]
        if block["type"] == "quiz"
    ]
    found = (
        Quiz.objects.filter(pk__in=numbers, live=True)
        .annotate(question_count=Count("questions"))
        .in_bulk()
    )
    return [found[number] for number in dict.fromkeys(numbers) if number in found]
