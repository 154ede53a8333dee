"""A-05: what is dragged can also be done with a button, and gives the same answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.moves import expect_saved, expect_waiting, go, look, press, question_on
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser
Open = Callable[[], Page]


@pytest.fixture
def order(visit: Callable[..., Page], cast: Cast) -> dict[str, Any]:
    slug = cast.quiz(only="volgorde")
    page = visit(width=360)
    page.set_viewport_size({"width": 360, "height": 1400})  # a drag near an edge scrolls
    go(page, f"/q/{slug}/")
    expect(page.locator("order-list")).to_have_attribute("data-enhanced", "")
    return {"slug": slug, "page": page, "steps": cast.key_of(slug)[0]["right"]}


def step(page: Page, value: str) -> Locator:
    return question_on(page).locator(f'.order-list__item[data-item="{value.split(":")[0]}"]')


def shown(page: Page) -> list[str]:
    return page.locator(".order-list__item").evaluate_all(
        "items => items.map((item, index) => `${item.dataset.item}:${index + 1}`)"
    )


def held(page: Page) -> list[str]:
    selects = page.locator('select[name="choice"]')
    return selects.evaluate_all("selects => selects.map(({value}) => value)")


def start_drag(page: Page, value: str) -> None:
    step(page, value).scroll_into_view_if_needed()
    box = step(page, value).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()


def drag_onto(page: Page, value: str, place: int) -> None:
    """Drags a step until the list has it at this place (from 0)."""
    start_drag(page, value)
    target = page.locator(".order-list__item").nth(place).bounding_box()
    assert target is not None
    is_up = shown(page).index(next(v for v in shown(page) if v[:12] == value[:12])) > place
    page.mouse.move(target["x"] + 20, target["y"] + (1 if is_up else target["height"] - 1), steps=5)
    expect(page.locator(".order-list__item").nth(place)).to_have_attribute(
        "data-item", value.split(":")[0]
    )
    page.mouse.up()


def put_right_by_dragging(page: Page, steps: list[str]) -> None:
    for place, value in enumerate(steps):
        if shown(page)[place] != value:
            drag_onto(page, value, place)


def put_right_by_button(page: Page, steps: list[str]) -> None:
    for place, value in enumerate(steps):
        while shown(page)[place] != value:
            step(page, value).get_by_role("button", name="Omhoog").click()


@pytest.mark.parametrize("put_right", [put_right_by_dragging, put_right_by_button])
def test_a_list_that_was_put_in_order_is_the_answer(
    order: dict[str, Any], cast: Cast, put_right: Callable[[Page, list[str]], None]
) -> None:
    page, steps = order["page"], order["steps"]
    assert held(page) == [""] * 4
    assert shown(page) != steps
    put_right(page, steps)
    assert shown(page) == held(page) == steps
    look(page)
    press(page, "Controleer")
    expect_saved(page)
    expect(page.locator(".order-list__item[data-state=right]")).to_have_count(4)
    (row,) = cast.stored(order["slug"])
    assert row["given"]["choice"] == steps
    assert row["won"] == 4


def test_an_order_that_waits_is_still_there_after_a_reload(
    order: dict[str, Any], cast: Cast
) -> None:
    """R-20"""
    page, steps = order["page"], order["steps"]
    page.wait_for_load_state("networkidle")
    page.context.route("**/antwoord/", lambda route: route.abort())
    put_right_by_button(page, steps)
    press(page, "Controleer")
    expect_waiting(page, 1)
    page.reload()
    expect_waiting(page, 1)
    assert shown(page) == held(page) == steps
    expect(step(page, steps[0]).get_by_role("button", name="Omhoog")).to_have_count(0)
    page.context.unroute("**/antwoord/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect_saved(page)
    assert cast.stored(order["slug"])[0]["given"]["choice"] == steps


def test_a_list_that_nobody_touched_is_no_answer(order: dict[str, Any]) -> None:
    page = order["page"]
    press(page, "Controleer")
    error = page.locator(".quiz-question__error:visible")
    expect(error).to_have_text("Zet eerst de stappen in jouw volgorde.")
    expect(error).to_be_focused()
    step(page, shown(page)[0]).get_by_role("button", name="Omlaag").click()
    expect(error).to_have_count(0)


def test_a_drag_that_is_broken_off_changes_nothing(order: dict[str, Any]) -> None:
    page = order["page"]
    before = shown(page)
    start_drag(page, before[0])
    target = page.locator(".order-list__item").nth(2).bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + 20, target["y"] + 20, steps=4)
    expect(page.locator(".order-list__item[data-dragged]")).to_have_count(1)
    page.wait_for_function(
        "first => document.querySelector('.order-list__item').dataset.item !== first",
        arg=before[0].split(":")[0],
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".order-list__item[data-dragged]")).to_have_count(0)
    page.mouse.up()
    assert shown(page) == before
    assert held(page) == [""] * 4


def test_each_move_is_told_once_and_keeps_the_focus(order: dict[str, Any]) -> None:
    page = order["page"]
    last = shown(page)[-1]
    button = step(page, last).get_by_role("button", name="Omhoog")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()
    text = step(page, last).locator("label").inner_text()
    expect(page.locator("order-list [aria-live=polite]")).to_have_text(f"{text}. Plek 3 van 4")
    expect(button).to_have_accessible_name(f"Omhoog {text}")


def test_a_finger_drags_by_the_handle_and_scrolls_beside_it(
    order: dict[str, Any], cast: Cast
) -> None:
    page = order["page"]
    before = shown(page)
    step(page, before[0]).scroll_into_view_if_needed()
    session = page.context.new_cdp_session(page)
    handle = step(page, before[0]).locator(".order-list__handle").bounding_box()
    below = step(page, before[1]).bounding_box()
    assert handle is not None
    assert below is not None
    x, y = handle["x"] + 20, handle["y"] + 20

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    touch("touchStart", (x, y))
    touch("touchMove", (x, below["y"] + below["height"] - 2))
    expect(page.locator(".order-list__item").nth(1)).to_have_attribute(
        "data-item", before[0].split(":")[0]
    )
    touch("touchEnd")
    assert held(page) == shown(page) != before


def test_a_card_that_was_dragged_lies_in_its_group(visit: Callable[..., Page], cast: Cast) -> None:
    slug = cast.quiz(only="groepen")
    entry = cast.key_of(slug)[0]
    page = visit(width=360)
    page.set_viewport_size({"width": 360, "height": 1400})
    go(page, f"/q/{slug}/")
    for value in entry["right"]:
        card = page.locator(".sort-cards__card").bounding_box()
        group = page.locator(f".sort-cards__group:has([data-place='{value[-1]}'])").bounding_box()
        assert card is not None
        assert group is not None
        page.mouse.move(card["x"] + 20, card["y"] + 20)
        page.mouse.down()
        page.mouse.move(group["x"] + 20, group["y"] + 20, steps=4)
        expect(page.locator(".sort-cards__group[data-over]")).to_have_count(1)
        page.mouse.up()
    assert held(page) == entry["right"]
    page.locator(".sort-cards__placed").first.click()
    expect(page.locator(".sort-cards__card")).to_be_focused()
    assert held(page).count("") == 1
    page.locator(".sort-cards__send[data-place='1']").click()  # it came from the first group
    look(page)
    press(page, "Controleer")
    expect_saved(page)
    (row,) = cast.stored(slug)
    assert (row["given"]["choice"], row["won"]) == (entry["right"], 3)
