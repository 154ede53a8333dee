"""Large letters and reading aloud: on this device, with its own voices, and nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import go, look, press
from tests.journeys.test_player import lesson_path

pytestmark = pytest.mark.browser

# A voice that says a word when the test lets it: window.say(); and remembers what it was given.
VOICES = """
(() => {
  const voices = %s;
  window.spoken = [];
  let now = null;
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    cancel() { now = null; },
    speak(utterance) {
      now = utterance;
      window.spoken.push({ text: utterance.text, voice: utterance.voice.name });
    },
  });
  window.sayWord = (index, length) =>
    now.onboundary({ name: "word", charIndex: index, charLength: length });
  window.endPassage = () => now.onend();
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})();
"""
DUTCH = '{name: "Toestel", lang: "nl-NL", localService: true}'
FROM_ELSEWHERE = '{name: "Wolk", lang: "nl-NL", localService: false}'
MARKED = """
[...(CSS.highlights.get("read-aloud") ?? [])].map((range) => range.toString()).join()
"""


def reader(visit: Callable[..., Page], path: str, *voices: str, **options: Any) -> Page:
    page = visit(**options)
    page.add_init_script(VOICES % f"[{', '.join(voices)}]")
    go(page, path)
    return page


def test_a_lesson_is_read_aloud_with_the_word_marked(
    visit: Callable[..., Page], starter: dict[str, Any], width: int
) -> None:
    path = f"{lesson_path(starter)}1/"
    page = reader(visit, path, FROM_ELSEWHERE, DUTCH, width=width)
    page.locator("read-aloud summary").click()
    expect(page.get_by_text("Anderen kunnen meeluisteren.")).to_be_visible()
    assert page.evaluate("window.spoken") == []
    press(page, "Begin met voorlezen")
    title = starter["lessons"][0]["steps"][0]
    assert page.evaluate("window.spoken") == [{"text": title, "voice": "Toestel"}]
    page.evaluate(f"window.sayWord(0, {len(title)})")
    assert page.evaluate(MARKED) == title
    page.evaluate("window.endPassage()")
    first = page.evaluate("window.spoken[1].text")
    assert first.startswith("Vandaag gaat de les over")
    expect(page.locator("[data-spoken]")).to_have_text(first)
    page.evaluate("window.sayWord(8, 4)")
    press(page, "Pauze")
    press(page, "Lees verder")
    assert page.evaluate("window.spoken[2].text") == first[8:]
    look(page)
    press(page, "Stop met voorlezen")
    expect(page.get_by_role("button", name="Begin met voorlezen")).to_be_focused()
    expect(page.locator("[data-spoken]")).to_have_count(0)


@pytest.mark.parametrize("voices", [[], [FROM_ELSEWHERE]], ids=["none", "from elsewhere"])
def test_without_a_voice_of_the_device_there_is_nothing_to_press(
    visit: Callable[..., Page], starter: dict[str, Any], voices: list[str]
) -> None:
    page = reader(visit, f"{lesson_path(starter)}1/", *voices)
    page.wait_for_load_state("networkidle")
    expect(page.locator("read-aloud")).to_be_hidden()


def test_what_is_folded_is_not_read(visit: Callable[..., Page], starter: dict[str, Any]) -> None:
    page = reader(visit, f"{lesson_path(starter)}4/", DUTCH)
    page.locator("read-aloud summary").click()
    press(page, "Begin met voorlezen")
    while page.locator('read-aloud[data-state="reading"]').count():
        page.evaluate("window.endPassage()")
    told = " ".join(page.evaluate("window.spoken.map((one) => one.text)"))
    assert "Dat kan je raken." in told
    assert "Dani" not in told


def test_large_letters_stay_and_never_leave_the_device(
    visit: Callable[..., Page], starter: dict[str, Any], width: int
) -> None:
    page = visit(width=min(width, 320) if width < 700 else width)
    sent: list[str] = []
    go(page, f"{lesson_path(starter)}1/")
    page.on("request", lambda request: sent.append(request.url))
    before = page.locator(".lesson__title").evaluate("(it) => it.getBoundingClientRect().height")
    page.get_by_role("button", name="Heel grote letters").click()
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert page.evaluate(size) == 24
    assert sent == []
    look(page)
    assert before
    for path in (f"{lesson_path(starter)}heel/", "/hulp/", "/"):
        go(page, path)
        assert page.evaluate(size) == 24
    go(page, f"{lesson_path(starter)}2/")
    chosen = page.locator('.text-size [aria-pressed="true"]')
    expect(chosen).to_have_text("AHeel grote letters")
    assert page.context.cookies() == []
    page.get_by_role("button", name="Gewone letters").click()
    assert page.evaluate("localStorage.length") == 0


def test_without_a_script_the_buttons_are_not_there(
    visit: Callable[..., Page], starter: dict[str, Any]
) -> None:
    page = visit(has_script=False)
    go(page, f"{lesson_path(starter)}1/")
    expect(page.locator(".text-size")).to_be_hidden()
    expect(page.locator("read-aloud")).to_be_hidden()
