"""One case told from two sides: which comes first differs, and what it does is told."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from django.test import Client
from pydantic import TypeAdapter

from lessons.package_questions import Question
from quizzes.grading import Given, UnusableAnswerError
from quizzes.models import Answer
from quizzes.queries import newest_edition
from quizzes.question_types import QUESTION_TYPES
from quizzes.sides import arms, shift
from tests.conftest import browser
from tests.factories.quizzes import key, make_quiz, two_sides

URL = "/q/wat-denk-jij/"


@pytest.fixture
def quiz(db: Any) -> Any:
    return make_quiz(questions=[("kanten", two_sides("kanten"))])


def first_of(attempt: UUID) -> str:
    question = newest_edition("wat-denk-jij").arranged_for(attempt).questions[0]
    return question.content["tellings"][0]["key"]


def attempt_that_begins_with(telling: str) -> UUID:
    return next(attempt for attempt in iter(uuid4, None) if first_of(attempt) == telling)


def answer(client: Client, attempt: UUID, *choice: str) -> Any:
    body = {
        "attempt": str(attempt), "edition": 1, "question": key("wat-denk-jij-kanten"),
        "key": str(uuid4()), "choice": list(choice), "learner_tag": "",
    }  # fmt: skip
    return client.post(f"{URL}antwoord/", json.dumps(body), content_type="application/json")


def test_half_of_the_attempts_begin_with_the_other_side(quiz: Any) -> None:
    firsts = [first_of(uuid4()) for _attempt in range(300)]
    assert 60 < firsts.count("a") < 240


def test_the_order_is_kept_on_every_page_and_in_the_answer(client: Client, quiz: Any) -> None:
    for telling in ("a", "b"):
        client = browser()
        attempt = attempt_that_begins_with(telling)
        other = "b" if telling == "a" else "a"
        page = client.get(f"{URL}vragen/", {"edition": 1, "attempt": attempt}).text
        assert page.index(f'value="{telling}:1"') < page.index(f'value="{other}:1"')
        told = answer(client, attempt, f"{other}:4", f"{telling}:2").json()
        assert told["choice"] == [f"{telling}:2", f"{other}:4"]
        assert Answer.objects.get(attempt__key=attempt).given["choice"] == told["choice"]
        assert "2 plekken op" in told["feedback_html"]
        assert "is_right" in told
        assert told["is_marked"] is False


@pytest.mark.parametrize(
    "choice", [["a:1"], [], ["a:1", "a:2"], ["a:1", "b:9"], ["a:1", "b:2", "b:3"]]
)
def test_both_judgements_are_asked(choice: list[str], db: Any) -> None:
    kind = QUESTION_TYPES["two_sides"]
    content = {
        "scale": [{"key": str(place), "text": ""} for place in (1, 2, 3)],
        "tellings": [{"key": "a", "title": "A"}, {"key": "b", "title": "B"}],
    }
    with pytest.raises(UnusableAnswerError):
        kind.clean(content, {"choice": choice})


@pytest.mark.parametrize(
    ("choice", "moved"), [(("a:1", "b:4"), 3), (("b:4", "a:1"), -3), (("b:2", "a:2"), 0)]
)
def test_a_shift_is_from_the_first_to_the_second(choice: tuple[str, str], moved: int) -> None:
    assert shift(Given(choice=choice)) == moved


def test_arms_are_who_read_the_same_first() -> None:
    found = arms({Given(("b:4", "a:2")): 1, Given(("a:1", "b:3")): 2, Given(("a:4", "b:4")): 1})
    assert [(arm.telling, arm.count) for arm in found] == [("a", 3), ("b", 1)]
    assert (found[0].first_mean, found[0].last_mean) == (Fraction(2), Fraction(10, 3))


def test_the_groups_shift_is_told_from_ten_in_each_arm(quiz: Any) -> None:
    for telling, other, count in (("a", "b", 10), ("b", "a", 9)):
        for _learner in range(count):
            answer(browser(), attempt_that_begins_with(telling), f"{telling}:2", f"{other}:3")
    last = browser()
    attempt = attempt_that_begins_with("b")
    answer(last, attempt, "b:2", "a:3")
    page = last.get(f"{URL}{attempt}/uitslag/").text
    assert page.count("Gemiddeld 2,0 van 5 na het eerste verhaal, en 3,0 na allebei.") == 2


def test_below_ten_in_an_arm_nothing_is_told(quiz: Any) -> None:
    for _learner in range(12):
        answer(browser(), attempt_that_begins_with("a"), "a:2", "b:3")
    last = browser()
    attempt = attempt_that_begins_with("b")
    answer(last, attempt, "b:2", "a:3")
    page = last.get(f"{URL}{attempt}/uitslag/").text
    assert "Gemiddeld" not in page
    assert "Er deden nog te weinig mensen mee" in page


def test_statistics_compare_what_was_judged_after_the_first(quiz: Any) -> None:
    question = newest_edition("wat-denk-jij").questions[0]
    given = [Given(("b:4", "a:2")), Given(("a:1", "b:3"))]
    counts = {one.key: one.count for one in question.type.statistics(question.content, given)}
    assert {name for name, count in counts.items() if count} == {"b:4", "a:1"}


PACKAGE_QUESTION = """
type: two_sides
id: 66666666-0000-4000-8000-000000000001
prompt: Een jongen van 16 wordt gepakt. Wat denk jij?
explanation: >-
  Iemand kan iets strafbaars doen en tegelijk slachtoffer zijn. De politie en de rechter kijken of
  iemand werd gedwongen.
low: alleen dader
high: alleen slachtoffer
judgement: Wat is hij voor jou?
tellings:
  - title: Wat de politie opschreef
    text: |
      De jongen stond om 23.10 uur op de hoek. Hij had 12 pakjes bij zich.
      Hij wilde niet zeggen van wie die waren.
  - title: Wat hij er later over vertelt
    text: |
      Ik leende 50 euro. Een week later moest ik 500 terugbetalen.
      Ze wisten waar mijn zusje op school zat.
"""


def test_a_package_can_hold_one(db: Any) -> None:
    source = TypeAdapter(Question).validate_python(yaml.safe_load(PACKAGE_QUESTION))
    values = source.own_values()
    assert values["title_b"] == "Wat hij er later over vertelt"
    content = QUESTION_TYPES["two_sides"].compile(values)
    assert [telling["key"] for telling in content["tellings"]] == ["a", "b"]
    assert content["tellings"][1]["text"].startswith("Ik leende 50 euro.")
    assert content["scale"][0]["text"] == "alleen dader"
