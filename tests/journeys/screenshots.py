"""Pictures of the main pages: python -m tests.journeys.screenshots FOLDER [ADDRESS]

At 360, 768 and 1280 px, light and dark. With an address it visits a site that runs there
with the demo (``make run``, var/demo.json); without one it starts its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.stage import CHROMIUM_ARGUMENTS
from tests.prepared import JOURNEY_SETTINGS, ROOT, fresh_sqlite, run_python
from tests.servers import Site, start_site
from tests.suites import CHROMIUM

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
Demo = dict[str, Any]


@contextmanager
def demo_site() -> Iterator[tuple[Site, Demo]]:
    with tempfile.TemporaryDirectory(prefix="doorzien-pictures-") as name:
        database_url = fresh_sqlite(Path(name))
        environment = {**JOURNEY_SETTINGS, "JOURNEY_UPLOADS": f"{name}/uploads"}
        run_python("manage.py", "prepare", "--demo", database_url=database_url, **environment)
        demo = json.loads((ROOT / "var" / "journeys" / "demo.json").read_text(encoding="utf-8"))
        with start_site(database_url, **environment) as site:
            yield site, demo


@contextmanager
def own_site() -> Iterator[tuple[str, Demo]]:
    with demo_site() as (site, demo):
        yield site.base_url, demo


@contextmanager
def site_at(address: str) -> Iterator[tuple[str, Demo]]:
    yield address, json.loads((ROOT / "var" / "demo.json").read_text(encoding="utf-8"))


def path_of(address: str) -> str:
    return urlsplit(address).path


class Album:
    """One walk at one width and in one colour scheme, with a picture at each stop."""

    def __init__(self, browser: Browser, address: str, demo: Demo, folder: Path) -> None:
        self.browser = browser
        self.address = address
        self.demo = demo
        self.folder = folder
        self.number = 0

    def walk(self, width: int, scheme: Any) -> None:
        self.number = 0
        self.suffix = f"{width}-{scheme}"
        for part in (self.stranger, self.pupil, self.teacher):
            context = self.browser.new_context(
                base_url=self.address, color_scheme=scheme, reduced_motion="reduce",
                viewport={"width": width, "height": 900 if width > 700 else 740}, locale="nl-NL",
            )  # fmt: skip
            part(context.new_page())
            context.close()

    def shoot(self, page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, 0)")  # or the bar on top stands halfway the picture
        self.number += 1
        path = self.folder / f"{self.number:02}-{name}-{self.suffix}.png"
        page.screenshot(path=path, full_page=True)

    def stranger(self, page: Page) -> None:
        package = path_of(self.demo["package_url"])
        for name, path in (
            ("front", "/"), ("catalogue", "/lessen/"), ("package", package),
            ("guide", f"{package}handleiding/"), ("help", "/hulp/"), ("about", "/over/"),
            ("join", "/mee/"), ("return", "/terug/"), ("sign-in", "/account/login/"),
            ("sign-up", "/account/signup/"), ("not-found", "/bestaat-niet/"),
            ("unknown", "/mijn/"),
        ):  # fmt: skip
            page.goto(path)
            self.shoot(page, name)
        lesson = path_of(self.demo["lesson_urls"][0])
        for number in range(1, 20):
            response = page.goto(f"{lesson}{number}/")
            if response is None or response.status != 200:
                break
            self.shoot(page, f"step-{number}")
        page.goto(f"{lesson}einde/")
        self.shoot(page, "lesson-end")

    def pupil(self, page: Page) -> None:
        page.goto("/mee/")
        page.get_by_label("Klascode").fill("2222-2222")
        press(page, "Doe mee")
        self.shoot(page, "join-wrong")
        page.get_by_label("Klascode").fill(self.demo["join_code"])
        press(page, "Doe mee")
        self.shoot(page, "welcome")
        page.goto("/mijn/")
        self.shoot(page, "own-page")
        page.goto(path_of(self.demo["quiz_url"]))
        self.shoot(page, "quiz-start")
        check(page)
        self.shoot(page, "quiz-nothing-chosen")
        for number in range(1, 40):
            page.locator('form.quiz-question [name="choice"]').first.check()
            if page.locator('form.quiz-question [name="reason"]').count():
                page.locator('form.quiz-question [name="reason"]').last.check()
            if number == 2:
                page.context.set_offline(True)
                check(page)
                page.locator('.quiz-question__feedback[data-state="waiting"]').wait_for()
                page.screenshot(
                    path=self.folder / f"quiz-waiting-{self.suffix}.png", full_page=True
                )
                page.context.set_offline(False)
            else:
                check(page)
            page.locator('.quiz-question__status[data-state="saved"]').wait_for()
            self.shoot(page, f"quiz-answer-{number}")
            following = page.locator(".quiz-question__next a, .quiz-question__next button")
            is_last = following.inner_text() == "Bekijk je uitslag"
            following.click()
            if is_last:
                break
        page.locator(".quiz-result").wait_for()
        self.shoot(page, "quiz-result")

    def teacher(self, page: Page) -> None:
        page.goto("/account/login/")
        page.get_by_label("E-mail").fill(self.demo["teacher"]["email"])
        page.get_by_label("Wachtwoord", exact=True).fill(self.demo["teacher"]["password"])
        press(page, "Inloggen")
        self.shoot(page, "classes")
        page.locator(".card__link").first.click()
        self.shoot(page, "class")
        for name, link in (("board", "Code op het bord"), ("settings", "Leerlingen en opdrachten")):
            page.get_by_role("link", name=link, exact=True).click()
            self.shoot(page, name)
        page.get_by_role("link", name="Geef een opdracht").click()
        self.shoot(page, "assign")
        press(page, "Geef de opdracht")
        self.shoot(page, "assign-empty")
        page.goto(f"{path_of(self.demo['lesson_urls'][0])}handleiding/")
        self.shoot(page, "lesson-guide")


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def check(page: Page) -> None:
    page.get_by_role("button", name="Controleer").click()


def main(arguments: list[str]) -> None:
    if not 1 <= len(arguments) <= 2:
        raise SystemExit(__doc__)
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    site: Callable[[], Any] = own_site if len(arguments) == 1 else lambda: site_at(arguments[1])
    with site() as (address, demo), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        album = Album(browser, address, demo, folder)
        for width in WIDTHS:
            for scheme in SCHEMES:
                album.walk(width, scheme)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
