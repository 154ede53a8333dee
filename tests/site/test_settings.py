"""Production settings refuse what would be unsafe, and say what it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres_server import start_postgres

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "k3" * 30,
    "ALLOWED_HOSTS": "doorzien.example",
    "BASE_URL": "https://doorzien.example",
    "DATABASE_URL": "sqlite:////dev/null",
    "DEFAULT_FROM_EMAIL": "post@doorzien.example",
    "SECURITY_CONTACT": "mailto:veilig@doorzien.example",
}


def start(
    *arguments: str, settings: str = "config.settings.production", **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """Runs Python under production settings, with these variables and no others of ours."""
    ours = {**GOOD, "DJANGO_SETTINGS_MODULE": settings, **environment}
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**inherited, **{name: value for name, value in ours.items() if value is not None}},
        capture_output=True,
        text=True,
        timeout=120,
    )


READ = ("-c", "from django.conf import settings; print(settings.DEBUG, settings.ALLOW_DEMO)")


def test_good_settings_start_without_debug_and_without_demo() -> None:
    done = start(*READ)
    assert (done.returncode, done.stdout.strip()) == (0, "False False"), done.stderr


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_missing_variable_is_named(name: str) -> None:
    done = start(*READ, **{name: None})
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is a default or too short"),
        ("SECRET_KEY", "not-secret" * 6, "SECRET_KEY is a default or too short"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS may not be '*'"),
        ("BASE_URL", "http://doorzien.example", "BASE_URL must start with https://"),
        ("DEBUG", "1", "DEBUG may not be on"),
    ],
)
def test_an_unsafe_value_is_refused(name: str, value: str, says: str) -> None:
    done = start(*READ, **{name: value})
    assert done.returncode != 0
    assert says in done.stderr


def test_production_refuses_the_demo(tmp_path: Path) -> None:
    done = start("manage.py", "load_demo", DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}")
    assert done.returncode != 0
    assert "These settings refuse the demo" in done.stderr


SERVE = ("-c", "import config.wsgi")


@pytest.mark.parametrize("level", ["OFF", "NORMAL"])
def test_a_server_does_not_start_where_sqlite_does_not_sync(tmp_path: Path, level: str) -> None:
    """R-04"""
    done = start(
        *SERVE,
        settings="tests.site.unsafe_settings",
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
        SQLITE_SYNCHRONOUS=level,
    )
    assert done.returncode != 0
    assert "would not survive a power cut: PRAGMA synchronous is" in done.stderr


def test_a_server_starts_where_sqlite_syncs(tmp_path: Path) -> None:
    done = start(*SERVE, DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}")
    assert done.returncode == 0, done.stderr


def test_a_server_starts_without_its_database_to_serve_the_help_pages(tmp_path: Path) -> None:
    done = start(*SERVE, DATABASE_URL=f"sqlite:///{tmp_path / 'missing' / 'db.sqlite3'}")
    assert done.returncode == 0, done.stderr


def test_the_system_check_names_an_unsafe_database(tmp_path: Path) -> None:
    """R-04"""
    done = start(
        *("manage.py", "check", "--database", "default"),
        settings="tests.site.unsafe_settings",
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
        SQLITE_SYNCHRONOUS="NORMAL",
    )
    assert done.returncode != 0
    assert "doorzien.E001" in done.stderr


@pytest.mark.postgres
@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit", "full_page_writes"])
def test_a_server_does_not_start_where_postgresql_does_not_sync(setting: str) -> None:
    """R-04"""
    with start_postgres(**{setting: "off"}) as server:
        done = start(*SERVE, DATABASE_URL=server.url)
    assert done.returncode != 0
    assert f"would not survive a power cut: {setting} is off" in done.stderr


@pytest.mark.postgres
def test_a_server_starts_where_postgresql_syncs() -> None:
    with start_postgres() as server:
        done = start(*SERVE, DATABASE_URL=server.url)
    assert done.returncode == 0, done.stderr
