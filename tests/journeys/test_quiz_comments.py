"""Editors talk about a quiz beside its form, and lose nothing of what they typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.moves import TOO_WIDE
from tests.journeys.stage import Cast
from tests.journeys.test_editor import sign_in_to_admin
from tests.journeys.test_quiz_editor import WATCHES_EDITS, expect_cursor_in, open_quiz

pytestmark = pytest.mark.browser


def panel(page: Page) -> Locator:
    return page.locator('[data-side-panel="quiz-comments"]')


def show_panel(page: Page) -> None:
    page.get_by_role("button", name="Toon of verberg opmerkingen").click()
    expect(panel(page)).to_be_visible()


def count(page: Page) -> Locator:
    return page.locator('[data-side-panel-toggle="quiz-comments"] [data-side-panel-toggle-counter]')


def on_question(page: Page, number: int, name: str) -> Locator:
    return page.locator(f"#inline_child_questions-{number - 1}").get_by_role("button", name=name)


def told(page: Page) -> Locator:
    return panel(page).get_by_role("status")


def keep_from_saving(page: Page) -> None:
    """The editor saves by itself; now the network fails each time."""

    def fail(route: Route) -> None:
        if route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route("**/quiz/edit/**", fail)


@pytest.fixture
def colleague(cast: Cast) -> str:
    return cast.staff("Moderators")["email"]


def test_a_comment_is_written_while_the_quiz_has_changes_that_are_not_saved(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    slug, title = cast.quiz(questions=2), cast.new_name("Andere titel")
    page = visit(width=width)
    sign_in_to_admin(page, cast.staff("Moderators"))
    page.add_init_script(WATCHES_EDITS)
    open_quiz(page, cast, slug)
    page.evaluate("window.watchesEdits")  # what was typed before, Wagtail takes for what was there
    keep_from_saving(page)
    page.locator("#id_title").fill(title)
    on_question(page, 2, "Schrijf een opmerking bij deze vraag").click()
    expect(panel(page).get_by_label("Opmerking", exact=True)).to_be_focused()
    about = panel(page).get_by_label("Waarover")
    assert about.locator("option:checked").inner_text().startswith("Vraag 2: ")
    page.keyboard.type("Waar staat dit?")
    assert page.evaluate(TOO_WIDE) == ""
    place = panel(page).get_by_role("button", name="Plaats opmerking")
    place.press("Enter")
    expect(told(page)).to_have_text("Je opmerking is geplaatst.")
    expect(place).to_be_focused()
    expect(panel(page).locator(".quiz-comments__text")).to_have_text("Waar staat dit?")
    expect(panel(page).get_by_label("Opmerking", exact=True)).to_have_value("")
    expect(count(page)).to_have_text("1")
    expect(page.locator("#id_title")).to_have_value(title)

    page.unroute("**/quiz/edit/**")
    page.get_by_role("button", name="Toon of verberg opmerkingen").click()
    page.locator("#id_title").press("End")
    page.keyboard.type("!")
    # Until it has been saved by itself again, Wagtail asks about the network at every press.
    expect(page.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved"
    )
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.locator(".messages")).to_contain_text(f"{title}!")
    expect(page.locator("#id_title")).to_have_value(f"{title}!")
    expect(on_question(page, 2, "Eén open opmerking bij deze vraag")).to_be_visible()
    assert [one["text"] for one in cast.do("comments", slug=slug)] == ["Waar staat dit?"]


def test_a_comment_is_answered_and_resolved_and_what_else_was_typed_stays(
    visit: Callable[..., Page], cast: Cast, colleague: str
) -> None:
    slug = cast.quiz(questions=2)
    first = cast.do("comment", slug=slug, by=colleague, text="Te lang.", question=1)["id"]
    cast.do("comment", slug=slug, by=colleague, text="Mooi.")
    page = visit()
    sign_in_to_admin(page, cast.staff("Moderators"))
    open_quiz(page, cast, slug)
    show_panel(page)
    panel(page).get_by_label("Opmerking", exact=True).fill("Nog niet klaar")
    thread = page.locator(f"#comment-{first}")
    thread.locator("summary").filter(has_text="Antwoord").click()
    thread.get_by_label("Antwoord").fill("Nu korter.")
    thread.get_by_role("button", name="Plaats antwoord").click()
    expect(told(page)).to_have_text("Je antwoord is geplaatst.")
    expect(thread).to_be_focused()
    expect(thread.locator(".quiz-comments__reply")).to_contain_text("Nu korter.")
    expect(count(page)).to_have_text("2")
    thread.get_by_role("button", name="Markeer als opgelost").click()
    expect(told(page)).to_have_text("De opmerking is opgelost.")
    expect(count(page)).to_have_text("1")
    expect(thread).to_be_hidden()
    panel(page).get_by_text("Opgelost (1)").click()
    expect(thread).to_contain_text("Opgelost door")
    thread.get_by_role("button", name="Heropen", exact=True).click()
    expect(told(page)).to_have_text("De opmerking is heropend.")
    expect(on_question(page, 1, "Eén open opmerking bij deze vraag")).to_be_visible()
    expect(panel(page).get_by_label("Opmerking", exact=True)).to_have_value("Nog niet klaar")


def test_the_comments_lead_to_a_question_and_back(
    visit: Callable[..., Page], cast: Cast, colleague: str, width: int
) -> None:
    slug = cast.quiz(questions=3)
    quiz = cast.do("comment", slug=slug, by=colleague, text="Te lang.", question=2)["quiz"]
    page = visit(width=width)
    sign_in_to_admin(page, cast.staff("Moderators"))
    open_quiz(page, cast, slug)
    page.get_by_role("button", name="Alles dicht").click()
    on_question(page, 2, "Eén open opmerking bij deze vraag").click()
    link = panel(page).get_by_role("link", name="Vraag 2")
    expect(panel(page).get_by_role("heading", name="Vraag 2")).to_be_focused()
    link.click()
    expect_cursor_in(page, 1)
    page.goto(f"/beheer/snippets/quizzes/quiz/comments/{quiz}/")
    page.get_by_role("link", name="Vraag 2").click()
    expect_cursor_in(page, 1)


def test_what_was_written_to_a_comment_that_somebody_deleted_is_not_lost(
    visit: Callable[..., Page], cast: Cast, colleague: str
) -> None:
    slug = cast.quiz(questions=1)
    made = cast.do("comment", slug=slug, by=colleague, text="Te lang.", question=1)["id"]
    page = visit()
    sign_in_to_admin(page, cast.staff("Moderators"))
    open_quiz(page, cast, slug)
    show_panel(page)
    panel(page).get_by_label("Opmerking", exact=True).fill("Half af")
    thread = page.locator(f"#comment-{made}")
    thread.locator("summary").filter(has_text="Antwoord").click()
    thread.get_by_label("Antwoord").fill("Goed idee.")
    cast.do("resolve_or_delete", comment=made, by=colleague, how="delete")
    thread.get_by_role("button", name="Plaats antwoord").click()
    expect(told(page)).to_contain_text("intussen verwijderd")
    expect(thread).to_have_count(0)
    new = panel(page).get_by_label("Opmerking", exact=True)
    expect(new).to_have_value("Goed idee.\n\nHalf af")
    expect(count(page)).to_be_hidden()


def test_a_comment_that_cannot_be_sent_stays_on_the_screen(
    visit: Callable[..., Page], cast: Cast
) -> None:
    page = visit()
    sign_in_to_admin(page, cast.staff("Moderators"))
    open_quiz(page, cast, cast.quiz(questions=1))
    show_panel(page)
    new = panel(page).get_by_label("Opmerking", exact=True)
    new.fill("Mooi.")
    page.context.set_offline(True)
    panel(page).get_by_role("button", name="Plaats opmerking").click()
    expect(told(page)).to_contain_text("niet gelukt")
    expect(new).to_have_value("Mooi.")
    page.context.set_offline(False)
    panel(page).get_by_role("button", name="Plaats opmerking").click()
    expect(told(page)).to_have_text("Je opmerking is geplaatst.")


def test_comments_are_written_without_a_script(visit: Callable[..., Page], cast: Cast) -> None:
    slug = cast.quiz(questions=1)
    quiz = cast.do("quiz_id", slug=slug)["id"]
    page = visit(has_script=False)  # on a phone Wagtail's menu then lies over everything
    sign_in_to_admin(page, cast.staff("Moderators"))
    page.goto(f"/beheer/snippets/quizzes/quiz/comments/{quiz}/")
    page.get_by_label("Opmerking", exact=True).fill("Mooi.")
    page.get_by_role("button", name="Plaats opmerking").click()
    expect(page.get_by_text("Je opmerking is geplaatst.")).to_be_visible()
    page.get_by_role("button", name="Markeer als opgelost").click()
    expect(page.get_by_text("Er zijn geen open opmerkingen.")).to_be_visible()
    page.get_by_role("link", name="Opgelost (1)").click()
    page.locator("summary").filter(has_text="Verwijder").click()
    page.get_by_role("button", name="Ja, verwijder").click()
    expect(page.get_by_text("De opmerking is verwijderd.")).to_be_visible()
    assert cast.do("comments", slug=slug) == []
