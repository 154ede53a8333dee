"""A lesson as its player makes it: heavy steps, and how a learner likes to read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import go, look, press

pytestmark = pytest.mark.browser


def lesson_path(starter: dict[str, Any]) -> str:
    return f"/lessen/{starter['package']}/{starter['lessons'][0]['slug']}/"


def to_heavy_step(page: Page, starter: dict[str, Any]) -> int:
    """Goes to the first step of the lesson that has a notice; its number."""
    for number in range(1, len(starter["lessons"][0]["steps"]) + 1):
        go(page, f"{lesson_path(starter)}{number}/")
        if page.locator(".heavy-notice").count():
            return number
    raise AssertionError("no step of the lesson is heavy")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_a_heavy_step_is_skipped_for_nothing(
    visit: Callable[..., Page], starter: dict[str, Any], width: int, has_script: bool
) -> None:
    page = visit(width=width, has_script=has_script)
    number = to_heavy_step(page, starter)
    expect(page.locator(".case-card").first).to_be_hidden()
    press(page, "Sla over")
    page.wait_for_url(f"**/{number + 1}/")
    look(page)
    done = f"1 van {len(starter['lessons'][0]['steps'])} klaar"
    expect(page.locator(".lesson__progress p")).to_have_text(done)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "plain"])
def test_the_whole_lesson_is_done_on_one_page(
    visit: Callable[..., Page], starter: dict[str, Any], width: int, has_script: bool
) -> None:
    page = visit(width=width, has_script=has_script)
    total = len(starter["lessons"][0]["steps"])
    go(page, f"{lesson_path(starter)}1/")
    press(page, "Lees de hele les op één pagina")
    page.wait_for_url("**/heel/")
    look(page)
    for number in range(1, total):
        press(page, f"Klaar met stap {number}")
        page.wait_for_url(f"**/heel/#stap-{number + 1}")
        expect(page.locator(f"#stap-{number + 1} h2")).to_be_in_viewport()
        expect(page.locator(".lesson__progress p")).to_contain_text("klaar")
    press(page, "Klaar")
    page.wait_for_url("**/einde/")


def test_a_heavy_step_is_read_with_the_keyboard(
    visit: Callable[..., Page], starter: dict[str, Any]
) -> None:
    page = visit(width=320)
    to_heavy_step(page, starter)
    page.get_by_role("button", name="Sla over").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".case-card").first).to_be_visible()
    look(page)
