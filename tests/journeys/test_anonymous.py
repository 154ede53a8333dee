"""A young person without a class: a quiz from a link, and nothing kept before the first answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories.quizzes import TOTAL
from tests.journeys.moves import answer, do_quiz, expect_saved, go, look, press, read_welcome
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser

EVERYTHING_KEPT = """
async () => ({
  local: {...localStorage},
  session: {...sessionStorage},
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  readable: document.cookie,
})
"""
# The copy on disk may come after the page says that the answer is saved, and then goes.
TELLS_WHAT_IS_THROWN_AWAY = """
const throwAway = indexedDB.deleteDatabase.bind(indexedDB);
indexedDB.deleteDatabase = (name) => {
  const asked = throwAway(name);
  asked.addEventListener("success", () => { window.thrownAway = name; });
  return asked;
};
"""
NOTHING = {"local": {}, "session": {}, "databases": 0, "caches": 0, "workers": 0, "readable": ""}


def test_nothing_is_kept_before_the_first_answer_and_one_cookie_after_it(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    """P-09."""
    slug = cast.quiz()
    page = visit(width=width)
    page.add_init_script(TELLS_WHAT_IS_THROWN_AWAY)
    learners = cast.do("learners")
    for path in ("/", "/lessen/", "/hulp/", "/mee/", "/terug/", "/mijn/", f"/q/{slug}/"):
        go(page, path)
        assert page.context.cookies() == [], path
        assert page.evaluate(EVERYTHING_KEPT) == NOTHING, path
    assert cast.do("learners") == learners

    answer(page, cast.key_of(slug)[0])
    expect_saved(page)
    cookies = page.context.cookies()
    assert [cookie["name"] for cookie in cookies] == ["learner"]
    assert cookies[0]["httpOnly"]
    assert cookies[0]["expires"] == -1, "it is gone when the browser closes"
    page.wait_for_function("() => window.thrownAway === 'doorzien'")
    assert page.evaluate(EVERYTHING_KEPT) == NOTHING


def test_somebody_without_a_class_does_a_quiz_from_a_link(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    slug = cast.quiz()
    key = cast.key_of(slug)
    page = visit(width=width)
    go(page, f"/q/{slug}/")
    do_quiz(page, key)

    press(page, "Doe de quiz nog een keer")
    expect(page.locator(".quiz-progress__text")).to_have_text(f"Vraag 1 van {TOTAL}")
    do_quiz(page, key, "wrong")
    assert len({row["attempt"] for row in cast.stored(slug)}) == 2


@pytest.mark.parametrize("takes_it_along", [True, False])
def test_work_comes_along_into_the_class_only_when_they_say_so(
    visit: Callable[..., Page], cast: Cast, takes_it_along: bool
) -> None:
    slug = cast.quiz()
    room = cast.classroom(slug)
    page = visit(width=360)
    go(page, f"/q/{slug}/")
    answer(page, cast.key_of(slug)[0])
    expect_saved(page)

    go(page, f"/mee/#{room['code']}")
    expect(page.get_by_label("Klascode")).to_have_value(room["code"])
    assert "#" not in page.url, "the code does not stay in the history"
    keep = page.get_by_label("Neem mee wat je al deed")
    expect(keep).not_to_be_checked()
    keep.set_checked(takes_it_along)
    look(page)
    press(page, "Doe mee")
    read_welcome(page)

    press(page, "Ik heb mijn code, verder")
    state = "Bezig" if takes_it_along else "Nog niet begonnen"
    expect(page.locator(".task")).to_contain_text(state)
    go(page, f"/q/{slug}/")
    number = 2 if takes_it_along else 1
    expect(page.locator(".quiz-progress__text")).to_have_text(f"Vraag {number} van {TOTAL}")
    (attempt,) = cast.do("attempts", slug=slug)
    assert attempt["classrooms"] == ([room["name"]] if takes_it_along else [])


def test_the_introduction_goes_when_the_second_question_comes(
    visit: Callable[..., Page], cast: Cast
) -> None:
    slug = cast.quiz()
    page = visit(width=360)
    go(page, f"/q/{slug}/")
    introduction = page.get_by_text("Er is geen klok")
    expect(introduction).to_be_visible()
    answer(page, cast.key_of(slug)[0])
    expect_saved(page)
    press(page, "Volgende vraag")
    expect(page.locator(".quiz-progress__text")).to_have_text(f"Vraag 2 van {TOTAL}")
    expect(introduction).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_class("eyebrow")
