"""Without a mouse: answering, being told, seeing where one is, typing a code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import (
    expect_saved,
    expect_waiting,
    go,
    in_reading_order,
    join,
    next_side,
    question_on,
    sign_in,
    title_after,
)
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser

MOST_TABS = 80
# Everything that the live region has said, as a screen reader would have it.
LISTEN = """
() => {
  window.heard = [];
  window.ear?.disconnect();
  window.ear = new MutationObserver((changes) => {
    for (const change of changes) {
      const node = change.target.nodeType === 1 ? change.target : change.target.parentElement;
      const region = node?.closest('[role="status"]');
      if (region?.textContent.trim()) window.heard.push(region.textContent.trim());
    }
  });
  window.ear.observe(document.querySelector("answer-queue"), {
    subtree: true, childList: true, characterData: true});
}
"""
WHERE = """
() => {
  const element = document.activeElement;
  const target = element.closest("label") ?? element;
  const {left, top, width, height} = target.getBoundingClientRect();
  const isRing = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  // A link that makes a whole card clickable shows its ring around that card.
  // Inside a date field the browser itself shows which part has the focus.
  const around = [element, target, element.closest("article, li, .card")];
  const ring = element.type === "date" || around.some((shown) =>
    shown && (isRing(getComputedStyle(shown)) || isRing(getComputedStyle(shown, "::after"))));
  const seen = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].some(([x, y]) => {
    const found = document.elementFromPoint(left + width * x, top + height * y);
    return found && (target.contains(found) || found.contains(target));
  });
  return {name: target.outerHTML.slice(0, 100), isSeen: seen, hasRing: ring,
          isBody: element === document.body};
}
"""


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is there; a trap or a place out of reach fails."""
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"no way to {selector} by Tab from {page.url}")


def pick(page: Page, name: str, values: list[str]) -> None:
    """Chooses with the keys that a browser gives: Space for a box, arrows for a round."""
    group = question_on(page).locator(f'[name="{name}"]')
    every = [radio.get_attribute("value") for radio in group.all()]
    if group.first.get_attribute("type") == "checkbox":
        for value in values:
            tab_to(page, f'[name="{name}"][value="{value}"]')
            page.keyboard.press("Space")
        return
    tab_to(page, f'[name="{name}"]')
    page.keyboard.press("Space")
    for _step in range(every.index(values[0])):
        page.keyboard.press("ArrowDown")


def pick_one(page: Page, value: str) -> None:
    """By a button that a script made, in a list, or typed."""
    form = question_on(page)
    radio = form.locator(f'input[type="radio"][value="{value}"]')
    if radio.count():
        pick(page, radio.get_attribute("name") or "", [value])
    elif form.locator(f'button[value="{value}"]').count():
        tab_to(page, f'button[value="{value}"]')
        page.keyboard.press("Enter")
    elif (option := form.locator(f'select[name="choice"] option[value="{value}"]')).count():
        tab_to(page, f'select[name="choice"]:has(option[value="{value}"])')
        for _step in range(option.evaluate("(option) => option.index")):
            page.keyboard.press("ArrowDown")
    else:
        tab_to(page, 'input[name="choice"]')
        page.keyboard.type(value)


def put_in_order(page: Page, values: list[str]) -> None:
    """Moves each step up to its place with the button that it has for that."""
    for place, item in enumerate(value.split(":")[0] for value in values):
        step = question_on(page).locator(f'[data-item="{item}"]')
        while step.evaluate("step => [...step.parentElement.children].indexOf(step)") > place:
            tab_to(page, f'[data-item="{item}"] [data-step="-1"]')
            page.keyboard.press("Enter")
            expect(step.locator('[data-step="-1"]')).to_be_focused()
            page.evaluate("document.querySelector('#main').focus()")


def send_cards(page: Page, values: list[str]) -> None:
    """Sends each card that comes on top to its group."""
    for value in values:
        expect(question_on(page).locator(".sort-cards__card")).to_have_text(
            question_on(page).locator(f'label[for$="-{value.split(":")[0]}"]').text_content() or ""
        )
        button = f'.sort-cards__send[data-place="{value.split(":")[1]}"]'
        tab_to(page, button)
        page.keyboard.press("Enter")
        expect(page.locator(button)).to_be_focused()
        page.evaluate("document.querySelector('#main').focus()")


def answer_by_keyboard(page: Page, entry: dict[str, Any], how: str) -> None:
    expect(question_on(page)).to_have_attribute("data-question", entry["key"])
    if entry["type"] == "order":
        put_in_order(page, entry[how])
    elif entry["type"] == "sort_groups":
        send_cards(page, entry[how])
    else:
        pick_choices(page, entry, how)
    tab_to(page, 'form.quiz-question button[type="submit"]')
    page.keyboard.press("Enter")


def pick_choices(page: Page, entry: dict[str, Any], how: str) -> None:
    in_order = [
        value
        for value in [
            box.get_attribute("value") for box in question_on(page).locator("[name=choice]").all()
        ]
        if value in entry[how]
    ]
    if in_order:
        pick(page, "choice", in_order)
    else:
        for value in in_reading_order(question_on(page), entry, how):
            pick_one(page, value)
            if next_side(question_on(page)):
                tab_to(page, ".two-sides__next")
                page.keyboard.press("Enter")
                expect(page.locator(".two-sides__title").last).to_be_focused()
    if entry[f"{how}_reason"]:
        pick(page, "reason", [entry[f"{how}_reason"]])


