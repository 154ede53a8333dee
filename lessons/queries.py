"""Reads of published packages and lessons, as screens ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from lessons.models import LessonPackagePage, LessonPage
from lessons.querysets import LessonPackageQuerySet
from quizzes.models import Quiz

PACKAGES_PER_PAGE = 12


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


@dataclass(frozen=True)
class Catalogue:
    """One page of the list, and how much there is behind each choice."""

    packages: list[LessonPackagePage]
    total: int
    page: int
    page_count: int
    counts: Mapping[str, int]  # by "audience:young_people" and "age:13-15"


def catalogue(
    *,
    text: str,
    audience: str,
    ages: tuple[int, int] | None,
    page: int,
    age_groups: Mapping[str, tuple[int, int]],
) -> Catalogue:
    """Packages that fit, newest first. 2 queries, whatever the number of packages.

    The number behind a choice says how many fit the other choices too.
    """
    in_audience = Q(audience=audience) if audience else Q()
    of_age = _of_age(ages) if ages else Q()
    about: LessonPackageQuerySet = LessonPackagePage.objects.live().about(text)
    counts = about.aggregate(
        total=Count("pk", filter=in_audience & of_age),
        **{
            f"audience:{value}": Count("pk", filter=Q(audience=value) & of_age)
            for value in LessonPackagePage.Audience.values
        },
        **{
            f"age:{name}": Count("pk", filter=_of_age(group) & in_audience)
            for name, group in age_groups.items()
        },
    )
    total = counts.pop("total")
    page_count = max(1, -(-total // PACKAGES_PER_PAGE))
    page = min(page, page_count)
    start = (page - 1) * PACKAGES_PER_PAGE
    packages = (
        about.filter(in_audience & of_age)
        .select_related("image", "locale")
        .order_by("-first_published_at", "pk")[start : start + PACKAGES_PER_PAGE]
    )
    return Catalogue(list(packages), total, page, page_count, counts)


def _of_age(ages: tuple[int, int]) -> Q:
    return Q(age_from__lte=ages[1], age_to__gte=ages[0])
