"""Reads of published packages and lessons, as screens ask for them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, QuerySet
from django.db.models.functions import Left, Length

from lessons.languages import active_language, in_language
from lessons.models import LessonPackagePage, LessonPage
from quizzes.models import Quiz


def _source_package(slug: str) -> LessonPackagePage:
    package = LessonPackagePage.objects.live().select_related("image", "locale")
    found = package.filter(slug=slug, locale__language_code=settings.LANGUAGE_CODE).first()
    if found is None:
        raise LessonPackagePage.DoesNotExist
    return found


def published_package(slug: str) -> LessonPackagePage:
    """In the active language, or else as it was written. A package that is offline is so in
    every language: raises ``LessonPackagePage.DoesNotExist``. 1 query, 2 for a translation."""
    return in_language([_source_package(slug)], active_language())[0]


def published_lesson(package: str, lesson: str) -> tuple[LessonPackagePage, LessonPage]:
    """A live lesson of a live package, each in the active language or else as it was written.

    Raises ``LessonPage.DoesNotExist``. 2 queries, 4 for a translation.
    """
    found = (
        LessonPage.objects.live()
        .filter(
            slug=lesson,
            url_path__endswith=f"/{package}/{lesson}/",
            locale__language_code=settings.LANGUAGE_CODE,
        )
        .select_related("locale")
        .first()
    )
    parent = LessonPackagePage.objects.live().parent_of(found).first() if found else None
    if found is None or parent is None:
        raise LessonPage.DoesNotExist
    language = active_language()
    return in_language([parent], language)[0], in_language([found], language)[0]


def lessons_of(package: LessonPackagePage) -> list[LessonPage]:
    """The package's published lessons in order, in its language or else as they were written.

    1 query, 2 for a translation.
    """
    lessons = LessonPage.objects.live().child_of(package.source).order_by("path")
    return in_language(list(lessons.select_related("locale")), package.locale.language_code)


def lesson_keys_of(paths: Collection[str]) -> dict[str, set[UUID]]:
    """The keys of the published lessons in each of these packages, by its place in the tree.

    The place of a page begins with that of its parent. 1 query.
    """
    found: dict[str, set[UUID]] = {path: set() for path in paths}
    parent = Left("path", Length(F("path")) - LessonPage.steplen)
    lessons = LessonPage.objects.live().alias(parent_path=parent).filter(parent_path__in=found)
    for path, key in lessons.values_list("path", "key"):
        found[path[: -LessonPage.steplen]].add(key)
    return found


def materials_of(lessons: list[LessonPage]) -> list[tuple[str, str]]:
    """What these lessons need, each thing once, with the language it is named in. No query."""
    found = [
        (line.value, lesson.locale.language_code) for lesson in lessons for line in lesson.materials
    ]
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


def packages_holding(quiz: Quiz) -> QuerySet[LessonPackagePage]:
    """The packages with a published lesson that holds this quiz, or a question of it.

    1 query, and 1 to read them.
    """
    lessons = LessonPage.objects.live().filter(quizzes__quiz=quiz).values_list("path", flat=True)
    parents = {path[: -LessonPage.steplen] for path in lessons}
    return LessonPackagePage.objects.filter(path__in=parents)
