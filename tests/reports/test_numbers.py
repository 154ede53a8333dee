"""Numbers of a class for who may see no nickname, and what stays untold."""

from __future__ import annotations

from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.actions import assign
from progress.models import LessonProgress
from reports.small_groups import Told, hidden_parts, rounded
from tests.factories.classrooms import enrol


@pytest.mark.parametrize(("count", "told"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10)])
def test_counts_are_rounded_to_five(count, told):
    assert rounded(count) == told


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ([], set()),
        ([12, 30], set()),
        ([12, 0, 30], set()),
        ([12, 9, 30], {0, 1}),  # one alone would follow from the total
        ([4, 3, 30, 15], {0, 1, 3}),  # two, but seven people together
        ([6, 7, 30, 15], {0, 1}),
        ([9], {0}),
    ],
)
def test_what_is_left_out_does_not_follow_from_the_rest(sizes, hidden):
    assert hidden_parts(sizes) == hidden


def test_no_part_ever_follows_from_the_total_and_the_others():
    """P-03, over every list of up to four groups."""
    for sizes in product((0, 1, 4, 9, 10, 11, 25), repeat=4):
        hidden = hidden_parts(sizes)
        assert all(place in hidden for place, size in enumerate(sizes) if 0 < size < 10)
        if hidden and set(range(4)) - hidden - {i for i in range(4) if not sizes[i]}:
            assert len(hidden) > 1
            assert sum(sizes[place] for place in hidden) >= 10


def test_nobody_and_everybody_are_not_told_apart_from_a_few():
    """P-04."""
    assert (Told(0, 30).is_few, Told(4, 30).is_few) == (True, True)
    assert (Told(30, 30).lacks_few, Told(26, 30).lacks_few) == (True, True)
    assert Told(12, 28).done == 10
    assert Told(12, 28).size == 30
    assert not Told(9, 9).is_told


def finish(joined, lesson) -> None:
    LessonProgress.objects.create(
        learner_id=joined.token.learner_id,
        lesson_key=lesson.key,
        finished_steps=["x"],
        completed_at=timezone.now(),
    )


def test_below_ten_nothing_is_told(teacher_client, classroom, lesson):
    assign(classroom=classroom, thing=lesson, now=timezone.now(), user=None)
    address = reverse("reports:numbers", args=[classroom.public_id])
    joined = [enrol(classroom) for _ in range(9)]
    for one in joined[:5]:
        finish(one, lesson)
    assert "ongeveer" not in teacher_client.get(address).text
    enrol(classroom)
    assert "ongeveer 5 van ongeveer 10" in teacher_client.get(address).text


def test_the_numbers_take_one_query_for_a_large_class(
    teacher_client, classroom, lesson, django_assert_num_queries
):
    assign(classroom=classroom, thing=lesson, now=timezone.now(), user=None)
    address = reverse("reports:numbers", args=[classroom.public_id])
    for _ in range(12):
        enrol(classroom)
    teacher_client.get(address)
    with django_assert_num_queries(3):  # session, user, numbers
        teacher_client.get(address)
