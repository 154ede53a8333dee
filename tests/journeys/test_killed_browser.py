"""The browser is killed, as a tablet does that runs out of power (R-11, R-21).

Twice each here; ``BROWSER_KILLS=100`` for as often as the catalogue asks.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.moves import (
    answer,
    come_back,
    expect_saved,
    expect_waiting,
    go,
    join,
    press,
    question_on,
)
from tests.journeys.stage import CHROMIUM_ARGUMENTS, PATIENCE, PATIENCE_IN_MS, Cast
from tests.journeys.test_offline import once_each, open_quiz
from tests.servers import wait_until
from tests.suites import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KILLS = int(os.environ.get("BROWSER_KILLS", "2"))


class Device:
    """A browser with a profile on disk, which outlives the browser."""

    def __init__(self, playwright: Playwright, profile: Path, address: str) -> None:
        self.playwright = playwright
        self.profile = profile
        self.address = address
        self.context: BrowserContext | None = None

    def switch_on(self) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            args=CHROMIUM_ARGUMENTS,
            base_url=self.address,
            locale="nl-NL",
            viewport={"width": 360, "height": 740},
        )
        self.context.set_default_timeout(PATIENCE_IN_MS)
        return self.context.pages[0]

    def pull_the_plug(self) -> None:
        """Kills every process of this browser at once."""
        assert self.context is not None
        for pid in self._processes():
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not self._processes(), seconds=PATIENCE, what="the browser to be dead")
        with suppress(PlaywrightError):  # it is closed already, in its way
            self.context.close()
        self.context = None

    def _processes(self) -> list[int]:
        mark = f"--user-data-dir={self.profile}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
            except OSError:  # it ended just now
                continue
        return found

    def holds(self, word: str) -> list[str]:
        """The files of the profile in which a word stands, in one of two ways of writing it."""
        wanted = (word.encode(), word.encode("utf-16-le"))
        return [
            str(path.relative_to(self.profile))
            for path in self.profile.rglob("*")
            if path.is_file() and any(one in path.read_bytes() for one in wanted)
        ]


def expect_all_stored(cast: Cast, slug: str, count: int) -> None:
    wait_until(
        lambda: len(cast.stored(slug)) == count, seconds=PATIENCE, what="all answers to arrive"
    )
    once_each(cast.stored(slug), count)


# Of both copies of the queue: the second is gone when nothing waits.
WAITING = """
async () => [localStorage.getItem("doorzien.answers"), ...await indexedDB.databases()]
  .filter(Boolean).length
"""


def expect_nothing_waits(page: Page) -> None:
    wait_until(lambda: not page.evaluate(WAITING), seconds=PATIENCE, what="the device to be empty")


@pytest.fixture
def device(playwright: Playwright, address: str, tmp_path: Path) -> Iterator[Device]:
    made = Device(playwright, tmp_path / "profile", address)
    yield made
    if made.context is not None:
        made.pull_the_plug()


def test_what_waited_is_sent_when_the_browser_was_killed(device: Device, cast: Cast) -> None:
    """R-11: at once, before the browser wrote anything by itself; the cookie is gone with it."""
    slug = cast.quiz(questions=3)
    key = cast.key_of(slug)
    room = cast.classroom(slug)
    for kill in range(KILLS):
        page = device.switch_on()
        code = join(page, room["code"])["return_code"]
        open_quiz(page, slug)
        answer(page, key[0])
        expect_saved(page)
        page.context.set_offline(True)
        for waiting, entry in enumerate(key[1:], start=1):
            press(page, "Volgende vraag")
            answer(page, entry)
            expect_waiting(page, waiting)
        device.pull_the_plug()

        page = device.switch_on()
        come_back(page, code)
        go(page, f"/q/{slug}/")
        expect_all_stored(cast, slug, 3 * (kill + 1))
        expect_nothing_waits(page)
        device.pull_the_plug()


def test_words_that_were_being_typed_are_nowhere_and_the_rest_is_there(
    device: Device, cast: Cast
) -> None:
    """R-21, P-12: a typed answer is a few words; it is typed again, and was kept nowhere."""
    slug = cast.quiz(only="een kort")
    key = cast.key_of(slug)
    room = cast.classroom(slug)
    for kill in range(KILLS):
        word = f"xylofoon{kill}"
        page = device.switch_on()
        code = join(page, room["code"])["return_code"]
        open_quiz(page, slug)
        answer(page, key[0])
        expect_saved(page)
        press(page, "Volgende vraag")
        field = question_on(page).locator('[name="choice"]')
        field.press_sequentially(f"{word} en nog iets")
        device.pull_the_plug()

        assert device.holds(word) == []
        page = device.switch_on()
        come_back(page, code)
        go(page, f"/q/{slug}/")
        expect(question_on(page)).to_have_attribute("data-question", key[1]["key"])
        answer(page, key[1])
        expect_saved(page)
        expect_all_stored(cast, slug, 2 * (kill + 1))
        device.pull_the_plug()
