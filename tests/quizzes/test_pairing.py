"""What an order, pairs and groups are worth, and what is an answer at all. No database."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from quizzes.grading import Given, Mark, UnusableAnswerError
from quizzes.pairing import (
    key_of,
    mark_order,
    mark_pairs,
    mixed,
    pair,
    places,
    read_order,
    read_pairs,
    turned_round,
)

STEPS = ["a", "b", "c", "d"]
ALLOWED = {"a": ["x", "y"], "b": ["x", "y"]}
items = st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=3, max_size=8, unique=True)


def in_order(steps: str | list[str]) -> Given:
    return Given(tuple(pair(step, str(place)) for place, step in enumerate(steps, start=1)))


@pytest.mark.parametrize(
    ("steps", "won"),
    [("abcd", 4), ("bcda", 2), ("dabc", 2), ("abdc", 2), ("bacd", 1), ("dcba", 0), ("cdab", 2)],
)
def test_a_step_wins_its_point_after_the_right_step(steps: str, won: int) -> None:
    assert mark_order(STEPS, in_order(steps), rule="per_step") == Mark(won, 4)


@pytest.mark.parametrize(("steps", "won"), [("abcd", 1), ("abdc", 0), ("dcba", 0)])
def test_all_or_nothing_wants_the_whole_order(steps: str, won: int) -> None:
    assert mark_order(STEPS, in_order(steps), rule="all_or_nothing") == Mark(won, 1)


def test_one_step_too_early_does_not_make_the_others_wrong() -> None:
    assert mark_order(list("abcdef"), in_order("fabcde"), rule="per_step").won == 4


def test_a_guess_wins_one_point_on_average() -> None:
    every = list(permutations(STEPS))
    won = [mark_order(STEPS, in_order(list(one)), rule="per_step").won for one in every]
    assert sum(won) == len(every)


def test_what_was_turned_round_is_told_per_two_steps() -> None:
    assert turned_round(STEPS, in_order("acbd")) == [("c", "b")]
    assert turned_round(STEPS, in_order("abcd")) == []
    assert turned_round(STEPS, Given()) == []


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([], "nothing_chosen"),
        ("", "nothing_chosen"),
        (["", ""], "nothing_chosen"),
        (["a:1", "b:2"], "incomplete"),
        (["a:1", "b:2", "c:2"], "same_place"),
        (["a:1", "a:2", "b:3"], "unknown_choice"),
        (["a:1", "b:2", "c:4"], "unknown_choice"),
        (["a:1", "b:2", "c:0"], "unknown_choice"),
        (["a:1", "b:2", "z:3"], "unknown_choice"),
        (["a", "b", "c"], "unknown_choice"),
        (["a:1:2", "b:2", "c:3"], "unknown_choice"),
        ({"a": 1}, "not_a_list_of_choices"),
        ([1, 2, 3], "not_a_list_of_choices"),
        (None, "not_a_list_of_choices"),
    ],
)
def test_what_is_no_order_is_named(sent: Any, code: str) -> None:
    with pytest.raises(UnusableAnswerError) as caught:
        read_order(["a", "b", "c"], sent)
    assert caught.value.code == code


@drawn(items.flatmap(lambda right: st.tuples(st.just(right), st.permutations(right), st.randoms())))
def test_an_order_is_the_same_in_whatever_order_it_was_sent(drawing: Any) -> None:
    right, steps, chance = drawing
    sent = list(in_order(steps).choice)
    chance.shuffle(sent)
    read = read_order(right, sent)
    assert read == in_order(steps).choice
    assert read_order(right, list(read)) == read
    for rule, available in (("per_step", len(right)), ("all_or_nothing", 1)):
        mark = mark_order(right, Given(read), rule=rule)
        assert 0 <= mark.won <= mark.available == available
        assert mark.is_right == (list(steps) == right)
    assert (turned_round(right, Given(read)) == []) == (list(steps) == right)


@pytest.mark.parametrize(
    ("chosen", "won"), [("a:x b:y", 2), ("a:x b:x", 1), ("a:y b:x", 0), ("", 0)]
)
def test_a_pair_wins_a_point_and_a_wrong_one_costs_nothing(chosen: str, won: int) -> None:
    assert mark_pairs({"a": ["x"], "b": ["y"]}, Given(tuple(chosen.split()))) == Mark(won, 2)


def test_an_item_may_have_more_than_one_right_place() -> None:
    assert mark_pairs({"a": ["x", "y"]}, Given(("a:y",))) == Mark(1, 1)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (["a:x"], "incomplete"),
        (["a:x", "b:z"], "unknown_choice"),
        (["a:x", "a:x", "b:y"], "unknown_choice"),
        (["a:x", "b:y", "c:x"], "unknown_choice"),
    ],
)
def test_what_is_no_set_of_pairs_is_named(sent: list[str], code: str) -> None:
    with pytest.raises(UnusableAnswerError) as caught:
        read_pairs(ALLOWED, sent)
    assert caught.value.code == code


@drawn(
    items.flatmap(
        lambda keys: st.tuples(
            st.fixed_dictionaries(
                {key: st.sets(st.sampled_from("wxyz"), min_size=1) for key in keys}
            ),
            st.fixed_dictionaries({key: st.sampled_from("wxyz") for key in keys}),
            st.randoms(),
        )
    )
)
def test_pairs_are_the_same_in_whatever_order_they_were_sent(drawing: Any) -> None:
    right, chosen, chance = drawing
    sent = [pair(item, place) for item, place in chosen.items()]
    chance.shuffle(sent)
    read = read_pairs(dict.fromkeys(right, "wxyz"), sent)
    assert places(Given(read)) == chosen
    assert read_pairs(dict.fromkeys(right, "wxyz"), list(read)) == read
    mark = mark_pairs(right, Given(read))
    assert 0 <= mark.won <= mark.available == len(right)
    assert mark.is_right == all(chosen[item] in accepted for item, accepted in right.items())


@drawn(items)
def test_what_is_shown_is_the_same_however_it_was_written_and_never_the_right_order(
    entries: list[str],
) -> None:
    """S-20: a key shows nothing of its id, and the order nothing of the right one."""
    keys = [key_of("item", entry) for entry in entries]
    assert mixed(keys) != keys
    assert sorted(mixed(keys)) == sorted(keys)
    backwards = keys[::-1]
    if sorted(keys) not in (keys, backwards):
        assert mixed(keys) == mixed(backwards)


def test_the_two_halves_of_a_pair_have_keys_that_say_nothing_of_each_other() -> None:
    assert key_of("left", "1") != key_of("right", "1")
    assert key_of("left", "1") == key_of("left", "1")
