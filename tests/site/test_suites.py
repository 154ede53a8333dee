"""A suite that was left out says so, and fails where everything is required."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres_programs
from tests.suites import ROOT, is_this_machine

TEST = """
import pytest

@pytest.mark.{marker}
def test_with_a_tool():
    pass

def test_without():
    pass
"""


def run(tmp_path: Path, *, marker: str = "html", require_all: str = "0", path: str) -> str:
    test = tmp_path / "test_it.py"
    test.write_text(TEST.format(marker=marker))
    settings = tmp_path / "pytest.ini"  # no Django: this is about what is left out
    settings.write_text("[pytest]\naddopts = -p tests.suites -p no:django -p no:cacheprovider\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", settings, "-q", "-rN", test],
        cwd=ROOT,
        env={**os.environ, "REQUIRE_ALL": require_all, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return f"exit {done.returncode}\n{done.stdout}"


def test_a_missing_tool_leaves_its_suite_out_by_name(tmp_path: Path) -> None:
    said = run(tmp_path, path="/nowhere")
    assert said.startswith("exit 0")
    assert "LEFT OUT: suite 'html' (1 tests): needs Java" in said
    assert "1 passed, 1 skipped" in said


def test_a_missing_tool_fails_where_everything_is_required(tmp_path: Path) -> None:
    said = run(tmp_path, path="/nowhere", require_all="1")
    assert said.startswith("exit 1")
    assert "suite 'html' needs Java" in said


def test_any_other_skipped_test_fails_there_too(tmp_path: Path) -> None:
    said = run(tmp_path, marker="skip", path=os.environ["PATH"], require_all="1")
    assert said.startswith("exit 1")
    assert "REQUIRE_ALL=1 and 1 skipped" in said


@pytest.fixture
def _only_the_wheel(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(postgres_programs, "DEBIAN", Path("/nowhere"))
    postgres_programs.find_programs.cache_clear()
    yield
    postgres_programs.find_programs.cache_clear()


@pytest.mark.postgres
@pytest.mark.usefixtures("_only_the_wheel")
def test_postgresql_comes_with_the_lock_file_and_needs_nothing_installed() -> None:
    assert postgres_programs.find_initdb() is not None
    assert postgres_programs.runs(postgres_programs.find_programs())


@pytest.mark.postgres
@pytest.mark.usefixtures("_only_the_wheel")
def test_programs_where_only_root_may_look_are_copied_to_where_postgresql_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wheel = postgres_programs.wheel_folder()
    runs = postgres_programs.runs
    monkeypatch.setattr(postgres_programs, "system_user", lambda: "nobody")
    monkeypatch.setattr(postgres_programs, "runs", lambda folder: folder != wheel)
    copied = postgres_programs.find_programs()
    assert copied != wheel
    monkeypatch.undo()
    assert runs(copied)


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("/run/postgresql/.s.PGSQL.5432", True),
        (("127.0.0.1", 80), True),
        (("127.8.8.8", 80), True),
        (("::1", 80, 0, 0), True),
        (("localhost", 80), True),
        (("203.0.113.7", 80), False),
        (("10.0.0.1", 80), False),
        (("doorzien.example", 443), False),
    ],
)
def test_only_this_machine_may_be_reached(address: object, is_ours: bool) -> None:
    assert is_this_machine(address) is is_ours
