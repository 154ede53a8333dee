"""What an answer is worth. No database."""

from __future__ import annotations

import pytest

from quizzes.grading import (
    Given,
    Mark,
    band_for,
    mark_one_answer,
    mark_several_answers,
    mark_true_false,
    percent,
)


def choices(right: str, wrong: str) -> list[dict]:
    return [{"key": key, "is_right": True} for key in right] + [
        {"key": key, "is_right": False} for key in wrong
    ]


@pytest.mark.parametrize(("chosen", "won"), [("a", 1), ("b", 0), ("", 0), ("ab", 0)])
def test_one_answer_gives_a_point_for_the_right_choice_only(chosen: str, won: int) -> None:
    assert mark_one_answer(choices("a", "b"), Given(tuple(chosen))) == Mark(won, 1)


@pytest.mark.parametrize(
    ("chosen", "won"),
    [("ab", 2), ("a", 1), ("abc", 1), ("c", 0), ("cd", 0), ("abcd", 0), ("", 0), ("acd", 0)],
)
def test_per_choice_a_wrong_one_takes_a_point_and_never_below_zero(chosen: str, won: int) -> None:
    mark = mark_several_answers(choices("ab", "cd"), Given(tuple(chosen)), rule="per_choice")
    assert mark == Mark(won, 2)


@pytest.mark.parametrize(("chosen", "won"), [("ab", 1), ("a", 0), ("abc", 0), ("", 0)])
def test_all_or_nothing_gives_one_point_for_exactly_the_right_ones(chosen: str, won: int) -> None:
    mark = mark_several_answers(choices("ab", "cd"), Given(tuple(chosen)), rule="all_or_nothing")
    assert mark == Mark(won, 1)


@pytest.mark.parametrize(
    ("judgement", "reason", "won"),
    [("false", "r", 2), ("false", "w", 1), ("true", "r", 0), ("true", "w", 0)],
)
def test_a_right_reason_counts_only_with_the_right_judgement(
    judgement: str, reason: str, won: int
) -> None:
    mark = mark_true_false(
        is_true=False, reasons=choices("r", "w"), given=Given((judgement,), reason)
    )
    assert mark == Mark(won, 2)


def test_without_reasons_a_judgement_is_worth_one_point() -> None:
    assert mark_true_false(is_true=True, reasons=[], given=Given(("true",))) == Mark(1, 1)
    assert mark_true_false(is_true=True, reasons=[], given=Given(("false",))) == Mark(0, 1)


@pytest.mark.parametrize(
    ("won", "available", "expected"), [(0, 0, 0), (2, 3, 66), (3, 3, 100), (199, 200, 99)]
)
def test_a_hundred_per_cent_always_means_full_marks(
    won: int, available: int, expected: int
) -> None:
    assert percent(won, available) == expected


@pytest.mark.parametrize(("score", "title"), [(0, "low"), (49, "low"), (50, "high"), (100, "high")])
def test_the_band_is_the_highest_that_the_score_reaches(score: int, title: str) -> None:
    bands = [{"from_percent": 50, "title": "high"}, {"from_percent": 0, "title": "low"}]
    assert band_for(bands, score)["title"] == title
