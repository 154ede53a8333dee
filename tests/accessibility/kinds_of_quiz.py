"""The screens of a check, a measurement and a poll, for the walk in states.py."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.accessibility.walking import Scene, State, Way, follow, submit, then, unfold, wait_for
from tests.journeys.moves import choose, question_on

KEPT = wait_for('.quiz-question__feedback[data-state="saved"]')
SETTINGS: dict[str, dict[str, Any]] = {
    "check": {
        "only": "een meer",
        "beside": True,
        "pass_percent": 60,
        "attempts_allowed": 1,
        "sections": {"een": "Deel 1"},
    },
    "measurement": {"only": "een"},
    "self_scan": {"only": "kunnen"},
    "poll": {"only": "mening"},
}


def slug(scene: Scene, kind: str) -> str:
    return scene.thing(kind, lambda: scene.cast.quiz(kind=kind, **SETTINGS[kind]))


def start(kind: str) -> Way:
    return lambda scene: scene.page.goto(f"/q/{slug(scene, kind)}/") and None


def give(kind: str, place: int, how: str = "wrong") -> Way:
    """Answers the question on the screen, the one at this place of the quiz."""

    def way(scene: Scene) -> None:
        choose(scene.page, scene.cast.key_of(slug(scene, kind))[place], how)
        question_on(scene.page).locator('button[type="submit"]').click()

    return way


NEXT = follow(".quiz-question__next a")
ASK_NEXT = ".quiz-question__next a, .quiz-question__next button"


def go_on(scene: Scene) -> None:
    scene.page.locator(ASK_NEXT).first.click()
    expect(scene.page.locator('form.quiz-question[data-state="open"]')).to_be_visible()


def at_attempt(kind: str, rest: str) -> Way:
    """A page of the attempt that is on the screen, or was."""

    def way(scene: Scene) -> None:
        queue = scene.page.locator("answer-queue")
        if queue.count():
            scene.things[f"{kind} attempt"] = queue.get_attribute("data-attempt")
        attempt = scene.things[f"{kind} attempt"]
        scene.page.goto(f"/q/{slug(scene, kind)}/{attempt}/{rest}")

    return way


def poll_with_many(scene: Scene) -> None:
    """Thirty learners took part, one of them here."""
    name = slug(scene, "poll")
    room = scene.cast.classroom(teacher=scene.teacher["email"])
    mates = scene.cast.do("classmates", classroom=room["id"], count=29)
    for how, codes in (
        ("wrong", mates["return_codes"][:12]),
        ("right", mates["return_codes"][12:]),
    ):
        scene.cast.do("answers", slug=name, return_codes=codes, how=how)
    start("poll")(scene)


def hand_in(scene: Scene) -> None:
    with scene.page.expect_navigation():
        scene.page.locator('form[action$="/inleveren/"] button').click()


STATES = [
    State("tester", "check, start", start("check")),
    State("tester", "check, answer kept", then(give("check", 0), KEPT)),
    State("tester", "check, overview with an open question", at_attempt("check", "overzicht/")),
    State("tester", "check, an answer as the server shows it", at_attempt("check", "1/")),
    State("tester", "check, to be handed in",
          then(go_on, give("check", 1), KEPT, at_attempt("check", "overzicht/"))),
    State("tester", "check, result", hand_in),
    State("tester", "check, result unfolded", unfold),
    State("tester", "check, done and no attempts left", start("check")),
    State("tester", "practice with what was not right", at_attempt("check", "oefenen/")),
    State("tester", "practice, nothing chosen", submit("form.quiz-question"), status=422),
    State("tester", "practice, explained", then(
        lambda scene: scene.page.locator("form.quiz-question input[name=choice]").first.check(),
        submit("form.quiz-question"))),
    State("tester", "practice, nothing left", at_attempt("check", "oefenen/?vraag=9")),
    State("tester", "measurement, start", start("measurement")),
    State("tester", "measurement, the first time done",
          then(give("measurement", 0), KEPT, at_attempt("measurement", "overzicht/"), hand_in)),
    State("tester", "measurement, before the second time", start("measurement")),
    State("tester", "measurement, the second time done",
          then(submit('form[action*="/opnieuw/"]'), give("measurement", 0, "right"), KEPT,
               at_attempt("measurement", "overzicht/"), hand_in)),
    State("tester", "self-scan, start", start("self_scan")),
    State("tester", "self-scan, result",
          then(give("self_scan", 0), KEPT, at_attempt("self_scan", "overzicht/"), hand_in)),
    State("tester", "poll, start", poll_with_many),
    State("tester", "poll, result", then(give("poll", 0), KEPT, NEXT)),
]  # fmt: skip
