"""What people do in a browser, in their own words. Every move looks at the page it lands on."""

from __future__ import annotations

import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.stage import PATIENCE_IN_MS

TOO_WIDE = """
() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return "";
  const culprits = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  return `${wide}px: ` + culprits.slice(0, 5).map((e) => e.outerHTML.slice(0, 90)).join(" | ");
}
"""


def look(page: Page) -> None:
    """No page is wider than its window, and each has its exit and its help."""
    page.wait_for_load_state()
    too_wide = page.evaluate(TOO_WIDE)
    assert too_wide == "", page.url
    expect(page.locator(".exit-button__button")).to_be_visible()
    expect(page.locator(".help-bar__link").first).to_be_visible()


def go(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response is not None
    assert response.status == 200, f"{response.status} {path}"
    look(page)


def go_until(page: Page, path: str, shown: Locator) -> None:
    """Opens a page again until this is on it: the server looks every few moments what is new."""
    deadline = time.monotonic() + PATIENCE_IN_MS / 1000
    go(page, path)
    while not shown.count() and time.monotonic() < deadline:
        page.wait_for_timeout(250)
        go(page, path)
    expect(shown.first).to_be_visible()


def press(page: Page, name: str) -> None:
    """Presses a button or follows a link with exactly this name."""
    page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    ).first.click()


def join(page: Page, code: str, *, typed: str = "") -> dict[str, str]:
    """In with the class code; the nickname and the return code that came back."""
    go(page, "/mee/")
    page.get_by_label("Klascode").fill(typed or code)
    press(page, "Doe mee")
    return read_welcome(page)


def read_welcome(page: Page) -> dict[str, str]:
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(re.compile("^Jij bent "))
    look(page)
    nickname = heading.inner_text().removeprefix("Jij bent ").strip()
    return {
        "nickname": nickname,
        "return_code": page.locator(".return-code__code").inner_text().strip(),
    }


def come_back(page: Page, return_code: str) -> None:
    go(page, "/terug/")
    page.get_by_label("Terugkeercode").fill(return_code)
    press(page, "Ga verder")
    page.wait_for_url("**/mijn/")
    look(page)


def open_task(page: Page, title: str, word: str) -> None:
    """Opens one lesson or quiz of the learner's own page."""
    link = page.locator(".task", has=page.get_by_role("heading", name=title)).get_by_role("link")
    expect(link).to_contain_text(word)
    link.click()


def sign_in(page: Page, who: dict[str, str]) -> None:
    go(page, "/account/login/")
    page.get_by_label("E-mail").fill(who["email"])
    page.get_by_label("Wachtwoord", exact=True).fill(who["password"])
    press(page, "Inloggen")
    page.wait_for_url("**/docent/")


def question_on(page: Page) -> Locator:
    return page.locator("form.quiz-question")


def choose_one(form: Locator, value: str) -> None:
    """By what the question has for it: a box, a button of a script, a list, a text field."""
    box = form.locator(f'input[name^="choice"][value="{value}"]')
    button = form.locator(f'button[value="{value}"]')
    options = form.locator(f'select[name="choice"]:has(option[value="{value}"])')
    if box.count():
        box.check()
    elif button.count():
        button.click()
    elif options.count():
        options.select_option(value, force=True)  # a script may have hidden it
    else:
        form.locator('input[name="choice"]').fill(value)


def in_reading_order(form: Locator, entry: dict[str, Any], how: str) -> list[str]:
    """Of two tellings either may come first; all else is as the key says."""
    if entry["type"] != "two_sides":
        return entry[how]
    shown = form.locator("input[type=radio]").evaluate_all("(all) => all.map((one) => one.value)")
    return sorted(entry[how], key=shown.index)


def next_side(form: Locator) -> Locator | None:
    """The button that shows the other telling, where a script waits for the first judgement."""
    more = form.locator(".two-sides__next")
    return more if more.count() else None


def choose(page: Page, entry: dict[str, Any], how: str = "right") -> None:
    """Gives the right or a wrong answer to the question on the screen."""
    form = question_on(page)
    expect(form).to_have_attribute("data-question", entry["key"])
    for value in in_reading_order(form, entry, how):
        choose_one(form, value)
        if more := next_side(form):
            more.click()
    if entry[f"{how}_reason"]:
        form.locator(f'[name="reason"][value="{entry[f"{how}_reason"]}"]').check()


def answer(page: Page, entry: dict[str, Any], how: str = "right") -> None:
    choose(page, entry, how)
    question_on(page).locator('button[type="submit"]').click()


def title_after(entry: dict[str, Any], how: str) -> str:
    """What stands above the explanation of an answer."""
    if not entry["is_marked"]:
        return "Nabespreking" if entry["type"] == "branching_story" else "Dank je wel"
    return "Dat klopt" if how == "right" else "Het zit anders"


def entry_on(page: Page, key: list[dict[str, Any]]) -> dict[str, Any]:
    """The entry of the key that belongs to the question on the screen."""
    shown = question_on(page).get_attribute("data-question")
    return next(entry for entry in key if entry["key"] == shown)


def expect_saved(page: Page) -> None:
    expect(page.locator(".quiz-question__status")).to_have_text("Opgeslagen")


def expect_waiting(page: Page, count: int) -> None:
    amount = "1 antwoord wacht." if count == 1 else f"{count} antwoorden wachten."
    expect(page.locator(".quiz-question__status")).to_have_text(
        f"Nog niet opgeslagen. We proberen het steeds opnieuw. {amount}"
    )


def do_quiz(page: Page, key: list[dict[str, Any]], how: str = "right") -> None:
    """Answers every question, reads what comes back, and ends at the result."""
    for number in range(1, len(key) + 1):
        expect(page.locator(".quiz-progress__text")).to_have_text(f"Vraag {number} van {len(key)}")
        entry = entry_on(page, key)
        answer(page, entry, how)
        expect_saved(page)
        title = page.locator(".quiz-question__feedback-title")
        expect(title).to_have_text(title_after(entry, how))
        look(page)
        press(page, "Bekijk je uitslag" if number == len(key) else "Volgende vraag")
    expect(page.locator(".quiz-result")).to_be_visible()
    look(page)


def queue_in(page: Page) -> list[dict[str, Any]]:
    """What waits in this browser's storage."""
    return page.evaluate('JSON.parse(localStorage.getItem("doorzien.answers") ?? "[]")')
