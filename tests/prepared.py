"""Databases that are migrated once and copied ever after.

Running every migration takes half a minute; a copy takes a fraction of a second. They
live under ``var/test-templates/`` under a name that changes with the migrations.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "var" / "test-templates"
SAFE_SETTINGS = "tests.durability.settings"
JOURNEY_SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.journeys.settings"}
JOURNEY_STATIC = ROOT / "var" / "journeys" / "static"


@cache
def migrations_name() -> str:
    """Changes when a migration of ours, an app that is installed or the version of a package
    changes."""
    digest = hashlib.sha256()
    files = [
        *ROOT.glob("*/migrations/*.py"),
        *ROOT.glob("site/*/migrations/*.py"),
        ROOT / "requirements" / "base.txt",
        ROOT / "site" / "config" / "settings" / "base.py",
    ]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def site_environment(database_url: str, **more: str) -> dict[str, str]:
    """The environment in which a process of the site finds this database."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}
        and not name.startswith(("COV_", "COVERAGE"))
    }
    return {
        **inherited,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": SAFE_SETTINGS,
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def run_python(*arguments: str, database_url: str, **more: str) -> str:
    """Runs Python in the site's environment; its output. Raises when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=site_environment(database_url, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{arguments} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def migrate(database_url: str) -> None:
    run_python("manage.py", "migrate", "--verbosity=0", database_url=database_url)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Two suites that start together prepare one database between them."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepared_sqlite() -> Path:
    """A migrated SQLite file; copy it, do not write to it."""
    path = TEMPLATES / f"{migrations_name()}.sqlite3"
    with one_at_a_time("sqlite"):
        if not path.exists():
            for old in TEMPLATES.glob("*.sqlite3*"):
                old.unlink()
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            migrate(f"sqlite:///{unfinished}")
            for leftover in TEMPLATES.glob("*.unfinished-*"):
                leftover.unlink()
            unfinished.rename(path)
    return path


def fresh_sqlite(folder: Path, name: str = "doorzien.sqlite3") -> str:
    """A migrated database of its own in this folder; its ``DATABASE_URL``."""
    path = folder / name
    shutil.copyfile(prepared_sqlite(), path)
    return f"sqlite:///{path}"


@cache
def site_name() -> str:
    """Changes with any file that a site is prepared from: code, packages, static files."""
    digest = hashlib.sha256()
    folders = ("lessons", "media", "quizzes", "site", "tests/journeys")
    files = [path for name in folders for path in (ROOT / name).rglob("*") if path.is_file()]
    made = {".pyc", ".mo"}
    for path in sorted(path for path in files if path.suffix not in made):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    digest.update((ROOT / "requirements" / "base.txt").read_bytes())
    return digest.hexdigest()[:16]


def prepared_site() -> Path:
    """A folder with the database and the uploads of a prepared site; copy it.

    One at most: its static files, which all share, are those of the site prepared last.
    """
    path = TEMPLATES / f"site-{site_name()}"
    with one_at_a_time("journeys"):
        if not (path.exists() and (JOURNEY_STATIC / "staticfiles.json").exists()):
            for old in TEMPLATES.glob("site-*"):
                shutil.rmtree(old)
            unfinished = TEMPLATES / "site-unfinished"
            (unfinished / "uploads").mkdir(parents=True)
            run_python(
                "manage.py", "prepare", database_url=fresh_sqlite(unfinished),
                JOURNEY_UPLOADS=str(unfinished / "uploads"), **JOURNEY_SETTINGS,
            )  # fmt: skip
            unfinished.rename(path)
    return path


def fresh_site(folder: Path) -> dict[str, str]:
    """A prepared site of its own in this folder; the environment in which it is found."""
    source = prepared_site()
    copy = folder / "doorzien.sqlite3"
    # Not the file: what was written last may stand in a log beside it.
    with (
        closing(sqlite3.connect(source / copy.name)) as made,
        closing(sqlite3.connect(copy)) as own,
    ):
        made.backup(own)
    shutil.copytree(source / "uploads", folder / "uploads")
    return {
        "database_url": f"sqlite:///{copy}",
        "JOURNEY_UPLOADS": str(folder / "uploads"),
        **JOURNEY_SETTINGS,
    }
