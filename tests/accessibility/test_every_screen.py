"""A-01, A-03, A-06, A-07, A-11: every screen, every state, Dutch and English, light and dark."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.accessibility.inspection import inspect
from tests.accessibility.states import NAMES, STATES
from tests.accessibility.walking import Scene
from tests.journeys.stage import PATIENCE_IN_MS, Cast, Watcher
from tests.prepared import ROOT
from tests.servers import Site
from tests.suites import VNU_JAR

pytestmark = pytest.mark.browser
# A walk is one long way: with -n, each language is one worker's (tests/sharing_out.py).
LANGUAGES = ["nl", "en"]
Findings = dict[tuple[str, str], dict[str, Any]]
# Templates that no state has to show, and why.
NOT_ON_A_SCREEN = {
    "site/home/templates/home/exit.html": "empty on purpose; see tests/journeys/test_exit.py",
}


class Walk:
    """Goes past all states in one language; what it found, and the HTML it got."""

    def __init__(self, browser: Browser, address: str, language: str, folder: Path) -> None:
        self.browser = browser
        self.address = address
        self.language = language
        self.folder = folder
        self.watcher = Watcher(address)
        self.contexts: list[Any] = []
        self.documents: dict[str, Response] = {}

    def new_page(self) -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": 360, "height": 740},
            locale="nl-NL",
            reduced_motion="reduce",  # or dark would be looked at halfway a transition
        )
        context.set_default_timeout(PATIENCE_IN_MS)
        if self.language != "nl":
            context.add_cookies([{"name": "language", "value": self.language, "url": self.address}])
        self.watcher.watch(context)
        self.contexts.append(context)
        page = context.new_page()
        page.on("response", self._keep_document)
        return page

    def _keep_document(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in range(300, 400):
            self.documents["newest"] = response

    def go(self, scene: Scene) -> Findings:
        findings: Findings = {}
        for number, state in enumerate(STATES):
            place = (state.name, self.language)
            self.documents.clear()
            self.watcher.faults.clear()
            self.watcher.expected = {f"status {state.status}"} if state.status else set()
            try:
                page = state.reach(scene)
                self._save_html(number, page)
                findings[place] = inspect(page)
                if state.status and (got := self.documents["newest"].status) != state.status:
                    findings[place]["status"] = got
            except Exception as error:  # one screen that fails must not hide the others
                findings[place] = {"not reached": str(error)[:600]}
            if self.watcher.faults:
                findings[place]["faults"] = list(self.watcher.faults)
            language = scene.page.evaluate("document.documentElement.lang")
            if language != self.language:
                findings[place]["language"] = language
        return findings

    def _save_html(self, number: int, page: Page) -> None:
        """As the server sent it, and as the scripts made it."""
        name = f"{number:03}-{self.language}"
        with suppress(Exception):
            sent = self.documents["newest"].text()
            (self.folder / f"{name}-sent.html").write_text(sent, encoding="utf-8")
        (self.folder / f"{name}-made.html").write_text(page.content(), encoding="utf-8")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@dataclass
class Walked:
    """What a walk found, and where the HTML that it got lies."""

    findings: Findings
    html: Path


@pytest.fixture(scope="session")
def walk_in(
    browser: Browser,
    address: str,
    cast: Cast,
    starter: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Walked]:
    """The whole walk in a language, once."""

    @cache
    def walked(language: str) -> Walked:
        folder = tmp_path_factory.mktemp(f"html-{language}")
        walk = Walk(browser, address, language, folder)
        findings = walk.go(Scene(cast=cast, starter=starter, new_page=walk.new_page))
        walk.close()
        return Walked(findings, folder)

    return walked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with(name: str, language: str, walk_in: Callable[[str], Walked]) -> None:
    wrong = walk_in(language).findings[name, language]
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)


@pytest.mark.html
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_of_every_screen_is_without_errors(
    language: str, walk_in: Callable[[str], Walked]
) -> None:
    """The Nu HTML checker, in one run over all that was sent and all that was made of it."""
    assert VNU_JAR is not None
    html_folder = walk_in(language).html
    assert len(list(html_folder.glob("*.html"))) > len(NAMES)
    checked = subprocess.run(
        ["java", "-jar", VNU_JAR, "--format", "json", "--exit-zero-always",
         # The role is meant: without it Safari no longer reads a list without bullets as one.
         "--filterpattern", ".*The “list” role is unnecessary.*", str(html_folder)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    messages = json.loads(checked.stderr)["messages"]
    told = {
        (NAMES[int(Path(message["url"]).name[:3])], message["message"], message.get("extract", ""))
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    }
    assert told == set(), "\n".join(map(str, sorted(told)))


@pytest.mark.parametrize("language", LANGUAGES[:1])
def test_every_template_was_shown_in_some_state(
    language: str, walk_in: Callable[[str], Walked], prepared_site: Site
) -> None:
    """A-01: a screen that nobody walks past fails here, until states.py has it."""
    walk_in(language)
    seen = Path(prepared_site.environment["TEMPLATES_SEEN"]).read_text(encoding="utf-8").split("\n")
    ours = {
        path.relative_to(ROOT).as_posix()
        for folder in ("lessons", "media", "quizzes", "site")
        for path in (ROOT / folder).glob("**/templates/**/*.html")
    }
    shown = {name.removeprefix(f"{ROOT}/") for name in seen} & ours
    assert len(shown) > 50
    assert ours - shown == set(NOT_ON_A_SCREEN)
