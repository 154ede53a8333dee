"""Which time it was, after two nicknames turned out to be one learner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from progress.merged_numbers import Numbered, numbers_after_merging


def of(*attempts: tuple[int | None, bool], each_counts: bool) -> list[int | None]:
    rows = [Numbered(place, *one) for place, one in enumerate(attempts)]
    return list(numbers_after_merging(rows, each_counts=each_counts).values())


def test_every_attempt_at_a_check_counts_in_the_order_in_which_they_were_begun() -> None:
    assert of((1, True), (2, False), (1, True), each_counts=True) == [1, 2, 3]


def test_a_second_before_of_a_measurement_is_history_and_the_after_stays_the_after() -> None:
    assert of((1, True), (1, True), (2, True), each_counts=False) == [1, None, 2]


def test_the_one_that_was_handed_in_counts_before_one_that_was_begun_earlier() -> None:
    assert of((1, False), (1, True), each_counts=False) == [None, 1]


def test_practice_has_no_numbers_and_gets_none() -> None:
    assert of((None, True), (None, False), each_counts=False) == [None, None]
    assert of((None, True), (1, False), each_counts=True) == [None, 1]


@given(st.lists(st.tuples(st.none() | st.integers(1, 3), st.booleans())), st.booleans())
def test_no_attempt_is_lost_and_no_number_is_there_twice(attempts, each_counts) -> None:
    numbers = of(*attempts, each_counts=each_counts)
    counted = [number for number in numbers if number is not None]
    assert len(numbers) == len(attempts)
    assert len(counted) == len(set(counted))
    assert set(counted) >= {number for number, _done in attempts if number and not each_counts}
