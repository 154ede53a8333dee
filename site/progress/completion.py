"""When a lesson is done. Plain Python.

The rule: a lesson is *complete* when every step was finished, and it has at least one.
A step without a quiz is finished when the learner goes on from it. A step with a quiz is
finished when the quiz's attempt is submitted, or when the learner goes on from it after
that; going past an unanswered quiz leaves the lesson *busy*. A measurement that stands in
two steps, before and after, finishes the second when it was done twice. A heavy step may be
skipped: going on finishes it, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum


class State(StrEnum):
    NOT_STARTED = "not_started"
    BUSY = "busy"
    DONE = "done"


def lesson_state(steps: Collection[str], finished: Collection[str]) -> State:
    """The state of a lesson with these steps, of which these were finished.

    Finished steps that an editor removed since do not count; a lesson without steps is
    never done (0 of 0 is not all).
    """
    done = set(steps) & set(finished)
    if steps and len(done) == len(set(steps)):
        return State.DONE
    return State.BUSY if finished else State.NOT_STARTED


def quiz_state(*, answered: int, is_submitted: bool) -> State:
    if is_submitted:
        return State.DONE
    return State.BUSY if answered else State.NOT_STARTED


def percent_done(steps: Collection[str], finished: Collection[str]) -> int:
    """Whole per cent of the steps, rounded down."""
    return 100 * len(set(steps) & set(finished)) // len(set(steps)) if steps else 0


AS_OFTEN_AS_ASKED = 1_000  # a quiz that counts for every step that holds it


def times_wanted(quizzes_in_order: Sequence[Collection[int]], place: int) -> dict[int, int]:
    """How often each quiz of one step must be done by then: once per step that holds it.

    ``quizzes_in_order``: the quizzes of each step; ``place`` of the step, from 0.
    """
    return {
        quiz: sum(quiz in step for step in quizzes_in_order[: place + 1])
        for quiz in quizzes_in_order[place]
    }


def is_finished_by_going_on(wanted: Mapping[int, int], done: Mapping[int, int]) -> bool:
    """Whether going on from a step finishes it: each quiz was done as often as is wanted."""
    return all(done.get(quiz, 0) >= times for quiz, times in wanted.items())


def step_to_go_on_with(steps: Sequence[str], finished: Collection[str], current: str) -> str | None:
    """Where somebody who comes back continues; ``None`` when every step is finished.

    Where they were, also when steps before it are open; or else the first open step.
    """
    open_steps = [step for step in steps if step not in finished]
    if current in steps and open_steps:
        return current
    return open_steps[0] if open_steps else None


def furthest(steps: Sequence[str], current: str, reached: str) -> str:
    """The later of two steps. Looking back at an earlier step does not lose the place."""
    order = {step: number for number, step in enumerate(steps)}
    return max(current, reached, key=lambda step: order.get(step, -1))
