"""Reading in easy language: on this device, with and without a script, and nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import go, join, look, press
from tests.journeys.stage import Cast
from tests.journeys.test_player import lesson_path
from tests.journeys.test_reading_tools import DUTCH, reader

pytestmark = pytest.mark.browser

EASY, ORDINARY = '[data-reading="easy"]', '[data-reading="ordinary"]'


def expect_easy(page: Page, *, is_easy: bool) -> None:
    shown, hidden = (EASY, ORDINARY) if is_easy else (ORDINARY, EASY)
    expect(page.locator(shown).first).to_be_visible()
    expect(page.locator(hidden).first).to_be_hidden()
    expect(page.get_by_role("switch")).to_be_checked(checked=is_easy)


def test_easy_language_stays_and_never_leaves_the_device(
    visit: Callable[..., Page], starter: dict[str, Any], width: int
) -> None:
    page = visit(width=width)
    go(page, f"{lesson_path(starter)}1/")
    expect_easy(page, is_easy=False)
    expect(page.locator(".easy-reading__plain")).to_be_hidden()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("switch", name="Makkelijk lezen").focus()
    page.keyboard.press("Space")
    expect_easy(page, is_easy=True)
    assert sent == []
    assert page.context.cookies() == []
    look(page)
    for path in ("3/", "heel/"):
        go(page, f"{lesson_path(starter)}{path}")
        expect_easy(page, is_easy=True)
    page.emulate_media(media="print")
    expect(page.locator(EASY).first).to_be_visible()
    expect(page.locator(ORDINARY).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("switch").uncheck()
    expect_easy(page, is_easy=False)
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    expect_easy(page, is_easy=False)


def test_it_is_the_same_lesson_and_the_same_progress(
    visit: Callable[..., Page], starter: dict[str, Any]
) -> None:
    page = visit()
    go(page, f"{lesson_path(starter)}1/")
    page.get_by_role("switch").check()
    press(page, "Volgende")
    page.wait_for_url("**/2/")
    total = len(starter["lessons"][0]["steps"])
    expect(page.locator(".lesson__progress p")).to_have_text(f"1 van {total} klaar")
    expect(page.locator(".easy-reading__note")).to_be_visible()
    page.get_by_role("switch").uncheck()
    expect(page.locator(".easy-reading__note")).to_be_hidden()


def test_without_a_script_the_switch_turns_the_page_round(
    visit: Callable[..., Page], starter: dict[str, Any], width: int
) -> None:
    page = visit(width=width, has_script=False)
    go(page, f"{lesson_path(starter)}1/")
    expect(page.locator(".easy-reading__plain")).to_be_visible()
    press(page, "Lees de hele les op één pagina")
    expect_easy(page, is_easy=False)
    page.get_by_role("switch").check()
    expect_easy(page, is_easy=True)
    look(page)


def test_what_is_shown_is_what_is_read_aloud(
    visit: Callable[..., Page], starter: dict[str, Any]
) -> None:
    page = reader(visit, f"{lesson_path(starter)}1/", DUTCH)
    page.locator("read-aloud summary").click()
    press(page, "Begin met voorlezen")
    page.evaluate("window.endPassage()")
    assert page.evaluate("window.spoken.at(-1).text").startswith("Vandaag gaat de les over")
    page.get_by_role("switch").check()
    expect(page.locator("[data-spoken]")).to_have_count(0)
    press(page, "Begin met voorlezen")
    while page.locator('read-aloud[data-state="reading"]').count():
        page.evaluate("window.endPassage()")
    told = page.evaluate("window.spoken.map((one) => one.text)")
    assert "Deze les gaat over uitbuiting." in told
    assert sum(one.startswith("Vandaag gaat de les over") for one in told) == 1


def test_without_internet_the_copy_turns_round_too(
    visit: Callable[..., Page], starter: dict[str, Any], cast: Cast
) -> None:
    page = visit()
    join(page, cast.classroom(starter["lessons"][0]["slug"])["code"])
    go(page, f"{lesson_path(starter)}1/")
    expect(page.locator(".offline-lesson__ready")).to_be_visible()
    page.context.set_offline(True)
    page.goto(f"{lesson_path(starter)}3/")
    expect(page.get_by_text("Je leest zonder internet")).to_be_visible()
    expect_easy(page, is_easy=False)
    page.get_by_role("switch").check()
    expect_easy(page, is_easy=True)
    page.goto(f"{lesson_path(starter)}heel/")
    expect_easy(page, is_easy=True)
