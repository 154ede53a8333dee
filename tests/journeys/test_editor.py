"""An editor changes a lesson and a quiz in the Wagtail admin, and a pupil gets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.moves import answer, entry_on, expect_saved, go, go_until, look
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser


def sign_in_to_admin(page: Page, who: dict[str, str]) -> None:
    page.goto("/beheer/")
    page.get_by_label("E-mail").fill(who["email"])
    page.get_by_label("Wachtwoord", exact=True).fill(who["password"])
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Code").fill(who["code"])  # one to recover with works once
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/beheer/")


def choose_action(page: Page, name: str) -> None:
    page.get_by_role("button", name="Meer acties").click()
    page.locator("footer").get_by_role("button", name=name, exact=True).click()


def expect_title(page: Page, address: str, title: str) -> None:
    """The published text is on the site as soon as the server looks again."""
    go_until(page, address, page.get_by_role("heading", level=2, name=title))


@contextmanager
def preview_under_way(editor: Page, change: Callable[[], None]) -> Iterator[None]:
    """While the server makes the preview of a change; it is done only after what is in here."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST" and not held:
            held.append(route)
        else:
            route.continue_()

    editor.route("**/edit/preview/**", hold)
    with editor.expect_request(lambda sent: "/edit/preview/" in sent.url):
        change()
    yield
    held[0].continue_()


def approve_content(visit: Callable[..., Page], cast: Cast, lesson: int, width: int = 1280) -> None:
    moderator = visit(width=width)
    sign_in_to_admin(moderator, cast.staff("Moderators"))
    moderator.locator(f'a[href$="/pages/{lesson}/edit/"]').first.click()
    choose_action(moderator, "Goedkeuren")
    moderator.wait_for_url(lambda url: "/edit/" not in url)
    moderator.close()


def approve_safety(visit: Callable[..., Page], cast: Cast, lesson: int, width: int = 1280) -> None:
    reviewer = visit(width=width)
    sign_in_to_admin(reviewer, cast.staff("Safety reviewers"))
    reviewer.goto(f"/beheer/pages/{lesson}/edit/")
    choose_action(reviewer, "Goedkeuren met de lijst en publiceren")
    window = reviewer.get_by_role("dialog")
    expect(window.get_by_role("checkbox")).to_have_count(5)
    for point in window.get_by_role("checkbox").all():
        point.check()
    window.get_by_role("button", name="Goedkeuren met de lijst").click()
    reviewer.wait_for_url(lambda url: "/edit/" not in url)
    reviewer.close()


def test_a_changed_step_goes_through_the_workflow_to_the_pupil(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any], width: int
) -> None:
    lesson = starter["lessons"][1]
    address = f"/lessen/{starter['package']}/{lesson['slug']}/1/"
    title = cast.new_name("Welkom allemaal")
    pupil = visit(width=360)
    go(pupil, address)
    assert title not in pupil.content()

    editor = visit(width=width)
    sign_in_to_admin(editor, cast.staff("Editors"))
    editor.goto(f"/beheer/pages/{lesson['id']}/edit/")
    field = editor.locator("#steps-0-value-title")
    field.fill("Een andere titel")
    editor.get_by_role("button", name="Toon/verberg voorvertoning").click()
    preview = editor.frame_locator("iframe").last
    expect(preview.get_by_role("heading", name="Een andere titel")).to_be_visible()
    expect(preview.locator(".teacher-note")).to_have_count(0)
    with preview_under_way(editor, lambda: field.fill(title)):
        editor.get_by_label("Voorbeeldmodus").select_option("teacher")
    preview = editor.frame_locator("iframe").last
    expect(preview.get_by_role("heading", name=title)).to_be_visible()
    expect(preview.locator(".teacher-note").first).to_be_attached()
    editor.get_by_role("button", name="Toon/verberg voorvertoning").click()
    choose_action(editor, "Stuur door naar Eindredactie")
    expect(editor.get_by_text("ter goedkeuring ingediend")).to_be_visible()
    editor.close()
    go(pupil, address)
    assert title not in pupil.content(), "what nobody approved is not on the site"

    approve_content(visit, cast, lesson["id"], width)
    go(pupil, address)
    assert title not in pupil.content(), "nobody looked whether it is safe"
    approve_safety(visit, cast, lesson["id"], width)
    expect_title(pupil, address, title)


