"""An editor writes questions from the keyboard, pastes, copies, moves and mends them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.stage import Cast
from tests.journeys.test_editor import choose_action, sign_in_to_admin

pytestmark = pytest.mark.browser
CHOICES = "body-0-value-choices"


@pytest.fixture
def page(visit: Callable[..., Page], cast: Cast) -> Page:
    editor = visit()
    sign_in_to_admin(editor, cast.staff("Moderators"))
    return editor


def open_quiz(page: Page, cast: Cast, slug: str) -> None:
    page.goto(f"/beheer/snippets/quizzes/quiz/edit/{cast.do('quiz_id', slug=slug)['id']}/")
    expect(outline(page).first).to_be_visible()


def outline(page: Page) -> Locator:
    return page.locator(".question-outline__entry")


def fields(page: Page, question: int, name: str) -> list[str]:
    inputs = page.locator(f'[name^="questions-{question}-{CHOICES}-"][name$="-value-{name}"]')
    shown = [field for field in inputs.all() if field.is_visible()]
    return [field.input_value() for field in shown]


def right(page: Page, question: int) -> list[bool]:
    boxes = page.locator(f'[name^="questions-{question}-{CHOICES}-"][name$="-is_right"]')
    return [box.is_checked() for box in boxes.all() if box.is_visible()]


def expect_cursor_in(page: Page, question: int) -> None:
    prompt = page.locator(f'#inline_child_questions-{question} [data-contentpath="prompt"]')
    expect(prompt.get_by_role("textbox")).to_be_focused()


def write(page: Page, *texts: str) -> None:
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def paste(page: Page, text: str) -> None:
    """As a browser does it, whatever this machine's clipboard allows."""
    page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_questions_are_written_from_the_keyboard_alone(page: Page, cast: Cast) -> None:
    slug = cast.new_name("typen")
    page.goto("/beheer/snippets/quizzes/quiz/add/")
    page.get_by_label("Titel", exact=False).first.fill("Typen")
    page.locator("#id_slug").fill(slug)
    outline(page).get_by_role("link").press("Enter")
    for question in range(2):
        expect_cursor_in(page, question)
        write(page, f"Vraag {question}?", "Nee", "Dat is anders.", "* Ja", "Dat klopt.", "")
        page.keyboard.type("Daarom.")
        page.keyboard.press("Control+Enter")
    expect_cursor_in(page, 2)
    assert fields(page, 1, "text") == ["Nee", "Ja"]
    assert fields(page, 1, "feedback") == ["Dat is anders.", "Dat klopt."]
    assert right(page, 1) == [False, True]
    expect(outline(page).nth(1)).to_contain_text("Vraag 1?")
    expect(outline(page).nth(1).locator(".question-outline__open")).to_have_count(0)
    expect(outline(page).nth(2)).to_contain_text("nog 4 in te vullen")
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.locator(".messages")).to_contain_text("Typen")


WATCHES_EDITS = """
window.watchesEdits = new Promise((resolve) =>
  document.addEventListener("w-unsaved:watch-edits", () => resolve(), { once: true }));
"""
PRESS_BEFORE_IT_IS_KNOWN = """
const send = window.fetch;
window.fetch = async (address, options) => {
  const reply = await send(address, options);
  const { pathname } = new URL(address, location.href);
  if (pathname.endsWith("/quiz/add/") && options?.method?.toLowerCase() === "post") {
    document.querySelector("footer button[type=submit]:not([name])").click();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return reply;
};
"""


def test_a_press_while_it_saves_by_itself_makes_one_quiz(page: Page, cast: Cast) -> None:
    slug = cast.new_name("samen")
    page.add_init_script(WATCHES_EDITS + PRESS_BEFORE_IT_IS_KNOWN)
    page.goto("/beheer/snippets/quizzes/quiz/add/")
    page.evaluate("window.watchesEdits")
    page.locator("#id_slug").fill(slug)
    page.get_by_label("Titel", exact=False).first.fill("Samen")
    expect(page.locator(".messages")).to_contain_text("Samen")
    expect(page.locator(".messages")).not_to_contain_text("kon niet")
    assert f"/edit/{cast.do('quiz_id', slug=slug)['id']}/" in page.url


NEXT = (
    "(name) => new Promise((tell) => document.addEventListener(name, () => tell(), {once: true}))"
)


