"""Which lessons are in a package, and who of a class did them all."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Learner, User
from certificates.diplomas import finished_packages
from certificates.paths import Path
from classrooms.actions import assign
from classrooms.models import Classroom
from lessons.models import CataloguePage, LessonPackagePage, LessonPage
from lessons.queries import lesson_keys_of
from progress.models import LessonProgress
from tests.factories.certificates import another_lesson, finish_lessons, make_path
from tests.factories.classrooms import enrol

pytestmark = pytest.mark.django_db


@pytest.fixture
def path() -> Path:
    return make_path()


def another_package(path: Path, number: int, lessons: int) -> LessonPackagePage:
    """A copy of the small package with so many lessons."""
    source = LessonPackagePage.objects.get(pk=path.source.pk)
    fields = {
        field.attname: getattr(source, field.attname)
        for field in LessonPackagePage._meta.local_fields
        if field.name not in ("page_ptr", "key")
    }
    package = LessonPackagePage(
        title=f"Pakket {number}", slug=f"pakket-{number}", locale=source.locale, **fields
    )
    CataloguePage.objects.get().add_child(instance=package)
    for lesson in range(lessons):
        package.add_child(instance=lesson_like(path, f"les-{number}-{lesson}"))
    return package


def lesson_like(path: Path, slug: str) -> LessonPage:
    first = path.lessons[0]
    return LessonPage(
        title=slug, slug=slug, summary="Kort.", minutes=5, before="<p>Niets</p>",
        short_version="<p>Kort</p>", steps=first.steps.raw_data, locale=first.locale,
    )  # fmt: skip


def test_the_lessons_of_a_package_are_its_published_children_and_no_others(path: Path) -> None:
    """Every choice of packages against the tree itself, one package at a time."""
    another_lesson(path).unpublish()
    packages = [
        LessonPackagePage.objects.get(pk=path.source.pk),
        *(another_package(path, number, lessons) for number, lessons in enumerate((3, 0, 2))),
    ]
    catalogue = CataloguePage.objects.get()
    places = [one.path for one in packages]
    expected = {
        one.path: {lesson.key for lesson in LessonPage.objects.live().child_of(one)}
        for one in packages
    }
    assert [len(keys) for keys in expected.values()] == [1, 3, 0, 2]
    for count in range(len(places) + 1):
        for chosen in combinations(places, count):
            assert lesson_keys_of(chosen) == {one: expected[one] for one in chosen}
    assert lesson_keys_of([catalogue.path]) == {catalogue.path: set()}
    beginnings = [places[0][:-1], places[0] + "0001", "", "."]
    assert lesson_keys_of(beginnings) == {one: set() for one in beginnings}


def test_a_diploma_is_for_all_lessons_of_that_package(
    path: Path, classroom: Classroom, teacher: User, django_assert_num_queries: Any
) -> None:
    now = timezone.now()
    assign(classroom=classroom, thing=path.source, now=now, user=teacher)
    all_done, half = enrol(classroom), enrol(classroom)
    finish_lessons(Learner.objects.get(pk=all_done.token.learner_id), path)
    with django_assert_num_queries(4):
        (found,) = finished_packages(classroom)
    assert found.nicknames == [all_done.enrolment.nickname]
    two = another_package(path, 1, 2)
    empty = another_package(path, 2, 0)
    for package in (two, empty):
        assign(classroom=classroom, thing=package, now=now, user=teacher)
    first, second = LessonPage.objects.child_of(two)
    for joined, lessons in ((all_done, (first, second)), (half, (first,))):
        for lesson in lessons:
            LessonProgress.objects.create(
                learner_id=joined.token.learner_id, lesson_key=lesson.key, completed_at=now
            )
    with django_assert_num_queries(4):
        rows = finished_packages(classroom)
    found_in = {row.package.slug: row.nicknames for row in rows}
    nickname = all_done.enrolment.nickname
    assert found_in == {"klein-pakket": [nickname], "pakket-1": [nickname], "pakket-2": []}
    second.unpublish()
    (row,) = [one for one in finished_packages(classroom) if one.package.pk == two.pk]
    assert row.nicknames == sorted([nickname, half.enrolment.nickname])
