"""Pictures of each kind of question for docs/kinds-of-questions.md: open, and explained.

``python -m tests.journeys.question_pictures``: a phone of 360 px, the quiz of the demo that
has one question of each kind, and a wrong answer to each, so that both marks are seen.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.journeys.moves import choose, entry_on, expect_saved, press, question_on
from tests.journeys.screenshots import demo_site
from tests.journeys.stage import CHROMIUM_ARGUMENTS, Cast
from tests.prepared import ROOT
from tests.suites import CHROMIUM

SLUG = "van-alles-wat"
FOLDER = ROOT / "docs" / "images" / "questions"
GAP = 24
COLOURS = 96


def shoot(page: Page) -> Image.Image:
    page.wait_for_load_state("networkidle")
    return Image.open(BytesIO(page.locator("main").screenshot())).convert("RGB")


def beside(one: Image.Image, other: Image.Image) -> Image.Image:
    """Both on one sheet, in few colours: a drawing needs no more and weighs less."""
    size = one.width + GAP + other.width, max(one.height, other.height)
    sheet = Image.new("RGB", size, "white")
    sheet.paste(one, (0, 0))
    sheet.paste(other, (one.width + GAP, 0))
    return sheet.quantize(COLOURS)


def walk(browser: Browser, address: str, cast: Cast) -> None:
    context = browser.new_context(
        base_url=address, locale="nl-NL", reduced_motion="reduce",
        viewport={"width": 360, "height": 740},
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"/q/{SLUG}/")
    key = cast.key_of(SLUG)
    for number in range(1, len(key) + 1):
        entry = entry_on(page, key)
        before = shoot(page)
        choose(page, entry, "wrong")
        question_on(page).locator('button[type="submit"]').click()
        expect_saved(page)
        beside(before, shoot(page)).save(FOLDER / f"{entry['type']}.png", optimize=True)
        if number < len(key):
            press(page, "Volgende vraag")
            expect(question_on(page)).to_have_attribute("data-state", "open")
    context.close()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo_site() as (site, _demo), sync_playwright() as playwright:
        cast = Cast(site)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        walk(browser, site.base_url, cast)
        browser.close()
        cast.close()


if __name__ == "__main__":
    main()
