"""A teacher gives a lesson on the board, with the notes on a screen of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import go, look, press, sign_in
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser

NOTES = ".teacher-note, .board-notes, board-timer, .key__why"


def number_on(page: Page, number: int) -> None:
    expect(page.locator(f'.board__view[data-number="{number}"]')).to_be_visible()


def test_a_teacher_gives_a_lesson_by_keyboard_and_the_notes_come_along(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any]
) -> None:
    lesson = f"/lessen/{starter['package']}/{starter['lessons'][0]['slug']}/"
    page = visit(width=1280)
    sign_in(page, cast.teacher())
    go(page, f"{lesson}handleiding/")
    with page.context.expect_page() as opened:
        press(page, "Notities bij het bord (nieuw venster)")
    notes = opened.value
    press(page, "Op het bord")
    page.wait_for_url(f"**{lesson}bord/1/")
    page.evaluate("window.isTheSamePage = true")
    count = int(page.locator(".board__view").get_attribute("data-count") or 0)
    seen = []
    for number in range(1, count + 1):
        number_on(page, number)
        number_on(notes, number)
        expect(page.locator(NOTES)).to_have_count(0)
        assert page.url.endswith(f"{lesson}bord/{number}/")
        assert page.title().endswith(f"({number}/{count}) – Doorzien")
        look(page)
        seen.append(page.locator(".board__title").inner_text())
        page.keyboard.press("ArrowRight")
    assert list(dict.fromkeys(seen)) == starter["lessons"][0]["steps"]
    assert page.evaluate("window.isTheSamePage"), "it was not loaded again"

    page.keyboard.press("Home")
    number_on(notes, 1)
    expect(notes.locator(".teacher-note").first).to_be_visible()
    page.keyboard.press("End")
    number_on(page, count)
    page.go_back()
    number_on(page, 1)
    for key, number in (("PageDown", 2), ("PageUp", 1), (" ", 2), ("Shift+ ", 1)):
        page.keyboard.press(key)
        number_on(page, number)
        number_on(notes, number)
    press(notes, "Volgende")
    number_on(page, 2)
    notes.get_by_role("button", name="Start de klok").click()
    expect(notes.get_by_role("timer")).to_have_text("0:01")

    page.keyboard.press("?")
    expect(page.locator(".board__panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".board__panel")).to_be_hidden()
    page.keyboard.press("Escape")
    page.wait_for_url(f"**{lesson}handleiding/")


def test_the_board_is_plain_links_without_a_script(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any], width: int
) -> None:
    lesson = f"/lessen/{starter['package']}/{starter['lessons'][0]['slug']}/"
    page = visit(width=width, has_script=False)
    sign_in(page, cast.teacher())
    go(page, f"{lesson}bord/")
    press(page, "Volgende")
    page.wait_for_url(f"**{lesson}bord/2/")
    look(page)
    page.locator(".board__more summary").click()
    press(page, "Donker bord")
    look(page)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    press(page, "Volgende")
    page.wait_for_url(re.compile(r"/bord/3/\?thema=donker$"))