def publish(editor: Page, kind: str) -> None:
    """Presses publish, sees what changes for learners, and says what kind of change it is."""
    choose_action(editor, "Publiceren")
    expect(editor.get_by_role("heading", name="Dit wordt anders voor leerlingen")).to_be_visible()
    editor.get_by_label(kind).check()
    editor.get_by_role("button", name="Publiceer").click()
    expect(editor.locator(".messages")).to_contain_text("Wat denk jij?")


def test_a_pupil_halfway_keeps_the_quiz_and_a_new_attempt_gets_the_new_one(
    visit: Callable[..., Page], cast: Cast
) -> None:
    """R-15, with the change made in the admin's own form."""
    slug = cast.quiz(questions=2)
    key = cast.key_of(slug)
    pupil = visit(width=360)
    go(pupil, f"/q/{slug}/")
    answer(pupil, key[0])
    expect_saved(pupil)

    editor = visit()
    sign_in_to_admin(editor, cast.staff("Moderators"))
    editor.goto(f"/beheer/snippets/quizzes/quiz/edit/{cast.do('quiz_id', slug=slug)['id']}/")
    field = editor.locator('[name="questions-1-body-0-value-choices-0-value-text"]')
    old = field.input_value()
    field.fill("Een heel andere keuze")
    publish(editor, "Nieuwe uitgave")

    go(pupil, f"/q/{slug}/")
    expect(pupil.get_by_text(old)).to_be_visible()
    answer(pupil, entry_on(pupil, key))
    expect_saved(pupil)
    pupil.get_by_role("link", name="Bekijk je uitslag").click()
    expect(pupil.locator(".quiz-result__figure")).to_contain_text("2 van de 2")
    assert {row["edition"] for row in cast.stored(slug)} == {1}

    stranger = visit(width=360)
    new = cast.key_of(slug)
    go_until(stranger, f"/q/{slug}/", stranger.locator('[data-edition="2"]'))
    answer(stranger, new[0])
    expect_saved(stranger)
    stranger.get_by_role("link", name="Volgende vraag").click()
    expect(stranger.get_by_text("Een heel andere keuze")).to_be_visible()
    look(stranger)
    assert cast.stored(slug)[-1]["edition"] == 2


def test_a_pupil_halfway_sees_corrected_spelling_and_keeps_the_points(
    visit: Callable[..., Page], cast: Cast
) -> None:
    slug = cast.quiz(questions=2)
    key = cast.key_of(slug)
    pupil = visit(width=360)
    go(pupil, f"/q/{slug}/")
    answer(pupil, key[0])
    expect_saved(pupil)

    editor = visit()
    sign_in_to_admin(editor, cast.staff("Moderators"))
    editor.goto(f"/beheer/snippets/quizzes/quiz/edit/{cast.do('quiz_id', slug=slug)['id']}/")
    field = editor.locator('[name="questions-1-body-0-value-choices-0-value-text"]')
    field.fill("Netjes gespelde keuze")
    publish(editor, "Alleen spelling verbeterd")
    expect(editor.get_by_text("Spelling bij uitgave 1.")).to_be_visible()

    go_until(pupil, f"/q/{slug}/", pupil.get_by_text("Netjes gespelde keuze"))
    answer(pupil, entry_on(pupil, key))
    expect_saved(pupil)
    pupil.get_by_role("link", name="Bekijk je uitslag").click()
    expect(pupil.locator(".quiz-result__figure")).to_contain_text("2 van de 2")
    assert {row["edition"] for row in cast.stored(slug)} == {1}
