from __future__ import annotations

import pytest

from progress.completion import (
    State,
    furthest,
    is_finished_by_going_on,
    lesson_state,
    percent_done,
    quiz_state,
    step_to_go_on_with,
    times_wanted,
)


@pytest.mark.parametrize(
    ("steps", "finished", "state", "percent"),
    [
        ([], [], State.NOT_STARTED, 0),
        ([], ["a"], State.BUSY, 0),
        (["a", "b"], [], State.NOT_STARTED, 0),
        (["a", "b"], ["a"], State.BUSY, 50),
        (["a", "b"], ["b", "a"], State.DONE, 100),
        (["a", "b"], ["a", "a"], State.BUSY, 50),
        (["a"], ["a", "removed"], State.DONE, 100),
        (["a", "b"], ["removed"], State.BUSY, 0),
        (["a", "b", "c"], ["a", "b"], State.BUSY, 66),
    ],
)
def test_a_lesson_is_done_when_every_step_is(
    steps: list[str], finished: list[str], state: State, percent: int
) -> None:
    assert lesson_state(steps, finished) is state
    assert percent_done(steps, finished) == percent


@pytest.mark.parametrize(
    ("answered", "is_submitted", "state"),
    [(0, False, State.NOT_STARTED), (3, False, State.BUSY), (3, True, State.DONE)],
)
def test_a_quiz_is_done_when_it_is_submitted(
    answered: int, is_submitted: bool, state: State
) -> None:
    assert quiz_state(answered=answered, is_submitted=is_submitted) is state


@pytest.mark.parametrize(
    ("wanted", "done", "is_finished"),
    [
        ({}, {}, True),
        ({1: 1}, {}, False),
        ({1: 1}, {1: 1}, True),
        ({1: 1}, {2: 1}, False),
        ({1: 1, 2: 1}, {1: 1}, False),
        ({1: 1, 2: 1}, {2: 3, 1: 1}, True),
        ({1: 2}, {1: 1}, False),
        ({1: 2}, {1: 2}, True),
    ],
)
def test_going_on_finishes_a_step_unless_a_quiz_in_it_is_open(
    wanted: dict[int, int], done: dict[int, int], is_finished: bool
) -> None:
    assert is_finished_by_going_on(wanted, done) is is_finished


@pytest.mark.parametrize(
    ("place", "wanted"), [(0, {1: 1}), (1, {}), (2, {2: 1}), (3, {1: 2, 2: 2}), (4, {1: 3})]
)
def test_a_quiz_is_wanted_once_more_in_each_step_that_holds_it(
    place: int, wanted: dict[int, int]
) -> None:
    assert times_wanted([[1], [], [2], [2, 1], [1]], place) == wanted


@pytest.mark.parametrize(
    ("finished", "current", "step"),
    [
        ([], "", "a"),
        (["a"], "b", "b"),
        (["a"], "c", "c"),
        (["a"], "removed", "b"),
        (["a", "b"], "", "c"),
        (["a", "b", "c"], "c", None),
    ],
)
def test_somebody_who_comes_back_goes_on_where_they_were(
    finished: list[str], current: str, step: str | None
) -> None:
    assert step_to_go_on_with(["a", "b", "c"], finished, current) == step


@pytest.mark.parametrize(
    ("current", "reached", "expected"),
    [("", "b", "b"), ("c", "b", "c"), ("b", "c", "c"), ("removed", "a", "a")],
)
def test_looking_back_does_not_lose_the_place(current: str, reached: str, expected: str) -> None:
    assert furthest(["a", "b", "c"], current, reached) == expected
