"""A database that could lose an answer is named (R-04)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from config import checks


class FakeCursor:
    """Answers what a server with these settings would."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked = ""

    def __enter__(self) -> FakeCursor:
        return self

    def __exit__(self, *_args: Any) -> None:
        pass

    def execute(self, sql: str, parameters: Any = ()) -> None:
        self.asked = parameters[0] if parameters else sql

    def fetchone(self) -> tuple[Any]:
        return (self.answers[self.asked],)


class FakeConnection:
    def __init__(self, vendor: str, answers: dict[str, Any]) -> None:
        self.vendor = vendor
        self.answers = answers

    def cursor(self) -> FakeCursor:
        return FakeCursor(self.answers)


SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@pytest.mark.parametrize("name", SAFE)
def test_each_unsafe_setting_of_postgresql_is_named(name: str) -> None:
    assert checks.durability_faults(FakeConnection("postgresql", SAFE)) == []
    faults = checks.durability_faults(FakeConnection("postgresql", {**SAFE, name: "off"}))
    assert faults == [f"{name} is off"]


@pytest.mark.parametrize(
    ("level", "journal", "count"), [(2, "wal", 0), (3, "delete", 0), (1, "wal", 1), (0, "off", 2)]
)
def test_each_unsafe_setting_of_sqlite_is_named(level: int, journal: str, count: int) -> None:
    answers = {"PRAGMA synchronous": level, "PRAGMA journal_mode": journal}
    assert len(checks.durability_faults(FakeConnection("sqlite", answers))) == count


@pytest.mark.django_db
def test_this_database_would_keep_an_answer() -> None:
    """The control of both: the settings that tests and laptops have, asked for real."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == 2


def test_the_check_asks_only_about_the_databases_that_it_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "durability_faults", lambda _connection: ["fsync is off"])
    assert checks.durable_database(databases=None) == []
    (error,) = checks.durable_database(databases=["default"])
    assert error.id == "doorzien.E001"
    assert "fsync is off" in error.msg


def test_a_server_refuses_an_unsafe_database_and_not_one_that_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks.connections, "all", lambda: [Away()])
    monkeypatch.setattr(checks, "durability_faults", lambda _connection: ["fsync is off"])
    with pytest.raises(ImproperlyConfigured, match="fsync is off"):
        checks.refuse_unsafe_database()

    def away(_connection: Any) -> list[str]:
        raise DatabaseError

    monkeypatch.setattr(checks, "durability_faults", away)
    checks.refuse_unsafe_database()


class Away:
    def close(self) -> None:
        pass


def test_the_translations_of_this_site_are_complete_and_compiled(capsys: Any) -> None:
    call_command("check_translations")
    call_command("compile_translations")


def test_a_missing_translation_is_named(capsys: Any, settings: Any, tmp_path: Any) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    with pytest.raises(CommandError, match="not complete"):
        call_command("check_translations")
    call_command("check_translations", update=True)
    assert (tmp_path / "en" / "LC_MESSAGES" / "django.po").exists()
    with pytest.raises(CommandError, match="not complete"):
        call_command("check_translations")
