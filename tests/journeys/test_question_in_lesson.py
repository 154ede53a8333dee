"""A question in the middle of a lesson: answered there, and then one reads on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.moves import choose_one, go, join, look, press, queue_in
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser

WAITS = "Nog niet opgeslagen. We proberen het steeds opnieuw. 1 antwoord wacht."


class Asked:
    """A lesson of three steps; in the second stands the first question of each of two quizzes."""

    def __init__(self, cast: Cast) -> None:
        self.quizzes = [cast.quiz(questions=2), cast.quiz(questions=2)]
        made = cast.do("given_lesson", slug=cast.new_name("vraag"), steps=3, asks=self.quizzes)
        self.lesson, self.path = made["lesson"], made["path"]
        self.key = [cast.key_of(quiz)[0] for quiz in self.quizzes]
        self._cast = cast

    def stored(self) -> list[dict[str, Any]]:
        return [row for quiz in self.quizzes for row in self._cast.stored(quiz)]

    def attempts(self) -> list[dict[str, Any]]:
        return [row for quiz in self.quizzes for row in self._cast.do("attempts", slug=quiz)]


@pytest.fixture
def asked(cast: Cast) -> Asked:
    return Asked(cast)


def section(page: Page, number: int) -> Locator:
    return page.locator(".step-question").nth(number)


def status(page: Page, number: int) -> Locator:
    return section(page, number).locator(".quiz-question__status")


def answer(page: Page, asked: Asked, number: int, how: str = "right") -> None:
    form = section(page, number).locator("form.quiz-question")
    for value in asked.key[number][how]:
        choose_one(form, value)
    form.get_by_role("button", name="Controleer").click()


def expect_explained(page: Page, number: int, title: str) -> None:
    expect(status(page, number)).to_have_text("Opgeslagen")
    expect(section(page, number).locator(".quiz-question__feedback-title")).to_have_text(title)


def test_somebody_answers_between_reading_and_finds_it_again(
    visit: Callable[..., Page], asked: Asked, width: int
) -> None:
    page = visit(width=width)
    go(page, f"{asked.path}2/")
    section(page, 0).get_by_role("button", name="Controleer").click()
    expect(section(page, 0).locator(".quiz-question__error")).to_be_focused()
    answer(page, asked, 0)
    expect_explained(page, 0, "Dat klopt")
    expect(section(page, 0).locator(".quiz-question__feedback-title")).to_be_focused()
    expect(section(page, 0).get_by_role("link", name="Volgende vraag")).to_have_count(0)
    answer(page, asked, 1, "wrong")
    expect_explained(page, 1, "Het zit anders")
    expect_explained(page, 0, "Dat klopt")
    look(page)
    assert len(asked.stored()) == 2
    press(page, "Volgende")
    page.wait_for_url("**/3/")
    press(page, "Vorige")
    page.wait_for_url("**/2/")
    expect_explained(page, 0, "Dat klopt")
    expect_explained(page, 1, "Het zit anders")
    assert page.locator("form.quiz-question").count() == 0
    go(page, f"/q/{asked.quizzes[0]}/")
    expect(page.locator(".quiz-progress__text")).to_have_text("Vraag 2 van 2")


def test_without_a_script_the_page_comes_back_at_the_question(
    visit: Callable[..., Page], asked: Asked, width: int
) -> None:
    page = visit(width=width, has_script=False)
    go(page, f"{asked.path}2/")
    answer(page, asked, 1)
    page.wait_for_url(f"**{asked.path}2/#vraag-*")
    expect_explained(page, 1, "Dat klopt")
    expect(section(page, 0).locator("form.quiz-question")).to_be_visible()
    look(page)
    section(page, 0).get_by_role("button", name="Controleer").click()
    expect(page.locator(".quiz-question__error")).to_be_visible()
    look(page)
    for value in asked.key[0]["wrong"]:
        choose_one(page.locator("form.quiz-question"), value)
    press(page, "Controleer")
    page.wait_for_url(f"**{asked.path}2/#vraag-*")
    expect_explained(page, 0, "Het zit anders")
    assert len(asked.stored()) == 2


def test_with_the_keyboard_alone(visit: Callable[..., Page], asked: Asked) -> None:
    page = visit()
    go(page, f"{asked.path}2/")
    section(page, 0).locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    title = section(page, 0).locator(".quiz-question__feedback-title")
    expect(title).to_be_focused()
    page.keyboard.press("Tab")
    expect(section(page, 1).locator("input[type=radio]").first).to_be_focused()


def test_two_questions_wait_for_the_network_and_arrive_once_as_one_persons(
    visit: Callable[..., Page], asked: Asked
) -> None:
    page = visit(width=360)
    go(page, f"{asked.path}2/")
    page.context.set_offline(True)
    for number in (0, 1):
        answer(page, asked, number)
        expect(status(page, number)).to_have_text(WAITS)
    assert len(queue_in(page)) == 2
    page.context.set_offline(False)
    for number in (0, 1):
        expect_explained(page, number, "Dat klopt")
    assert queue_in(page) == []
    assert len(asked.stored()) == 2
    assert len({row["learner"] for row in asked.attempts()}) == 1


def test_an_answer_that_waits_is_there_after_a_reload_and_is_sent(
    visit: Callable[..., Page], asked: Asked
) -> None:
    page = visit(width=360)
    go(page, f"{asked.path}2/")
    page.route("**/antwoord/**", lambda route: route.abort())
    answer(page, asked, 0)
    expect(status(page, 0)).to_have_text(WAITS)
    page.reload()
    expect(status(page, 0)).to_have_text(WAITS)
    page.unroute("**/antwoord/**")
    expect_explained(page, 0, "Dat klopt")
    answer(page, asked, 1)
    expect_explained(page, 1, "Dat klopt")
    assert len(asked.stored()) == 2
    assert len({row["learner"] for row in asked.attempts()}) == 1


def test_a_pupil_answers_on_the_device_and_a_later_page_sends_it(
    visit: Callable[..., Page], cast: Cast, asked: Asked
) -> None:
    page = visit(width=360)
    join(page, cast.classroom(asked.lesson)["code"])
    go(page, f"{asked.path}1/")
    expect(page.get_by_text("Deze les werkt nu ook zonder internet")).to_be_visible()
    page.context.set_offline(True)
    press(page, "Volgende")
    page.wait_for_url("**/2/")
    answer(page, asked, 0)
    expect(status(page, 0)).to_have_text(WAITS)
    press(page, "Volgende")
    page.wait_for_url("**/3/")
    assert len(queue_in(page)) == 1
    page.context.set_offline(False)
    expect(page.locator(".offline-lesson__status")).to_have_text("Opgeslagen")
    page.wait_for_function("() => localStorage.getItem('doorzien.answers') === null")
    assert len(asked.stored()) == 1
    go(page, f"{asked.path}2/")
    expect_explained(page, 0, "Dat klopt")
