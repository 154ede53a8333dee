"""Which questions an attempt gets, and in which order: the same every time."""

from __future__ import annotations

import random
from collections import Counter
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.arranging import VERSIONS, arranged, chance, shuffled, version_of

QUESTIONS = [{"key": name, "section": ""} for name in "abcdefgh"]


def keys(questions: list) -> str:
    return "".join(question["key"] for question in questions)


def test_an_attempt_has_one_version_and_all_versions_are_used() -> None:
    attempt = uuid4()
    assert version_of(attempt) == version_of(UUID(str(attempt)))
    dice = random.Random(7)
    used = Counter(version_of(UUID(int=dice.getrandbits(128))) for _attempt in range(5000))
    assert set(used) == set(range(1, VERSIONS + 1))
    assert max(used.values()) < 2 * min(used.values())


@given(st.integers(1, VERSIONS), st.integers(0, 12), st.booleans())
def test_a_version_is_some_of_the_questions_each_once(
    version: int, count: int, is_shuffled: bool
) -> None:
    found = arranged(QUESTIONS, version, draw_count=count, is_shuffled=is_shuffled)
    assert found == arranged(QUESTIONS, version, draw_count=count, is_shuffled=is_shuffled)
    assert len(found) == (min(count, 8) or 8)
    assert len(set(keys(found))) == len(found)
    if not is_shuffled:
        assert keys(found) == "".join(sorted(keys(found)))


def test_every_question_is_drawn_in_some_version() -> None:
    drawn = "".join(keys(arranged(QUESTIONS, v, draw_count=3)) for v in range(1, VERSIONS + 1))
    assert set(drawn) == set("abcdefgh")


def test_versions_differ() -> None:
    orders = {keys(arranged(QUESTIONS, v, is_shuffled=True)) for v in range(1, VERSIONS + 1)}
    assert len(orders) > VERSIONS - 3


@pytest.mark.parametrize("version", range(1, VERSIONS + 1))
def test_sections_stay_together_and_keep_their_title_on_top(version: int) -> None:
    questions = [
        {"key": name, "section": {"a": "Een", "e": "Twee"}.get(name, "")} for name in "abcdefgh"
    ]
    found = arranged(questions, version, draw_count=5, is_shuffled=True)
    titles = [question["section"] for question in found if question["section"]]
    assert titles == ["Een", "Twee"]
    second = next(place for place, question in enumerate(found) if question["section"] == "Twee")
    assert set(keys(found[:second])) <= set("abcd")
    assert set(keys(found[second:])) <= set("efgh")
    assert abs(second - (5 - second)) == 1  # three of one, two of the other


def test_none_of_these_stays_last() -> None:
    choices = [{"key": "niets", "stays_last": True}, *({"key": name} for name in "abcd")]
    orders = {keys(shuffled(choices, chance(version, "x"))) for version in range(1, 25)}
    assert all(order.endswith("niets") for order in orders)
    assert len(orders) > 8
