"""``site/`` is a folder and never a package; what is imported is this checkout's."""

from __future__ import annotations

import importlib
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = [
    *["lessons", "media", "quizzes", "accounts", "classrooms", "config", "helplines", "home"],
    *["organisations", "printing", "privacy", "progress", "reports", "signals"],
]


@pytest.mark.parametrize("name", ["__init__.py", "sitecustomize.py", "usercustomize.py"])
def test_site_holds_no_file_that_the_interpreter_would_run(name: str) -> None:
    assert not (ROOT / "site" / name).exists()


def test_importing_site_gives_the_standard_library(tmp_path: Path) -> None:
    program = "import site; print(site.__file__)"
    for folder in (ROOT, tmp_path):
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == str(Path(sysconfig.get_path("stdlib")) / "site.py")


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_come_from_this_checkout(name: str) -> None:
    module = importlib.import_module(name)
    assert ROOT in Path(str(module.__file__)).parents


def test_every_package_of_the_site_is_listed_for_the_install() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for package in (path.parent for path in (ROOT / "site").glob("*/__init__.py")):
        assert f'"site/{package.name}"' in project


@pytest.mark.parametrize("app", PACKAGES)
def test_no_module_is_called_after_nothing(app: str) -> None:
    folder = ROOT / app if (ROOT / app).is_dir() else ROOT / "site" / app
    drawers = {path.stem for path in folder.rglob("*.py")}
    assert not drawers & {"utils", "helpers", "common", "core", "misc", "services"}
