"""A pupil: in with the code on the board, through the lesson, through the quiz, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories.quizzes import TOTAL
from tests.journeys.moves import (
    answer,
    come_back,
    do_quiz,
    entry_on,
    expect_saved,
    go,
    join,
    look,
    open_task,
    press,
    title_after,
)
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser


def walk_through(page: Page, steps: list[str], *, start: int = 1) -> None:
    """Step by step to the end of a lesson, past its quiz."""
    for number, title in enumerate(steps[start - 1 :], start=start):
        expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
        expect(page.get_by_label(f"Stap {number} van {len(steps)}")).to_be_visible()
        look(page)
        press(page, "Klaar" if number == len(steps) else "Volgende")
    expect(page.get_by_text("Wie kan helpen?")).to_be_visible()
    look(page)


def test_a_pupil_does_the_lesson_and_its_quiz(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any], width: int
) -> None:
    room = cast.classroom(starter["package"])
    lesson, quiz = starter["lessons"][0], starter["quizzes"][0]
    page = visit(width=width)
    typed = room["code"].lower().replace("-", " ")
    me = join(page, room["code"], typed=f" {typed} ")

    press(page, "Ik heb mijn code, verder")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hoi {me['nickname']}")
    expect(page.get_by_text("Nog niet begonnen").first).to_be_visible()
    look(page)

    open_task(page, lesson["title"], "Begin")
    walk_through(page, lesson["steps"])
    expect(page.get_by_text("Goed gedaan").or_(page.get_by_text("Deze stappen"))).to_be_visible()

    go(page, f"/q/{quiz['slug']}/")
    do_quiz(page, cast.key_of(quiz["slug"]))
    expect(page.get_by_role("heading", name="Wat kun je doen?")).to_be_visible()
    expect(page.get_by_role("heading", name="Hier kun je praten")).to_be_visible()

    go(page, "/mijn/")
    expect(page.get_by_text("Klaar", exact=True).first).to_be_visible()


def test_a_pupil_goes_on_at_another_device_with_the_return_code(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any], width: int
) -> None:
    slug = cast.quiz()
    room = cast.classroom(starter["package"], slug)
    lesson = starter["lessons"][0]
    key = cast.key_of(slug)
    phone = visit(width=width)
    me = join(phone, room["code"])
    go(phone, f"/lessen/{starter['package']}/{lesson['slug']}/")
    press(phone, "Volgende")
    expect(phone.get_by_role("heading", level=2, name=lesson["steps"][1])).to_be_visible()
    go(phone, f"/q/{slug}/")
    answer(phone, key[0], "wrong")
    expect_saved(phone)

    laptop = visit(width=1280)
    come_back(laptop, me["return_code"].lower().replace("-", " "))
    expect(laptop.get_by_role("heading", level=1)).to_have_text(f"Hoi {me['nickname']}")
    expect(laptop.get_by_text("Bezig", exact=True)).to_have_count(2)
    open_task(laptop, lesson["title"], "Ga verder")
    expect(laptop.get_by_role("heading", level=2, name=lesson["steps"][1])).to_be_visible()
    go(laptop, f"/q/{slug}/")
    expect(laptop.locator(".quiz-progress__text")).to_have_text(f"Vraag 2 van {TOTAL}")
    for number in range(2, TOTAL + 1):
        answer(laptop, entry_on(laptop, key))
        expect_saved(laptop)
        press(laptop, "Bekijk je uitslag" if number == TOTAL else "Volgende vraag")
    stored = cast.stored(slug)
    won = sum(row["won"] for row in stored)
    expect(laptop.locator(".quiz-result__figure")).to_contain_text(f"{won} van de {won + 1}")

    assert [row["won"] for row in stored[:3]] == [0, 2, 2]
    assert len({row["attempt"] for row in cast.stored(slug)}) == 1


def test_without_javascript_everything_works_as_plain_forms(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any], width: int
) -> None:
    """A-15."""
    slug = cast.quiz()
    room = cast.classroom(starter["package"], slug)
    lesson = starter["lessons"][0]
    page = visit(width=width, has_script=False)
    page.goto("/mee/")
    page.get_by_label("Klascode").fill(room["code"].lower().replace("-", ""))
    press(page, "Doe mee")
    code = page.locator(".return-code__code").inner_text()
    press(page, "Ik heb mijn code, verder")
    open_task(page, lesson["title"], "Begin")
    for number, title in enumerate(lesson["steps"], start=1):
        expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
        press(page, "Klaar" if number == len(lesson["steps"]) else "Volgende")
    expect(page.get_by_text("Wie kan helpen?")).to_be_visible()

    page.goto(f"/q/{slug}/")
    key = cast.key_of(slug)
    press(page, "Controleer")
    expect(page.locator(".quiz-question__error")).to_contain_text("Kies eerst een antwoord.")
    for number, entry in enumerate(key, start=1):
        answer(page, entry)
        expect_saved(page)
        title = page.locator(".quiz-question__feedback-title")
        expect(title).to_have_text(title_after(entry, "right"))
        press(page, "Bekijk je uitslag" if number == len(key) else "Volgende vraag")
    expect(page.locator(".quiz-result")).to_be_visible()

    page.goto("/hulp/")
    expect(page.locator(".helpline-card").first).to_be_visible()
    other = visit(width=width, has_script=False)
    other.goto("/terug/")
    other.get_by_label("Terugkeercode").fill(code)
    press(other, "Ga verder")
    expect(other.get_by_text("Klaar", exact=True).first).to_be_visible()
