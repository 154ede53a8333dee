"""The connection goes in the middle of a quiz and comes back: no answer is lost or doubled."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.factories.quizzes import EVERY_TYPE, TOTAL
from tests.journeys.moves import (
    answer,
    choose,
    come_back,
    entry_on,
    expect_saved,
    expect_waiting,
    go,
    join,
    look,
    press,
    question_on,
    queue_in,
)
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser

IDS_ONLY = {
    "v", "url", "attempt", "edition", "question", "key", "choice", "reason", "learner_tag", "at",
}  # fmt: skip
# A uuid, a hash or a number, or two of them; or what a plain true-or-false has.
A_KEY = re.compile(r"true|false|[0-9a-f.-]*(:[0-9a-f-]+)?")
REFUSE_STORAGE = """
Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("refused", "SecurityError"); },
});
"""


# Both copies of the queue.
A_DAY_LATER = """
async () => {
  const entries = JSON.parse(localStorage.getItem("doorzien.answers"));
  for (const entry of entries) entry.at = new Date(Date.now() - 25 * 3600e3).toISOString();
  localStorage.setItem("doorzien.answers", JSON.stringify(entries));
  const asked = indexedDB.open("doorzien");
  await new Promise((resolve) => { asked.onsuccess = resolve; });
  const work = asked.result.transaction("answers", "readwrite");
  for (const entry of entries) work.objectStore("answers").put(entry);
  await new Promise((resolve) => { work.oncomplete = resolve; });
  asked.result.close();
}
"""


def is_answer(url: str) -> bool:
    return url.endswith("/antwoord/") or "/antwoord/?" in url


def open_quiz(page: Page, slug: str) -> None:
    """The quiz with all its questions fetched, so that the network may go."""
    with page.expect_response(lambda response: "/vragen/" in response.url) as fetched:
        go(page, f"/q/{slug}/")
    fetched.value.finished()


def once_each(rows: list[dict[str, Any]], count: int) -> None:
    assert len(rows) == count
    assert len({(row["attempt"], row["question"]) for row in rows}) == count
    assert len({row["key"] for row in rows}) == count
    assert all(row["is_current"] for row in rows)


def test_a_pupil_goes_on_without_a_connection_and_everything_arrives_once(
    visit: Callable[..., Page], cast: Cast
) -> None:
    """R-10 in small: three pupils, ten questions each."""
    slug = cast.quiz(questions=10)
    key = cast.key_of(slug)
    room = cast.classroom(slug)
    pages = [visit(width=360) for _pupil in range(3)]
    for page in pages:
        join(page, room["code"])
        open_quiz(page, slug)
        answer(page, key[0])
        expect_saved(page)
        page.context.set_offline(True)
    for page in pages:
        for number, entry in enumerate(key[1:], start=1):
            press(page, "Volgende vraag")
            answer(page, entry, "wrong" if number % 2 else "right")
            expect_waiting(page, number)
        look(page)
        expect(page.get_by_text("Je uitslag komt als alles is opgeslagen.")).to_be_visible()
        assert len(queue_in(page)) == 9
    for page in pages:
        page.context.set_offline(False)
    for page in pages:
        expect_saved(page)
        assert queue_in(page) == []
        press(page, "Bekijk je uitslag")
        expect(page.locator(".quiz-result__figure")).to_contain_text("5 van de 10")
    once_each(cast.stored(slug), 30)
    assert len({row["learner"] for row in cast.stored(slug)}) == 3


def test_a_press_while_it_tries_again_goes_on(visit: Callable[..., Page], cast: Cast) -> None:
    """The link stays the same one between finger down and finger up."""
    slug = cast.quiz(questions=2)
    key = cast.key_of(slug)
    page = visit(width=360)
    open_quiz(page, slug)
    page.context.set_offline(True)
    answer(page, key[0])
    expect_waiting(page, 1)
    page.get_by_role("link", name="Volgende vraag").hover()
    page.mouse.down()
    with page.expect_event("requestfailed", lambda request: is_answer(request.url)):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.evaluate("new Promise((tell) => requestAnimationFrame(() => setTimeout(tell)))")
    page.mouse.up()
    expect(question_on(page)).to_have_attribute("data-question", key[1]["key"])


def test_the_queue_holds_ids_and_not_a_word(visit: Callable[..., Page], cast: Cast) -> None:
    """P-12; and what is older than a day goes."""
    slug = cast.quiz()
    page = visit(width=360)
    open_quiz(page, slug)
    page.context.set_offline(True)
    # As far as a question with typed words, which nobody leaves before it is saved.
    asked = list(takewhile(lambda entry: entry["type"] != "short_answer", cast.key_of(slug)))
    for number, entry in enumerate(asked, start=1):
        answer(page, entry)
        expect_waiting(page, number)
        if number < len(asked):
            press(page, "Volgende vraag")
    queue = queue_in(page)
    assert len(queue) >= 3
    assert [set(entry) for entry in queue] == [IDS_ONLY] * len(asked)
    words = ("Keuze", "Vraag", "Wat denk jij", "Waarom")
    assert not any(word in str(queue) for word in words)

    page.evaluate(A_DAY_LATER)
    page.close()
    again = page.context.new_page()
    again.context.set_offline(False)
    open_quiz(again, slug)
    assert queue_in(again) == []
    assert cast.stored(slug) == []


@pytest.mark.parametrize("year", ["1970", "2099"])
def test_an_answer_outlives_a_clock_that_was_wrong(
    visit: Callable[..., Page], cast: Cast, year: str
) -> None:
    """R-14: a tablet that woke up in another year, and was set right before it sent."""
    slug = cast.quiz(questions=2)
    page = visit(width=360)
    open_quiz(page, slug)
    page.context.set_offline(True)
    answer(page, cast.key_of(slug)[0])
    expect_waiting(page, 1)
    page.evaluate(
        """(year) => {
          const entries = JSON.parse(localStorage.getItem("doorzien.answers"));
          for (const entry of entries) entry.at = `${year}-01-01T08:00:00.000Z`;
          localStorage.setItem("doorzien.answers", JSON.stringify(entries));
        }""",
        year,
    )
    page.close()
    again = page.context.new_page()
    again.context.set_offline(False)
    open_quiz(again, slug)
    expect_saved(again)
    assert queue_in(again) == []
    once_each(cast.stored(slug), 1)


def test_of_no_kind_of_question_a_word_waits_on_the_device(
    visit: Callable[..., Page], cast: Cast
) -> None:
    """P-12: keys only, and of what was typed nothing."""
    for kind, _make in EVERY_TYPE:
        slug = cast.quiz(only=kind)
        (entry,) = cast.key_of(slug)
        page = visit(width=360)
        open_quiz(page, slug)
        page.context.set_offline(True)
        answer(page, entry)
        expect(question_on(page)).to_have_attribute("data-state", "waiting")
        queue = queue_in(page)
        if entry["type"] == "short_answer":
            assert queue == []
            continue
        assert [set(waiting) for waiting in queue] == [IDS_ONLY]
        values = [*queue[0]["choice"], queue[0]["reason"] or ""]
        assert all(A_KEY.fullmatch(value) for value in values), (kind, values)


@pytest.mark.parametrize("number", [1, 2])
def test_a_reply_that_is_lost_after_the_commit_makes_no_second_answer(
    visit: Callable[..., Page], cast: Cast, number: int
) -> None:
    """R-09: of the first answer, which also brings the cookie, and of a later one."""
    slug = cast.quiz()
    page = visit(width=360)
    open_quiz(page, slug)
    key = cast.key_of(slug)
    for entry in key[: number - 1]:
        answer(page, entry)
        expect_saved(page)
        press(page, "Volgende vraag")
    lost: list[int] = []

    def lose_the_reply(route: Route) -> None:
        if len(lost) < 2:
            had = page.context.cookies()
            lost.append(route.fetch().status)
            page.context.clear_cookies()  # the cookie came with the reply
            page.context.add_cookies(had)
            route.abort()
        else:
            route.continue_()

    page.context.route(is_answer, lose_the_reply)
    answer(page, key[number - 1], "wrong")
    expect_saved(page)
    assert lost == [200, 200]
    rows = cast.stored(slug)
    once_each(rows, number)
    assert len({row["learner"] for row in rows}) == 1
    assert queue_in(page) == []


def test_answers_of_who_lost_their_cookie_wait_for_them_and_for_nobody_else(
    visit: Callable[..., Page], cast: Cast
) -> None:
    """R-12."""
    slug = cast.quiz()
    key = cast.key_of(slug)
    room = cast.classroom(slug)
    page = visit(width=360)
    me = join(page, room["code"])
    open_quiz(page, slug)
    answer(page, key[0])
    expect_saved(page)
    (first,) = cast.stored(slug)
    page.context.set_offline(True)
    press(page, "Volgende vraag")
    answer(page, key[1])
    expect_waiting(page, 1)

    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator(".quiz-question__status")).to_contain_text("We weten niet meer wie je bent")
    look(page)
    assert len(queue_in(page)) == 1
    assert len(cast.stored(slug)) == 1
    # Said of the next question as well, and of an answer that is given after it.
    press(page, "Volgende vraag")
    expect(page.locator(".quiz-question__status")).to_contain_text("We weten niet meer wie je bent")
    answer(page, key[2])
    expect(page.locator(".quiz-question__feedback-title")).to_contain_text("Je antwoord wacht")
    expect(page.locator(".quiz-question__status")).to_contain_text("We weten niet meer wie je bent")
    look(page)

    next_pupil = page.context.new_page()
    join(next_pupil, room["code"])
    open_quiz(next_pupil, slug)
    expect(next_pupil.locator(".quiz-progress__text")).to_have_text(f"Vraag 1 van {TOTAL}")
    answer(next_pupil, key[0], "wrong")
    expect_saved(next_pupil)
    assert len(queue_in(next_pupil)) == 2, "still those of the first"
    assert len(cast.stored(slug)) == 2
    next_pupil.close()
    page.context.clear_cookies()

    page.get_by_role("link", name="Vul je terugkeercode in").click()
    come_back(page, me["return_code"])
    with page.expect_response(lambda response: is_answer(response.url)):
        go(page, f"/q/{slug}/")
    page.wait_for_function('() => localStorage.getItem("doorzien.answers") === null')
    mine = [row for row in cast.stored(slug) if row["learner"] == first["learner"]]
    once_each(mine, 3)
    assert set(mine[1]["given"]["choice"]) == set(key[1]["right"])


def reload_the_page(page: Page, slug: str) -> Page:
    page.reload()
    return page


def go_away_and_back(page: Page, slug: str) -> Page:
    go(page, "/hulp/")
    page.go_back()
    return page


def close_the_tab(page: Page, slug: str) -> Page:
    another = page.context.new_page()
    page.close()
    another.goto(f"/q/{slug}/")
    return another


@pytest.mark.parametrize("place", [0, 1, 2], ids=["one_answer", "several_answers", "true_false"])
@pytest.mark.parametrize("leave", [reload_the_page, go_away_and_back, close_the_tab])
def test_what_was_chosen_is_still_there_after_the_page_was_gone(
    visit: Callable[..., Page], cast: Cast, place: int, leave: Callable[[Page, str], Page]
) -> None:
    """R-20: what the screen says is what the server has and what the queue has."""
    slug = cast.quiz()
    key = cast.key_of(slug)
    page = visit(width=360)
    open_quiz(page, slug)
    for entry in key[:place]:
        answer(page, entry)
        expect_saved(page)
        press(page, "Volgende vraag")
    page.context.route(is_answer, lambda route: route.abort())
    entry = key[place]
    answer(page, entry)
    expect_waiting(page, 1)

    page = leave(page, slug)
    expect_waiting(page, 1)
    assert entry_on(page, key) == entry
    for value in entry["right"]:
        expect(page.locator(f'[name="choice"][value="{value}"]')).to_be_checked()

    page.context.unroute(is_answer)
    with page.expect_response(lambda response: is_answer(response.url)):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert queue_in(page) == []
    once_each(cast.stored(slug), place + 1)


def test_a_device_that_keeps_nothing_says_so_before_the_first_answer(
    visit: Callable[..., Page], cast: Cast
) -> None:
    """R-11."""
    slug = cast.quiz()
    key = cast.key_of(slug)
    page = visit(width=360)
    page.context.add_init_script(REFUSE_STORAGE)
    go(page, f"/q/{slug}/")
    expect(page.locator(".answer-queue__warning")).to_have_text(
        "Dit toestel kan geen antwoorden bewaren. Blijf online."
    )
    choose(page, key[0])
    page.context.set_offline(True)
    press(page, "Controleer")
    expect_waiting(page, 1)
    expect(page.get_by_role("link", name="Volgende vraag")).to_have_count(0)
    page.context.set_offline(False)
    expect_saved(page)
    once_each(cast.stored(slug), 1)
