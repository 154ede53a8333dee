"""What an operator's tools ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from home import health


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_is_migrated", False)


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise OperationalError("could not connect to db.internal as doorzien")

    monkeypatch.setattr(connection, "cursor", fail)


def test_it_is_alive_and_ready(client: Client, db: None) -> None:
    assert (client.get("/healthz/live").status_code, client.get("/healthz/ready").status_code) == (
        200,
        200,
    )


def test_ready_asks_one_thing_once_migrations_are_seen(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/healthz/ready")
    with django_assert_num_queries(1):
        client.get("/healthz/ready")


def test_without_a_database_it_is_alive_and_not_ready(client: Client, no_database: None) -> None:
    assert client.get("/healthz/live").status_code == 200
    response = client.get("/healthz/ready")
    assert response.status_code == 503
    assert response["Content-Type"].startswith("text/plain")
    assert response.content == b"not ready\n"  # no host, no user, no reason (S-79)


def test_missing_migrations_are_not_ready(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: [object()]
    )
    assert client.get("/healthz/ready").status_code == 503


def test_a_database_that_cannot_be_written_is_not_ready(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
    else:
        monkeypatch.setattr("home.health.os.path.exists", lambda _path: True)
        monkeypatch.setattr("home.health.os.access", lambda _path, _mode: False)
    assert client.get("/healthz/ready").status_code == 503


def test_security_txt_says_whom_to_tell_and_expires_within_a_year(
    client: Client, settings: Any
) -> None:
    """S-81"""
    settings.SECURITY_CONTACT = "mailto:veilig@doorzien.example"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"].startswith("text/plain")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert fields["Contact"] == "mailto:veilig@doorzien.example"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def test_robots_are_kept_from_what_belongs_to_people(client: Client) -> None:
    closed = client.get("/robots.txt").content.decode()
    for path in ("/mijn/", "/docent/", "/account/"):
        assert f"Disallow: {path}\n" in closed
