"""A real site, a real Chromium, and somebody who watches every page of every journey.

A pytest plugin (tests/conftest.py names it), because tests/accessibility uses the same
site and the same browser: one of each per process. Browser tests run after all others:
Playwright keeps an event loop in the thread, and the ORM refuses to work beside one.
(With ``-n``, xdist hands tests out in this order too.)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    expect,
)

from tests.oidc.elsewhere import NOBODY_ANSWERS, settings_file
from tests.prepared import ROOT, fresh_site
from tests.servers import Site, start_site
from tests.suites import CHROMIUM

CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 45  # seconds: on a busy machine a page takes long, and one that fails longer
PATIENCE_IN_MS = 1000 * PATIENCE
EXIT_PAGE = "<!doctype html><html lang=nl><title>Weer</title><h1>Het weer</h1>"
# Chromium says each violation of the policy on the console too; this says it in one way.
LISTEN_FOR_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => console.error(
  `policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


expect.set_options(timeout=PATIENCE_IN_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


class Cast:
    """Who and what a test needs, made by a process with the site's database. See cast.py."""

    def __init__(self, site: Site) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.cast"],
            cwd=ROOT, env={**site.environment, "TEMPLATES_SEEN": ""}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._numbers = iter(range(1, 10_000))

    def do(self, act: str, **values: Any) -> Any:
        """One act of cast.py. Raises ``RuntimeError`` with what went wrong there."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": act, **values}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["is"]

    def new_name(self, name: str) -> str:
        return f"{name}-{next(self._numbers)}"

    def teacher(self) -> dict[str, str]:
        return self.do("teacher", email=f"{self.new_name('docent')}@debrug.example")

    def staff(self, group: str = "") -> dict[str, str]:
        return self.do("staff", email=f"{self.new_name('redactie')}@doorzien.example", group=group)

    def classroom(self, *assigned: str, teacher: str = "") -> dict[str, str]:
        teacher = teacher or self.teacher()["email"]
        name = self.new_name("Klas")
        return {"name": name, "teacher": teacher} | self.do(
            "classroom", teacher=teacher, name=name, assigned=assigned
        )

    def quiz(self, questions: int = 0, only: str = "", **settings: Any) -> str:
        """The slug of a new quiz: a question of every type, of these, or this many of one type.

        ``settings``: its ``kind`` and what else differs from the usual.
        """
        slug = self.new_name("proef")
        self.do("quiz", slug=slug, questions=questions, only=only, **settings)
        return slug

    def key_of(self, slug: str) -> list[dict[str, Any]]:
        return self.do("key_of", slug=slug)

    def stored(self, slug: str) -> list[dict[str, Any]]:
        return self.do("stored", slug=slug)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=PATIENCE)
        self._process.stdout.close()


@dataclass
class Watcher:
    """What must not happen on any page of any journey (S-53, P-09)."""

    origin: str
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    # What this test brings about itself, as a part of the line.
    expected: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        context.add_init_script(LISTEN_FOR_VIOLATIONS)
        context.on("request", self._on_request)
        context.on("response", self._on_response)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self._note(f"script: {error.error}"))
        context.route(self._is_elsewhere, self._answer_for_elsewhere)

    def _is_elsewhere(self, url: str) -> bool:
        return url.startswith("http") and not url.startswith(self.origin + "/")

    def _answer_for_elsewhere(self, route: Route) -> None:
        """Nothing leaves this machine; the exit finds a page all the same."""
        route.fulfill(status=200, content_type="text/html", body=EXIT_PAGE)

    def _on_request(self, request: Request) -> None:
        if self._is_elsewhere(request.url):
            self.strangers.append(request.url)

    def _on_response(self, response: Response) -> None:
        is_file = urlsplit(response.url).path.startswith(("/static/", "/uploads/"))
        if response.status >= 500 or (is_file and response.status >= 400):
            self._note(f"status {response.status}: {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # A 422 or a lost network is no fault of a page; files and 5xx are looked at above.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._note(f"console: {message.text} ({message.location.get('url')})")

    def _note(self, fault: str) -> None:
        if not any(part in fault for part in self.expected):
            self.faults.append(fault)


@pytest.fixture(scope="session")
def prepared_site() -> Iterator[Site]:
    """The site with the starter package, on a database of its own, served by granian."""
    with tempfile.TemporaryDirectory(prefix="doorzien-journeys-") as name:
        folder = Path(name)
        (folder / "providers.toml").write_text(settings_file(NOBODY_ANSWERS), encoding="utf-8")
        record = {
            "TEMPLATES_SEEN": str(folder / "templates-seen"),
            "OIDC_PROVIDERS_FILE": str(folder / "providers.toml"),
        }
        with start_site(**fresh_site(folder), **record) as site:
            yield site


@pytest.fixture(scope="session")
def cast(prepared_site: Site) -> Iterator[Cast]:
    acting = Cast(prepared_site)
    yield acting
    acting.close()


@pytest.fixture(scope="session")
def starter(cast: Cast) -> dict[str, Any]:
    """Slugs and titles of the starter package."""
    return cast.do("pages")


@pytest.fixture(scope="session")
def address(prepared_site: Site) -> str:
    return prepared_site.base_url


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture
def watcher(address: str) -> Iterator[Watcher]:
    """Fails the test afterwards when a page broke the policy or called somebody else."""
    watching = Watcher(address)
    yield watching
    assert watching.faults == []
    assert watching.strangers == []


@pytest.fixture
def visit(browser: Browser, address: str, watcher: Watcher) -> Iterator[Callable[..., Page]]:
    """A new device with one open page. ``width`` in CSS pixels; the rest as Playwright has it."""
    contexts: list[BrowserContext] = []

    def new_device(*, width: int = 1280, has_script: bool = True, **options: Any) -> Page:
        options.setdefault("viewport", {"width": width, "height": 740 if width < 700 else 900})
        context = browser.new_context(
            base_url=address, locale="nl-NL", java_script_enabled=has_script, **options
        )
        context.set_default_timeout(PATIENCE_IN_MS)
        watcher.watch(context)
        contexts.append(context)
        return context.new_page()

    yield new_device
    for context in contexts:
        context.close()


@pytest.fixture(params=[1280, 360], ids=["wide", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    """Every journey is made twice: on a desk and on a phone."""
    return request.param
