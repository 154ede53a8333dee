"""A lesson that a class was given is read and finished without internet (docs/decisions/0037)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.journeys.moves import come_back, go, join, look, press
from tests.journeys.stage import Cast, Watcher
from tests.servers import wait_until

pytestmark = pytest.mark.browser

STEPS = 4
READY = "Deze les werkt nu ook zonder internet"
COPIES = "async () => (await caches.keys()).filter((name) => name.startsWith('doorzien.copy'))"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
# Every text that is kept, with its address.
KEPT = """
async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      texts.push(`${name} ${request.url} ${await (await cache.match(request)).text()}`);
    }
  }
  return texts;
}
"""
A_DAY_LATER = """
async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const about = await (await cache.match("/about-this-copy")).json();
    about.at -= 25 * 3600e3;
    await cache.put("/about-this-copy", new Response(JSON.stringify(about)));
  }
}
"""
# A page that is looked for has the names of the copies, and only then the old ones go.
LOOKED_FOR_WHILE_THEY_GO = """
async () => {
  const names = CacheStorage.prototype.keys;
  CacheStorage.prototype.keys = async function () {
    CacheStorage.prototype.keys = names;
    const found = await caches.keys();
    await throwAwayOld();
    return found;
  };
  await keptPage("/lessen/");
  return caches.keys();
}
"""
NO_ROOM = """
Cache.prototype.put = async () => { throw new DOMException("full", "QuotaExceededError"); };
"""


@pytest.fixture
def given(cast: Cast) -> dict[str, Any]:
    """A lesson of its own, and a class that was given it."""
    made = cast.do("given_lesson", slug=cast.new_name("buiten"), steps=STEPS)
    return {**made, "code": cast.classroom(made["lesson"])["code"]}


def read_online(page: Page, given: dict[str, Any], path: str = "1/") -> dict[str, str]:
    """Joins and opens the lesson, until the device has its copy."""
    me = join(page, given["code"])
    open_lesson(page, given, path)
    return me


def open_lesson(page: Page, given: dict[str, Any], path: str = "1/") -> None:
    go(page, f"{given['path']}{path}")
    expect(page.get_by_text(READY)).to_be_visible()


def open_offline(page: Page, path: str) -> None:
    page.goto(path)
    look(page)


def expect_steps_waiting(page: Page, count: int) -> None:
    amount = "1 stap wacht" if count == 1 else f"{count} stappen wachten"
    expect(page.locator(".offline-lesson__status")).to_have_text(
        f"Nog niet opgeslagen: {amount} op internet."
    )


def steps_in(page: Page) -> list[dict[str, Any]]:
    return page.evaluate('JSON.parse(localStorage.getItem("doorzien.steps") ?? "[]")')


def test_a_lesson_is_read_without_internet_and_every_step_arrives_once(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any], width: int
) -> None:
    page = visit(width=width)
    read_online(page, given)
    page.context.set_offline(True)
    for number in (1, 2, 3):
        press(page, "Volgende")
        page.wait_for_url(f"**/{number + 1}/")
        expect(page.get_by_role("heading", name=f"Stap {number + 1}", exact=True)).to_be_visible()
        expect(page.get_by_text("Je leest zonder internet")).to_be_visible()
        expect_steps_waiting(page, number)
        look(page)
    picture = page.get_by_alt_text("Een plein.")
    picture.scroll_into_view_if_needed()
    wait_until(lambda: picture.evaluate("(one) => one.naturalWidth") > 0, seconds=30, what="photo")
    press(page, "Klaar")
    page.wait_for_url("**/einde/")
    expect_steps_waiting(page, 4)
    look(page)
    assert len(steps_in(page)) == 4

    page.context.set_offline(False)
    expect(page.locator(".offline-lesson__status")).to_have_text("Opgeslagen")
    assert steps_in(page) == []
    (mine,) = cast.do("finished_steps", slug=given["lesson"])
    assert mine["steps"] == [1, 2, 3, 4]
    page.reload()
    expect(page.get_by_text("Goed gedaan. Je bent klaar.")).to_be_visible()


def test_with_internet_a_step_is_saved_at_once(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any]
) -> None:
    page = visit(width=360)
    read_online(page, given)
    press(page, "Volgende")
    page.wait_for_url("**/2/")
    expect(page.locator(".lesson__progress p")).to_have_text(f"1 van {STEPS} klaar")
    assert steps_in(page) == []
    open_lesson(page, given, "heel/")
    press(page, "Klaar met stap 2")
    page.wait_for_url("**/heel/#stap-3")
    expect(page.locator(".lesson__progress p")).to_have_text(f"2 van {STEPS} klaar")
    assert [row["steps"] for row in cast.do("finished_steps", slug=given["lesson"])] == [[1, 2]]


def test_the_page_with_the_whole_lesson_is_there_too(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any]
) -> None:
    page = visit(width=360)
    read_online(page, given)
    page.context.set_offline(True)
    open_offline(page, f"{given['path']}heel/")
    press(page, "Klaar met stap 1")
    page.wait_for_url("**/heel/#stap-2")
    expect_steps_waiting(page, 1)
    press(page, "Klaar met stap 1")
    expect_steps_waiting(page, 1)
    open_offline(page, given["path"])
    page.wait_for_url("**/1/")
    page.context.set_offline(False)
    expect(page.locator(".offline-lesson__status")).to_have_text("Opgeslagen")
    assert [row["steps"] for row in cast.do("finished_steps", slug=given["lesson"])] == [[1]]


def test_a_page_that_is_not_on_the_device_says_so_and_help_is_there(
    visit: Callable[..., Page], given: dict[str, Any], width: int
) -> None:
    page = visit(width=width)
    me = read_online(page, given)
    page.context.set_offline(True)
    open_offline(page, "/mijn/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je hebt nu geen internet")
    assert me["nickname"] not in page.content()
    expect(page.locator('main a[href^="tel:"]').first).to_be_visible()
    press(page, "Terug naar de les")
    page.wait_for_url("**/1/")
    press(page, "Hulp nodig?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Praat met iemand")
    look(page)


def test_a_lesson_that_no_class_was_given_leaves_nothing_on_the_device(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any]
) -> None:
    """The control: without the copy there is no lesson without internet."""
    page = visit(width=360)
    join(page, cast.classroom()["code"])
    go(page, f"{given['path']}1/")
    assert page.locator("offline-lesson").count() == 0
    assert page.evaluate(COPIES) == []
    assert page.evaluate(WORKERS) == 0
    page.context.set_offline(True)
    with pytest.raises(PlaywrightError, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{given['path']}2/")


def test_nothing_of_the_learner_is_in_the_copy(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any]
) -> None:
    room = cast.classroom(starter["package"])
    page = visit(width=360)
    me = join(page, room["code"])
    path = f"/lessen/{starter['package']}/{starter['lessons'][0]['slug']}/"
    go(page, f"{path}1/")
    press(page, "Volgende")
    page.wait_for_url("**/2/")
    expect(page.get_by_text(READY)).to_be_visible()
    kept = [text for text in page.evaluate(KEPT) if "<!doctype html>" in text]
    assert any(starter["lessons"][0]["steps"][3] in text for text in kept)
    tag = page.locator("offline-lesson").get_attribute("data-learner-tag")
    assert tag
    for word in (me["nickname"], room["name"], tag, " klaar</p>", 'data-state="done"'):
        assert not [text[:120] for text in kept if word in text], word


def leave_by_the_exit(page: Page, starter: dict[str, Any]) -> None:
    page.locator(".exit-button__button").click()
    page.wait_for_url(starter["exit_url"])


def say_that_you_are_done(page: Page, starter: dict[str, Any]) -> None:
    go(page, "/mijn/klaar/")
    press(page, "Ja, ik ben klaar")
    expect(page.get_by_role("button", name="Ja, ik ben klaar")).to_have_count(0)


@pytest.mark.parametrize("leave", [leave_by_the_exit, say_that_you_are_done])
def test_who_leaves_takes_the_copy_along(
    visit: Callable[..., Page],
    starter: dict[str, Any],
    given: dict[str, Any],
    leave: Callable[[Page, dict[str, Any]], None],
    watcher: Watcher,
) -> None:
    page = visit(width=360)
    read_online(page, given)
    assert len(page.evaluate(COPIES)) == 1
    leave(page, starter)
    assert set(watcher.strangers) <= {starter["exit_url"]}
    watcher.strangers.clear()
    page.goto("/hulp/")
    wait_until(lambda: page.evaluate(COPIES) == [], seconds=30, what="the copy to be gone")
    wait_until(lambda: page.evaluate(WORKERS) == 0, seconds=30, what="the script to be gone")
    assert page.evaluate("localStorage.length") == 0
    page.context.set_offline(True)
    with pytest.raises(PlaywrightError, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{given['path']}2/")


def test_a_lesson_that_changed_is_kept_anew(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any]
) -> None:
    page = visit(width=360)
    read_online(page, given)
    (before,) = page.evaluate(COPIES)
    cast.do("change_lesson", slug=given["lesson"], title="Heel anders")

    def shows_it() -> bool:
        open_lesson(page, given)
        return page.get_by_text("Heel anders").count() > 0

    wait_until(shows_it, seconds=60, what="the server to look again")
    wait_until(lambda: before not in page.evaluate(COPIES), seconds=30, what="the old copy to go")
    assert len(page.evaluate(COPIES)) == 1
    page.context.set_offline(True)
    open_offline(page, f"{given['path']}2/")
    expect(page.get_by_role("heading", name="Heel anders")).to_be_visible()


def test_after_a_day_the_copy_is_gone(visit: Callable[..., Page], given: dict[str, Any]) -> None:
    page = visit(width=360)
    read_online(page, given)
    page.evaluate(A_DAY_LATER)
    page.context.set_offline(True)
    with pytest.raises(PlaywrightError, match=r"ERR_|net::"):
        page.goto(f"{given['path']}2/")
    page.context.set_offline(False)

    def is_gone() -> bool:
        # A worker that could not start in time is passed by; the next visit wakes it again.
        go(page, "/hulp/")
        return page.evaluate(COPIES) == []

    wait_until(is_gone, seconds=60, what="the copy to be gone")
    wait_until(lambda: page.evaluate(WORKERS) == 0, seconds=30, what="the script to be gone")


def test_a_copy_that_goes_while_a_page_is_looked_for_does_not_come_back_empty(
    visit: Callable[..., Page], given: dict[str, Any]
) -> None:
    page = visit(width=360)
    read_online(page, given)
    page.evaluate(A_DAY_LATER)
    (worker,) = page.context.service_workers
    assert worker.evaluate(LOOKED_FOR_WHILE_THEY_GO) == []


def test_steps_of_one_learner_are_never_given_to_the_next(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any]
) -> None:
    page = visit(width=360)
    me = read_online(page, given, "3/")
    page.context.set_offline(True)
    press(page, "Volgende")
    expect_steps_waiting(page, 1)
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator(".offline-lesson__status")).to_contain_text(
        "We weten niet meer wie je bent"
    )
    assert len(steps_in(page)) == 1

    read_online(page, given)  # somebody else, at the same device
    press(page, "Volgende")
    page.wait_for_url("**/2/")
    expect(page.locator(".lesson__progress p")).to_have_text(f"1 van {STEPS} klaar")
    press(page, "Volgende")
    page.wait_for_url("**/3/")
    # A request that was lost on its way back may have been saved: for who sent it.
    steps = [row["steps"] for row in cast.do("finished_steps", slug=given["lesson"])]
    assert [each for each in steps if each != [3]] == [[1, 2]]
    left = [f"{given['path']}3/klaar/"]  # still that of the first
    wait_until(lambda: [s["url"] for s in steps_in(page)] == left, seconds=30, what="only that")

    page.context.clear_cookies()
    come_back(page, me["return_code"])
    open_lesson(page, given)
    wait_until(lambda: steps_in(page) == [], seconds=30, what="the step to arrive")
    steps = [row["steps"] for row in cast.do("finished_steps", slug=given["lesson"])]
    assert sorted(steps) == [[1, 2], [3]]


def test_where_there_is_no_room_nothing_is_promised_and_all_works(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any]
) -> None:
    page = visit(width=360)
    page.context.add_init_script(NO_ROOM)
    join(page, given["code"])
    go(page, f"{given['path']}1/")
    expect(page.locator("offline-lesson")).to_have_attribute("data-state", "refused")
    expect(page.get_by_text(READY)).to_be_hidden()
    assert page.evaluate(COPIES) == []
    press(page, "Volgende")
    page.wait_for_url("**/2/")
    assert [row["steps"] for row in cast.do("finished_steps", slug=given["lesson"])] == [[1]]


def test_without_a_script_nothing_changes(
    visit: Callable[..., Page], cast: Cast, given: dict[str, Any]
) -> None:
    page = visit(width=360, has_script=False)
    join(page, given["code"])
    go(page, f"{given['path']}1/")
    expect(page.get_by_text(READY)).to_be_hidden()
    press(page, "Volgende")
    page.wait_for_url("**/2/")
    look(page)
    assert [row["steps"] for row in cast.do("finished_steps", slug=given["lesson"])] == [[1]]


def test_the_copy_is_in_the_language_of_the_reader(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any]
) -> None:
    page = visit(width=360)
    join(page, cast.classroom(starter["package"])["code"])
    page.goto(f"/lessen/{starter['package']}/{starter['lessons'][0]['slug']}/1/")
    page.locator('.language-switch button[value="ar"]').click()
    expect(page.locator("offline-lesson")).to_have_attribute("data-state", "ready")
    page.context.set_offline(True)
    page.locator(".lesson__next").click()
    page.wait_for_url("**/2/")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator(".offline-lesson .notice")).to_be_visible()
    # Said when sending failed, which may be later than the page is shown.
    expect(page.locator(".offline-lesson__status")).to_have_text(re.compile("[\u0600-\u06ff]"))
    look(page)
