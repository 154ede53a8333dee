"""A check: answer, change, look over, hand in, and only then hear what was right."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import (
    answer,
    choose,
    entry_on,
    expect_saved,
    expect_waiting,
    go,
    look,
    press,
    question_on,
    queue_in,
    title_after,
)
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser


@pytest.fixture
def check(cast: Cast) -> str:
    return cast.quiz(
        only="een meer waar volgorde", kind="check", pass_percent=60, attempts_allowed=2
    )


def test_a_pupil_does_a_check(
    visit: Callable[..., Page], width: int, cast: Cast, check: str
) -> None:
    page = visit(width=width)
    key = cast.key_of(check)
    go(page, f"/q/{check}/")
    expect(page.get_by_text("Dit is een toets.")).to_be_visible()
    for number, entry in enumerate(key, start=1):
        answer(page, entry, "wrong")
        expect_saved(page)
        expect(page.locator(".quiz-question__feedback-title")).to_have_text(
            "Je antwoord is opgeslagen"
        )
        expect(page.locator(".choice__mark")).to_have_count(0)
        look(page)
        if number < len(key):
            press(page, "Volgende vraag")
    press(page, "Verander mijn antwoord")
    choose(page, key[-1], "right")
    question_on(page).locator('button[type="submit"]').click()
    expect_saved(page)
    press(page, "Kijk alles na")
    expect(page.get_by_role("heading", level=1)).to_have_text("Klaar om in te leveren?")
    look(page)
    page.locator(".quiz-overview__link").first.click()
    choose(page, key[0], "right")
    press(page, "Sla mijn nieuwe antwoord op")
    expect_saved(page)
    press(page, "Kijk alles na")
    press(page, "Lever in")
    expect(page.locator(".quiz-result")).to_contain_text("gehaald")
    look(page)
    stored = cast.stored(check)
    assert len(stored) == 6
    assert [row["won"] > 0 for row in stored if row["is_current"]] == [False, False, True, True]
    press(page, "Probeer die 2 nog eens")
    answer(page, entry_on_plain(page, key), "right")
    expect(page.locator(".quiz-question__feedback-title")).to_have_text(
        title_after(key[1], "right")
    )
    assert len(cast.stored(check)) == 6


def entry_on_plain(page: Page, key: list[dict]) -> dict:
    """The practice page names no question; it shows the first that was not right."""
    expect(page.get_by_text("Vraag 1 van 2 om nog eens te proberen.")).to_be_visible()
    question_on(page).evaluate("(form, key) => { form.dataset.question = key; }", key[1]["key"])
    return entry_on(page, key)


def test_a_change_without_a_network_arrives_after_what_it_changes(
    visit: Callable[..., Page], cast: Cast, check: str
) -> None:
    """R-09 where answers may change: the last one counts, the first is history."""
    page = visit(width=360)
    context = page.context
    key = cast.key_of(check)
    go(page, f"/q/{check}/")
    answer(page, key[0], "wrong")
    expect_saved(page)
    context.set_offline(True)
    press(page, "Verander mijn antwoord")
    choose(page, key[0], "right")
    question_on(page).locator('button[type="submit"]').click()
    expect_waiting(page, 1)
    press(page, "Volgende vraag")
    answer(page, key[1], "wrong")
    expect_waiting(page, 2)
    context.set_offline(False)
    expect_saved(page)
    assert queue_in(page) == []
    stored = cast.stored(check)
    assert [row["is_current"] for row in stored] == [False, True, True]
    assert stored[1]["won"] == 1


def test_a_check_is_handed_in_without_a_script(
    visit: Callable[..., Page], cast: Cast, check: str
) -> None:
    """A-15."""
    page = visit(width=360, has_script=False)
    key = cast.key_of(check)
    go(page, f"/q/{check}/")
    for number in range(1, len(key) + 1):
        choose(page, entry_on(page, key), "wrong")
        press(page, "Sla op")
        expect_saved(page)
        look(page)
        press(page, "Volgende vraag" if number < len(key) else "Kijk alles na")
    press(page, "Lever in")
    expect(page.locator(".quiz-result")).to_contain_text("Nog niet gehaald.")