@pytest.mark.parametrize("how", ["right", "wrong"])
def test_a_quiz_is_done_with_the_keyboard_alone(
    visit: Callable[..., Page], cast: Cast, how: str
) -> None:
    """A-02 and A-04: every type; mistake, answer, and the connection gone."""
    slug = cast.quiz()
    key = cast.key_of(slug)
    page = visit(width=360)
    go(page, f"/q/{slug}/")
    page.wait_for_load_state("networkidle")
    for number, entry in enumerate(key, start=1):
        tab_to(page, 'form.quiz-question button[type="submit"]')
        page.keyboard.press("Enter")
        error = page.locator(".quiz-question__error:visible")
        expect(error).to_be_focused()
        error_id = error.get_attribute("id")
        assert page.locator(f'fieldset[aria-describedby~="{error_id}"]').count() >= 1
        page.keyboard.press("Shift+Tab")

        page.evaluate("document.activeElement.blur()")
        page.evaluate("document.querySelector('#main').focus()")
        page.evaluate(LISTEN)
        is_offline = number == 2
        page.context.set_offline(is_offline)
        answer_by_keyboard(page, entry, how)
        title = page.locator(".quiz-question__feedback-title")
        if is_offline:
            expect_waiting(page, 1)
            expect(title).to_be_focused()
            page.context.set_offline(False)
        expect_saved(page)
        expect(title).to_be_focused()
        expect(title).to_have_text(title_after(entry, how))
        heard = page.evaluate("window.heard")
        assert heard.count("Opgeslagen") == 1, heard
        assert heard.index("Bezig met opslaan…") < heard.index("Opgeslagen")

        tab_to(page, ".quiz-question__next a, .quiz-question__next button")
        page.keyboard.press("Enter")
        if number < len(key):
            expect(page.locator(".quiz-progress__text")).to_have_text(
                f"Vraag {number + 1} van {len(key)}"
            )
            expect(page.locator(".quiz-question__prompt").first).to_be_focused()
    expect(page.locator(".quiz-result")).to_be_visible()


def test_what_has_the_focus_is_in_sight_on_every_kind_of_page(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any]
) -> None:
    """A-08, WCAG 2.2 SC 2.4.11: the bar on top hides nothing; and it is visible where one is."""
    teacher = cast.teacher()
    room = cast.classroom(starter["package"], teacher=teacher["email"])
    cast.do("classmates", classroom=room["id"], count=12)
    page = visit(width=360)
    sign_in(page, teacher)
    lesson = f"/lessen/{starter['package']}/{starter['lessons'][0]['slug']}"
    wrong = []
    for path in (
        "/", "/hulp/", "/lessen/", f"/lessen/{starter['package']}/", f"{lesson}/4/",
        f"/docent/klas/{room['id']}/", f"/docent/klas/{room['id']}/beheer/", "/mee/",
    ):  # fmt: skip
        go(page, path)
        for direction in ("Tab", "Shift+Tab"):
            for _press in range(MOST_TABS):
                page.keyboard.press(direction)
                where = page.evaluate(WHERE)
                if where["isBody"]:
                    break
                if not (where["isSeen"] and where["hasRing"]):
                    wrong.append((path, direction, where))
    assert wrong == [], "\n".join(map(str, wrong))


def test_a_code_can_be_pasted_and_is_never_hidden(visit: Callable[..., Page], cast: Cast) -> None:
    """A-10, WCAG 2.2 SC 3.3.8."""
    room = cast.classroom()
    page = visit(width=360)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go(page, "/mee/")
    field = page.get_by_label("Klascode")
    page.evaluate("text => navigator.clipboard.writeText(text)", f"  {room['code'].lower()} \n")
    field.focus()
    page.keyboard.press("Control+V")
    expect(field).to_have_value(room["code"])
    expect(field).to_have_attribute("type", "text")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jij bent ")

    go(page, "/terug/")
    code = page.get_by_label("Terugkeercode")
    code.press_sequentially("abcdef ghjkmn-pqrstu")
    expect(code).to_have_value("ABCDEF-GHJKMN-PQRSTU")

    go(page, "/account/login/")
    expect(page.get_by_label("E-mail")).to_have_attribute("autocomplete", "email")
    password = page.get_by_label("Wachtwoord", exact=True)
    expect(password).to_have_attribute("autocomplete", "current-password")
    password.focus()
    page.keyboard.press("Control+V")
    assert password.input_value().strip() == room["code"].lower()


def test_a_class_is_joined_with_the_keyboard_alone(visit: Callable[..., Page], cast: Cast) -> None:
    """A-10: nothing that is known is asked again (SC 3.3.7)."""
    room = cast.classroom()
    page = visit(width=360)
    join(page, room["code"])
    page.context.clear_cookies()
    go(page, "/mee/")
    tab_to(page, "[name=code]")
    page.keyboard.type("nee")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Klascode")).to_have_value("NEE")
