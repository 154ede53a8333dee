"""An editor writes a lesson from nothing, with every kind of block, and a pupil gets it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, expect

from lessons.blocks import StepContentBlock
from tests.journeys.moves import go
from tests.journeys.stage import PATIENCE_IN_MS, Cast, Watcher
from tests.journeys.test_editor import (
    approve_content,
    approve_safety,
    choose_action,
    expect_title,
    sign_in_to_admin,
)

pytestmark = pytest.mark.browser
# What a field takes that does not take any sentence.
PLAIN = {"slot": "lokale-hulp", "source": "bron-een"}
OWN_BLOCKS = "> div > [data-streamfield-stream-container]"
FIELDS = "input[type=text], input[type=number], select, [contenteditable=true]"
STEP = "Kijk goed"


def labels() -> dict[str, str]:
    return {name: str(block.label) for name, block in StepContentBlock().child_blocks.items()}


def blocks_of_the_step(page: Page) -> Locator:
    step = page.locator(".struct-block", has=page.locator("#steps-0-value-title"))
    return step.locator("> [data-contentpath=blocks]").locator(OWN_BLOCKS)


def add_block(page: Page, label: str) -> Locator:
    """From the list at the end: what it is called is typed, and the arrow and Enter choose it."""
    stream = blocks_of_the_step(page)
    children = stream.locator("> [data-streamfield-child]")
    before = children.count()
    search = open_list(page, stream.locator("> div > .c-sf-add-button").last)
    search.fill(label)
    expect(page.get_by_role("option", name=label, exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(children).to_have_count(before + 1)
    return children.nth(before)


def open_list(page: Page, button: Locator) -> Locator:
    """Where one types which block it is to be. Pressed again when Wagtail, which saves a new page
    by itself meanwhile, closed the list."""
    search = page.get_by_role("combobox", name="Zoek opties...")
    deadline = time.monotonic() + PATIENCE_IN_MS / 1000
    while not search.is_visible() and time.monotonic() < deadline:
        button.click()
        with suppress(AssertionError):
            expect(search).to_be_visible(timeout=2_000)
    return search


def choose_from_the_library(page: Page, block: Locator) -> None:
    """The first picture, recording, document, quiz or helpline, wherever one is asked for."""
    for button in block.locator("[data-chooser-action-choose]").all():
        if button.is_visible():
            button.click()
            page.locator(".modal-content [data-chooser-modal-choice]").first.click()
            expect(page.locator(".modal-content")).to_have_count(0)


def fill_in(page: Page, block: Locator, sentence: str) -> None:
    """From the top down, every field that is still empty."""
    for field in block.locator(FIELDS).all():
        kind = field.evaluate("(field) => field.type || field.localName")
        name = (field.get_attribute("name") or "").rpartition("-")[2]
        if not field.is_visible():
            continue
        if kind == "div":
            field.click()
            page.keyboard.type(sentence)
        elif kind == "select-one":
            field.select_option(index=1)
        elif not field.input_value():
            field.fill("2" if kind == "number" else PLAIN.get(name, sentence))


def write_lesson(page: Page, title: str) -> None:
    """In one step a block of each kind, numbered in what it says."""
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill("Je leert goed kijken.")
    page.locator("#id_minutes").fill("10")
    page.locator('[data-contentpath="steps"] .c-sf-add-button').first.click()
    page.locator("#steps-0-value-title").fill(STEP)
    page.locator("#steps-0-value-minutes").fill("10")
    for number, label in enumerate(labels().values()):
        block = add_block(page, label)
        choose_from_the_library(page, block)
        fill_in(page, block, sentence(number))
    for name in ("before", "short_version"):
        page.locator(f'[data-contentpath="{name}"] [contenteditable="true"]').click()
        page.keyboard.type("Lees de les.")
        # The editor hands over what was typed a moment later.
        text = page.locator(f'[name="{name}"]')
        expect(text).to_have_value(re.compile("Lees de les"))


def sentence(number: int) -> str:
    return f"Sam ziet kaart {number + 10}."


def test_an_editor_writes_a_lesson_with_every_kind_of_block_and_a_pupil_gets_it(
    visit: Callable[..., Page], cast: Cast, watcher: Watcher
) -> None:
    # Wagtail may still ask after the session of a form that was just left.
    watcher.expected.add("/editing-sessions/ping/")
    package = cast.do("every_block")
    title = cast.new_name("Goed kijken")
    editor = visit()
    sign_in_to_admin(editor, cast.staff("Editors"))
    editor.goto(f"/beheer/pages/add/lessons/lessonpage/{package['package_id']}/")
    write_lesson(editor, title)
    choose_action(editor, "Stuur door naar Eindredactie")
    mistakes = editor.locator(".w-field__errors .error-message").all_inner_texts()
    expect(editor.locator(".messages"), str(mistakes)).to_contain_text(title)
    lesson = cast.do("lesson", title=title)
    editor.close()
    pupil = visit(width=360)
    assert pupil.goto(lesson["path"]).status == 404  # type: ignore[union-attr]

    approve_content(visit, cast, lesson["id"])
    approve_safety(visit, cast, lesson["id"])

    expect_title(pupil, f"{lesson['path']}1/", STEP)
    page = pupil.content()
    for number, name in enumerate(labels()):
        # A question is chosen, not typed; it stands there itself, see below.
        is_said = name not in ("teacher_note", "question")
        assert (sentence(number) in page) is is_said, name
    expect(pupil.locator("form.quiz-question")).to_be_visible()
    go(pupil, f"{lesson['path']}heel/")
