"""Somebody without a class says where they live, with and without scripts, and leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import go, go_until, press
from tests.journeys.stage import Cast, Watcher

pytestmark = pytest.mark.browser
HELP = "Hulp in de buurt van Utrecht"


@pytest.mark.parametrize("has_script", [True, False])
def test_a_place_is_chosen_shown_and_gone_with_the_exit(
    visit: Callable[..., Page],
    cast: Cast,
    starter: dict[str, Any],
    watcher: Watcher,
    *,
    has_script: bool,
) -> None:
    cast.do("helplines_in", municipality="GM0344")
    page = visit(has_script=has_script)
    ask = page.get_by_role("link", name="Kies je gemeente voor hulp in de buurt")
    go_until(page, "/hulp/", ask)
    assert page.context.cookies() == []
    ask.click()
    field = page.get_by_label("In welke gemeente woon je?")
    field.fill("Utrecth")
    press(page, "Kies deze gemeente")
    expect(page.get_by_role("alert")).to_contain_text("Utrecht")
    field.fill("Utrecht")
    press(page, "Kies deze gemeente")
    expect(page.get_by_role("heading", name=HELP)).to_be_visible()
    assert page.url.endswith("/hulp/"), "a choice is never in an address"
    [cookie] = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["expires"]) == ("place", "GM0344", -1)
    assert cookie["httpOnly"]

    # The list of names is the browser's own, behind the field.
    go(page, "/in-de-buurt/")
    assert page.locator("datalist option").count() > 300

    page.get_by_role("button", name="Snel weg").click()
    page.wait_for_url(starter["exit_url"])
    assert page.context.cookies() == []
    assert set(watcher.strangers) <= {starter["exit_url"]}
    watcher.strangers.clear()  # the one page of somebody else that a journey may open