def test_what_a_form_makes_of_itself_is_not_saved(page: Page, cast: Cast) -> None:
    """The control: what somebody types is."""
    page.add_init_script(WATCHES_EDITS)
    open_quiz(page, cast, cast.quiz(questions=1))
    page.evaluate("window.watchesEdits")
    saved: list[str] = []
    page.on("request", lambda sent: saved.append(sent.url) if sent.method == "POST" else None)
    page.evaluate("document.querySelector('#id_minutes').value = '7'")
    page.evaluate(NEXT, "w-unsaved:clear")
    assert not [url for url in saved if "/edit/" in url]
    page.locator("#id_title").press("End")
    with page.expect_request(lambda sent: sent.method == "POST" and "/edit/" in sent.url):
        page.keyboard.type("!")


def test_pasted_lines_become_choices_and_a_star_is_right(page: Page, cast: Cast) -> None:
    open_quiz(page, cast, cast.quiz(questions=1))
    page.get_by_role("button", name="Vraag toevoegen").click()
    expect_cursor_in(page, 1)
    page.keyboard.press("Enter")
    paste(
        page, "- Een advocaat | Kost geld.\n2. De burgemeester\n* Veilig Thuis\tDag en nacht.\n\n"
    )
    assert fields(page, 1, "text") == ["Een advocaat", "De burgemeester", "Veilig Thuis"]
    assert fields(page, 1, "feedback") == ["Kost geld.", "", "Dag en nacht."]
    assert right(page, 1) == [False, False, True]


def test_stars_before_every_line_are_only_dots(page: Page, cast: Cast) -> None:
    open_quiz(page, cast, cast.quiz(questions=1))
    page.get_by_role("button", name="Vraag toevoegen").click()
    expect_cursor_in(page, 1)
    page.keyboard.press("Enter")
    paste(page, "* Een\n* Twee\n* Drie")
    assert fields(page, 1, "text") == ["Een", "Twee", "Drie"]
    assert right(page, 1) == [False, False, False]


def test_a_question_is_duplicated_and_moved_with_the_keyboard(page: Page, cast: Cast) -> None:
    slug = cast.quiz(questions=2)
    open_quiz(page, cast, slug)
    first = page.locator("#inline_child_questions-0")
    first.get_by_title("Dupliceer deze vraag").press("Enter")
    expect(outline(page)).to_have_count(3)
    expect_cursor_in(page, 2)
    assert fields(page, 2, "text") == fields(page, 0, "text")
    first_words = outline(page).nth(0).inner_text()[1:].strip()
    expect(outline(page).nth(1)).to_contain_text(first_words)  # below the question itself
    last_words = outline(page).nth(2).inner_text()[1:].strip()
    up = page.locator("#inline_child_questions-1 [data-inline-panel-child-move-up]")
    up.press("Enter")
    expect(outline(page).nth(1)).to_contain_text(last_words)
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.locator(".messages")).to_contain_text("Wat denk jij?")
    expect(outline(page)).to_have_count(3)
    keys = {page.locator(f"#id_questions-{place}-key").input_value() for place in range(3)}
    assert len(keys - {""}) == 3


def test_an_error_names_the_question_and_leads_to_it(page: Page, cast: Cast) -> None:
    open_quiz(page, cast, cast.quiz(questions=3))
    page.locator(f'[name="questions-2-{CHOICES}-1-value-is_right"]').uncheck()
    expect(outline(page).nth(2)).to_contain_text("geen goed antwoord")
    choose_action(page, "Publiceren")
    told = page.locator(".messages").get_by_role("link", name="Vraag 3 heeft geen goed antwoord.")
    expect(told).to_have_attribute("href", "#inline_child_questions-2")
    expect(page.locator("#inline_child_questions-2")).to_contain_text("Zet bij precies één")
    page.get_by_role("button", name="Alles dicht").click()
    outline(page).nth(2).get_by_role("link").click()
    expect_cursor_in(page, 2)


def test_a_question_comes_out_of_the_bank_into_the_form(page: Page, cast: Cast) -> None:
    cast.quiz(only="kort")
    open_quiz(page, cast, cast.quiz(questions=1))
    page.get_by_role("button", name="Uit de vragenbank").click()
    bank = page.get_by_role("dialog", name="Vragenbank")
    bank.get_by_label("Zoek in de tekst").fill("veilig thuis")
    bank.get_by_label("Soort").select_option("short_answer")
    page.keyboard.press("Enter")
    bank.get_by_role("button", name="Zoek").click()
    expect(bank.get_by_role("status")).to_contain_text("vra")
    bank.get_by_role("button", name="Kopieer").first.click()
    expect(bank).to_be_hidden()
    expect_cursor_in(page, 1)
    expect(outline(page).nth(1)).to_contain_text("Kort antwoord, getypt")
    assert page.locator("#id_questions-1-copied_from").input_value()
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.locator(".messages")).to_contain_text("Wat denk jij?")
    expect(outline(page)).to_have_count(2)
