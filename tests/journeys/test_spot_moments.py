"""Signals in a recording, with a recording that really plays: pressed, typed, read, offline."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import (
    answer,
    expect_saved,
    expect_waiting,
    go,
    look,
    press,
    question_on,
    queue_in,
)
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser

PRESS = "Ik merk iets"
PLAYER = "form.quiz-question .recording__player"


def open_recording(page: Page, cast: Cast) -> str:
    slug = cast.quiz(only="opname")
    go(page, f"/q/{slug}/")
    return slug


def play(page: Page) -> None:
    """As somebody does it with a keyboard: the browser plays nothing by itself.

    Then ten times as slow, so that a slow machine presses at the same moment as a fast one.
    """
    assert page.evaluate(f"document.querySelector('{PLAYER}').paused")
    page.locator(PLAYER).focus()
    page.keyboard.press("Space")
    page.wait_for_function(f"() => document.querySelector('{PLAYER}').currentTime > 0.1")
    page.evaluate(f"document.querySelector('{PLAYER}').playbackRate = 0.1")


def listen_until(page: Page, second: float) -> None:
    """Moves the player shortly before this second, which the server must serve as a part."""
    page.evaluate(f"document.querySelector('{PLAYER}').currentTime = {second - 0.03}")
    page.wait_for_function(f"() => document.querySelector('{PLAYER}').currentTime >= {second}")


def own_moments(page: Page) -> list[str]:
    return page.locator(".spot-moments__time").all_inner_texts()


def test_signals_are_found_by_pressing_while_it_plays(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    page = visit(width=width)
    with page.expect_response(lambda response: ".mp3" in response.url) as served:
        slug = open_recording(page, cast)
    assert served.value.status == 206, "as a part, so that one can move to any moment"
    assert served.value.headers["content-range"].startswith("bytes 0-")
    button = page.get_by_role("button", name=PRESS)
    button.click()
    expect(page.locator(".spot-moments__status")).to_have_text("Speel eerst de opname af.")
    assert own_moments(page) == []

    play(page)
    listen_until(page, 10)
    button.click()
    expect(page.locator(".spot-moments__status")).to_have_text("Moment 0:10 staat erbij.")
    button.click()  # the same press, by a nervous thumb
    assert own_moments(page) == ["0:10"]
    expect(page.locator(".transcript__line[data-now]")).to_contain_text("Tweehonderd euro")
    listen_until(page, 22)
    button.click()
    listen_until(page, 38)
    button.click()
    assert own_moments(page) == ["0:10", "0:22", "0:38"]
    assert not page.evaluate(f"document.querySelector('{PLAYER}').paused"), (
        "pressing pauses nothing"
    )
    look(page)

    press(page, "Haal 0:38 weg")
    assert own_moments(page) == ["0:10", "0:22"]
    expect(page.get_by_role("button", name="Haal 0:22 weg")).to_be_focused()
    press(page, "Controleer")
    expect_saved(page)
    assert page.evaluate(f"document.querySelector('{PLAYER}').paused"), "no sound without a player"
    expect(page.locator(".quiz-question__feedback-title")).to_have_text("Dat klopt")
    expect(page.locator(".timeline__note[data-state='found']")).to_have_count(2)
    expect(page.locator(PLAYER).first).to_be_hidden()
    look(page)
    (row,) = cast.stored(slug)
    first, second = map(int, row["given"]["choice"])
    assert 100 <= first <= 110
    assert 220 <= second <= 230

    page.get_by_role("button", name="Speel af vanaf 0:20").click()
    again = ".quiz-question__feedback .recording__player"
    page.wait_for_function(f"() => document.querySelector('{again}').currentTime > 20.4")


def test_a_key_does_what_the_button_does_and_only_in_the_question(
    visit: Callable[..., Page], cast: Cast
) -> None:
    """WCAG 2.1 SC 2.1.4: a single letter works where the focus is, and nowhere else."""
    page = visit(width=360)
    open_recording(page, cast)
    play(page)
    listen_until(page, 5)
    page.keyboard.press("s")
    assert own_moments(page) == ["0:05"]
    page.keyboard.press("Control+s")
    page.locator("#main").focus()
    listen_until(page, 8)
    page.keyboard.press("s")
    assert own_moments(page) == ["0:05"]
    page.get_by_role("button", name=PRESS).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Haal 0:05 weg").focus()
    page.keyboard.press("Space")
    assert own_moments(page) == ["0:08"]


def test_without_a_script_the_text_gives_the_same_score(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    page = visit(width=width, has_script=False)
    slug = open_recording(page, cast)
    expect(page.get_by_role("button", name=PRESS)).to_have_count(0)
    assert page.locator(PLAYER).get_attribute("controls") is not None
    press(page, "Controleer")
    expect(page.locator(".quiz-question__error")).to_contain_text("Kies eerst een moment")
    page.get_by_text("Tweehonderd euro voor één avond").click()
    page.get_by_text("Hoe was jouw toets eigenlijk").click()
    press(page, "Controleer")
    expect(page.locator(".quiz-question__feedback-title")).to_have_text("Het zit anders")
    found, missed, extra = page.locator(".tally__figure").all_inner_texts()
    assert (found, missed, extra) == ("1", "1", "1")
    expect(page.locator(".timeline__note[data-state='missed']")).to_have_count(1)
    expect(page.get_by_text("Gekozen op 0:27, maar geen signaal")).to_be_visible()
    look(page)
    (row,) = cast.stored(slug)
    assert row["given"]["choice"] == ["104", "276"]


def test_pressed_moments_survive_a_lost_connection_and_a_closed_page(
    visit: Callable[..., Page], cast: Cast
) -> None:
    """R-20, and R-10 for this kind of question."""
    page = visit(width=360)
    slug = open_recording(page, cast)
    play(page)
    for second in (10, 21):
        listen_until(page, second)
        page.keyboard.press("s")
    page.get_by_text("Hoe was jouw toets eigenlijk").click()
    page.route("**/antwoord/", lambda route: route.abort())
    press(page, "Controleer")
    expect_waiting(page, 1)
    (entry,) = queue_in(page)
    assert len(entry["choice"]) == 3
    page.close()
    again = page.context.new_page()
    again.route("**/antwoord/", lambda route: route.abort())
    go(again, f"/q/{slug}/")
    expect_waiting(again, 1)
    expect(again.locator(".spot-moments__time")).to_have_text(["0:10", "0:21"])
    expect(question_on(again).locator("input:checked")).to_have_count(3)
    expect(again.get_by_role("button", name="Haal 0:10 weg")).to_be_hidden()
    look(again)
    again.unroute("**/antwoord/")
    expect_saved(again)
    (row,) = cast.stored(slug)
    assert sorted(row["given"]["choice"]) == sorted(entry["choice"])
    assert queue_in(again) == []


def test_when_it_does_not_play_the_text_is_pointed_at(
    visit: Callable[..., Page], cast: Cast
) -> None:
    page = visit(width=360)
    page.route("**/uploads/**", lambda route: route.abort())
    slug = open_recording(page, cast)
    told = page.locator(".spot-moments__broken")
    expect(told).to_have_text("De opname speelt nu niet. Met de tekst hieronder kan het ook.")
    expect(page.get_by_role("button", name=PRESS)).to_be_hidden()
    page.get_by_text("Zeg maar niks tegen je vader").click()
    press(page, "Controleer")
    expect_saved(page)
    assert len(cast.stored(slug)) == 1


def test_a_film_plays_with_its_captions_under_it(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    """A-19: captions are on from the start; they are our own file, under our own policy."""
    slug = cast.do("recordings")["slug"]
    page = visit(width=width)
    go(page, f"/q/{slug}/")
    page.get_by_text("Tweehonderd euro voor één avond").click()
    press(page, "Controleer")
    expect_saved(page)
    press(page, "Volgende vraag")
    expect(page.get_by_role("heading", name="Deels goed")).to_have_count(0)
    player = page.locator(PLAYER)
    assert player.get_attribute("poster")
    play(page)
    page.wait_for_function(
        f"""() => {{
          const [track] = document.querySelector('{PLAYER}').textTracks;
          return track.mode === "showing" && track.cues?.length === 8;
        }}"""
    )
    listen_until(page, 17)
    page.get_by_role("button", name=PRESS).click()
    assert own_moments(page) == ["0:17"]
    expect(page.locator(".spot-moments__broken")).to_have_count(0)
    expect(page.locator(".transcript__line[data-now]")).to_contain_text("twee telefoons")
    assert page.evaluate(f"document.querySelector('{PLAYER}').videoWidth") == 640
    look(page)
    press(page, "Controleer")
    expect_saved(page)
    expect(page.locator(".quiz-question__feedback-title")).to_have_text("Deels goed")
    expect(page.locator(".timeline__note[data-state='missed']")).to_have_count(2)
    look(page)


def test_pressed_moments_of_a_check_can_be_changed_until_it_is_handed_in(
    visit: Callable[..., Page], cast: Cast
) -> None:
    slug = cast.quiz(only="opname een", kind="check")
    page = visit(width=360)
    go(page, f"/q/{slug}/")
    play(page)
    listen_until(page, 10)
    page.keyboard.press("s")
    send = page.locator('form.quiz-question button[type="submit"]')
    send.click()
    expect_saved(page)
    expect(page.get_by_role("button", name=PRESS)).to_be_hidden()
    press(page, "Verander mijn antwoord")
    assert own_moments(page) == ["0:10"]
    play(page)
    listen_until(page, 22)
    page.get_by_role("button", name=PRESS).click()
    send.click()
    expect_saved(page)
    press(page, "Volgende vraag")
    answer(page, cast.key_of(slug)[1])
    expect_saved(page)

    press(page, "Kijk alles na")
    page.locator(".quiz-overview__link").first.click()
    expect(page.locator(".spot-moments__time")).to_have_text(["0:10", "0:22"])
    expect(page.locator(".spot-moments__sent")).to_have_count(0)
    press(page, "Haal 0:10 weg")
    press(page, "Sla mijn nieuwe antwoord op")
    expect_saved(page)
    first = [row for row in cast.stored(slug) if row["given"]["choice"][0].isdecimal()]
    assert [len(row["given"]["choice"]) for row in first] == [1, 2, 1]
    assert [row["is_current"] for row in first] == [False, False, True]
