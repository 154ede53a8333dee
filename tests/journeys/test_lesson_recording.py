"""A recording in a lesson: played from a line of its text, searched, and read without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import go, look
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser


def open_text(page: Page, cast: Cast) -> None:
    go(page, cast.do("every_block")["lesson"] + "1/")
    page.get_by_text("Lees de tekst van de opname").click()


def test_the_text_leads_to_the_moment_and_can_be_searched(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    page = visit(width=width)
    open_text(page, cast)
    lines = page.locator(".recording-card .transcript__line:visible")
    expect(lines).to_have_count(8)
    page.get_by_label("Zoek in de tekst").fill("TWÉE telefoons")
    expect(lines).to_have_count(1)
    expect(page.locator(".recording-search__status")).to_have_text("1 regel gevonden")
    look(page)
    page.get_by_role("button", name="Speel af vanaf 0:16").press("Enter")
    page.wait_for_function("() => document.querySelector('video').currentTime > 16.2")
    page.evaluate("document.querySelector('video').pause()")
    page.get_by_label("Zoek in de tekst").fill("olifant")
    expect(page.locator(".recording-search__status")).to_have_text("Niets gevonden")
    page.get_by_label("Zoek in de tekst").fill("")
    expect(lines).to_have_count(8)
    expect(page.locator(".transcript__line[data-now]")).to_contain_text("twee telefoons")
    assert page.evaluate("document.querySelector('video').textTracks[0].cues.length") == 8


def test_without_a_script_the_text_is_there_to_read(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    page = visit(width=width, has_script=False)
    open_text(page, cast)
    expect(page.locator(".recording-card")).to_contain_text("Sam fietst naar huis")
    expect(page.get_by_label("Zoek in de tekst")).to_have_count(0)
    expect(page.locator(".transcript").get_by_role("button")).to_have_count(0)
    assert page.locator("video").get_attribute("controls") is not None
