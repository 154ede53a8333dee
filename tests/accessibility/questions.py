"""Every kind of question in each of its states, for the walks of test_every_question.py.

Empty, nothing chosen, waiting for the network, wrong, right, partly right, and as the server
shows it again; then the result with all of them. In the order of the factories.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.accessibility.states import (
    SAVED,
    WAITING,
    check,
    find_the_network,
    go_on,
    lose_the_network,
    tick,
)
from tests.accessibility.walking import Scene, State, Way, at, follow, then, unfold, wait_for
from tests.factories.quizzes import EVERY_TYPE

MISSING = then(check, wait_for(".quiz-question__error"))
TYPES = [make.__name__ for _name, make in EVERY_TYPE]
UNMARKED = {"opinion", "self_assessment", "branching_story", "two_sides"}
# All or nothing: one choice, one word.
NEVER_PARTLY = {"one_answer", "short_answer", *UNMARKED}


def to_question(place: int) -> Way:
    return at("/q/{quiz}/") if place == 0 else go_on


def wrongly(place: int, name: str) -> Iterator[State]:
    yield State("learner", f"{name}, open", to_question(place))
    yield State("learner", f"{name}, nothing chosen", MISSING)
    yield State(
        "learner",
        f"{name}, waiting",
        then(lose_the_network, tick(place, "wrong"), check, WAITING),
    )
    yield State("learner", f"{name}, wrong", then(find_the_network, SAVED))


def answered(person: str, how: str, skipped: set[str]) -> Iterator[State]:
    """What a learner sees who answers all like this; on the way past those that are skipped."""
    ways: list[Way] = []
    for place, name in enumerate(TYPES):
        chosen = "right" if name in skipped else how
        ways += [to_question(place), tick(place, chosen), check, SAVED]
        if name not in skipped:
            yield State(person, f"{name}, {how}", then(*ways))
            ways = []


def again(place: int) -> Way:
    def way(scene: Scene) -> None:
        scene.page.goto(f"/q/{scene.quiz}/{scene.things['attempt']}/{place + 1}/")

    return way


def remember_the_attempt(scene: Scene) -> None:
    queue = scene.page.locator("answer-queue")
    scene.things["attempt"] = queue.get_attribute("data-attempt")


STATES = [
    *[state for place, name in enumerate(TYPES) for state in wrongly(place, name)],
    State("learner", "all questions, result",
          then(remember_the_attempt, follow(".quiz-question__next a"))),
    State("learner", "all questions, result unfolded", unfold),
    State("learner", "all questions, done", at("/q/{quiz}/")),
    *[State("learner", f"{name}, read again", again(place)) for place, name in enumerate(TYPES)],
    *answered("knower", "right", UNMARKED),
    *answered("halfway", "partly", NEVER_PARTLY),
]  # fmt: skip
NAMES = [state.name for state in STATES]
