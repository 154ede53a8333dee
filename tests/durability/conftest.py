"""Real databases and a real server for each test of durability."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.postgres_server import Postgres, start_postgres
from tests.prepared import fresh_sqlite, run_python

BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgresql", id="postgresql", marks=pytest.mark.postgres),
]


@dataclass(frozen=True)
class Seeded:
    """A database with a published quiz, and what is known about it."""

    url: str
    known: dict[str, Any]


def seed(url: str, *flags: str, learners: int = 30) -> Seeded:
    output = run_python(
        "-m", "tests.durability.seed", str(learners), *flags, database_url=url, LOG_LEVEL="ERROR"
    )
    return Seeded(url, json.loads(output.splitlines()[-1]))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for all; each test makes a database of its own in it."""
    with start_postgres() as server:
        yield server


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database; parametrise indirectly with ``BOTH``."""
    if request.param == "sqlite":
        return fresh_sqlite(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return server.fresh_database(f"test_{tmp_path.name.replace('-', '_')[:40]}".lower())
