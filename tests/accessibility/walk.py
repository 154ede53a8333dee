"""A walk past states in one language: what is wrong with each, and the HTML that came."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response

from tests.accessibility.inspection import AXE_AT_HAND, inspect
from tests.accessibility.walking import Scene, State
from tests.journeys.stage import PATIENCE_IN_MS, Cast, Watcher
from tests.suites import VNU_JAR

SOURCE_LANGUAGE = "nl"
Findings = dict[str, dict[str, Any]]
Look = Callable[[State, Page], dict[str, Any]]


class Walk:
    """Goes past states in one language; ``look`` is what is looked at besides ``inspect``."""

    def __init__(
        self, browser: Browser, address: str, language: str, folder: Path, look: Look | None = None
    ) -> None:
        self.browser = browser
        self.address = address
        self.language = language
        self.folder = folder
        self.look = look
        self.watcher = Watcher(address)
        self.contexts: list[Any] = []
        self.documents: dict[str, Response] = {}
        self.frames: set[str] = set()  # whose colours were looked at

    def new_page(self) -> Page:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": 360, "height": 740},
            locale="nl-NL",
            reduced_motion="reduce",  # or dark would be looked at halfway a transition
        )
        context.set_default_timeout(PATIENCE_IN_MS)
        context.add_init_script(AXE_AT_HAND)
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

    def go(self, states: Sequence[State], scene: Scene) -> Findings:
        findings: Findings = {}
        last = {state.person: number for number, state in enumerate(states)}
        for number, state in enumerate(states):
            place = state.name
            self.documents.clear()
            self.watcher.faults.clear()
            self.watcher.expected = {f"status {state.status}"} if state.status else set()
            try:
                page = state.reach(scene)
                self._save_html(number, page)
                findings[place] = inspect(
                    page, self.frames, with_colours=self.language == SOURCE_LANGUAGE
                )
                if self.look is not None:
                    findings[place] |= self.look(state, page)
                if state.status and (got := self.documents["newest"].status) != state.status:
                    findings[place]["status"] = got
            except Exception as error:  # one screen that fails must not hide the others
                findings[place] = {"not reached": str(error)[:600]}
            if self.watcher.faults:
                findings[place]["faults"] = list(self.watcher.faults)
            language = scene.page.evaluate("document.documentElement.lang")
            if language != self.language:
                findings[place]["language"] = language
            if last[state.person] == number:  # a page that stays goes on asking what is new
                scene.pages.pop(state.person).context.close()
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
    names: list[str] = field(default_factory=list)


def go_past(walk: Walk, states: Sequence[State], cast: Cast, starter: dict[str, Any]) -> Walked:
    """The whole walk."""
    findings = walk.go(states, Scene(cast=cast, starter=starter, new_page=walk.new_page))
    walk.close()
    return Walked(findings, walk.folder, [state.name for state in states])


def html_errors(walked: Walked) -> set[tuple[str, str, str]]:
    """What the Nu HTML checker has against all that was sent and all that was made of it."""
    assert VNU_JAR is not None
    assert len(list(walked.html.glob("*.html"))) > len(walked.names)
    checked = subprocess.run(
        ["java", "-jar", VNU_JAR, "--format", "json", "--exit-zero-always",
         # The role is meant: without it Safari no longer reads a list without bullets as one.
         "--filterpattern", ".*The “list” role is unnecessary.*", str(walked.html)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {
        (
            walked.names[int(Path(message["url"]).name[:3])],
            message["message"],
            message.get("extract", ""),
        )
        for message in json.loads(checked.stderr)["messages"]
        if message["type"] != "info" or message.get("subType") == "warning"
    }
