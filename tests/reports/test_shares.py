"""Shares that point at nobody, how well a question tells apart, and what answers are about."""

from __future__ import annotations

from itertools import pairwise
from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import Given
from quizzes.shares import Share, about, share
from reports.discrimination import Sums, discrimination
from reports.grouping import Answered, by_belief, by_form, by_signal


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 10, 0), (10, 10, 100), (1, 3, 35), (1, 40, 5), (1, 41, 0), (34, 100, 35), (0, 0, 0)],
)
def test_a_share_goes_in_steps_of_five(part: int, whole: int, percent: int) -> None:
    assert share(part, whole) == Share(percent)


@given(st.integers(1, 10_000), st.data())
def test_a_sensitive_share_never_says_nobody_or_everybody(whole: int, data: st.DataObject) -> None:
    """P-04"""
    part = data.draw(st.integers(0, whole))
    found = share(part, whole, is_sensitive=True)
    assert 5 <= found.percent <= 95
    assert found.percent % 5 == 0
    assert found.at_most == (found.percent == 5)
    assert found.at_least == (found.percent == 95)


@given(st.integers(0, 10_000))
def test_a_number_of_answers_never_tells_of_one_more(count: int) -> None:
    assert about(count) % 5 == 0
    assert 0 <= count - about(count) < 5


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20)), min_size=2, max_size=40))
def test_discrimination_is_the_correlation_with_the_rest(scores: list[tuple[int, int]]) -> None:
    items = [item / 3 for item, _rest in scores]
    rests = [rest / 20 for _item, rest in scores]
    sums = Sums()
    for x, y in zip(items, rests, strict=True):
        sums += Sums(1, x, y, x * y, x * x, y * y)
    found = discrimination(sums, least=2)
    if len(set(items)) == 1 or len(set(rests)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(correlation(items, rests), abs=0.006)
    assert discrimination(sums, least=len(scores) + 1) is None


def question(number: int, right: int, *given: tuple[str, int], **content: object) -> Answered:
    choices = [
        {"key": "a", "belief": "Eigen schuld", "is_right": False},
        {"key": "b", "belief": "", "is_right": True},
        {"key": "c", "belief": "eigen  schuld", "is_right": False},
        {"key": "d", "belief": "Hij koos zelf", "is_right": False},
    ]
    about = {"points": 1, "signal": "", "form": "all", "choices": choices, **content}
    counted = tuple((Given(choice=tuple(keys)), count) for keys, count in given)
    return Answered(number, about, counted, right)


def test_a_belief_is_counted_over_questions_and_once_per_answer() -> None:
    found = by_belief(
        [question(1, 4, ("a", 3), ("b", 4), ("ac", 3)), question(2, 8, ("b", 8), ("d", 2))]
    )
    assert [(one.name, one.part, one.whole, one.numbers) for one in found] == [
        ("Eigen schuld", 6, 20, [1, 2]),
        ("Hij koos zelf", 2, 20, [1, 2]),
    ]


def test_a_signal_is_what_was_marked_or_the_question_about_it() -> None:
    marked = question(
        1,
        2,
        ("x", 6),
        ("y", 4),
        choices=[
            {"key": "x", "signal": "Schuld", "is_right": True},
            {"key": "y", "signal": "", "is_right": False},
        ],
    )
    asked = question(2, 5, ("b", 5), ("a", 5), signal="schuld")
    other = question(3, 1, ("b", 1), ("a", 9), signal="Geheimen")
    opinion = question(4, 0, ("a", 10), signal="Schuld", points=0)
    found = by_signal([marked, asked, other, opinion])
    assert [(one.name, one.part, one.whole, one.numbers) for one in found] == [
        ("Geheimen", 1, 10, [3]),
        ("Schuld", 11, 20, [1, 2]),
    ]


def test_a_form_is_how_often_its_questions_were_right_the_least_first() -> None:
    found = by_form(
        [
            question(1, 9, ("b", 10), form="labour"),
            question(2, 3, ("b", 10), form="criminal"),
            question(3, 1, ("b", 10)),
        ]
    )
    assert [one.name for one in found] == ["criminal", "labour"]
    assert all(one.part * two.whole <= two.part * one.whole for one, two in pairwise(found))
