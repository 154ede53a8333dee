"""What saves an answer has SQL of its own on PostgreSQL: its tests are run on one as well."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.db.utils import ConnectionHandler
from environ import Env

from tests.postgres_server import start_postgres
from tests.prepared import ROOT

FILES = ["test_answering.py", "test_any_sequence.py", "test_kinds_of_quiz.py"]


@pytest.mark.slow
def test_answering_works_the_same_on_postgresql() -> None:
    """R-08, R-13, S-21 and the rest of these files."""
    with start_postgres() as postgres:
        postgres.fresh_database("test_doorzien")
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("COV_", "COVERAGE", "PYTEST_"))
        }
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "--quiet", "--reuse-db", "-p", "no:cacheprovider",
             *(f"tests/quizzes/{name}" for name in FILES)],
            cwd=ROOT, env={**environment, "DATABASE_URL": postgres.url},
            capture_output=True, text=True,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
    assert " skipped" not in done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_a_connection_that_the_server_ended_is_noticed_without_asking_it(
    django_db_blocker: Any,
) -> None:
    with django_db_blocker.unblock(), start_postgres() as postgres:
        known = {"default": {**Env.db_url_config(postgres.url), "ENGINE": "config.postgresql"}}
        ours, other = ConnectionHandler(known)["default"], ConnectionHandler(known)["default"]
        with ours.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        assert ours.is_usable()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            assert cursor.fetchone() == (True,)
        assert not ours.is_usable()
        other.close()
        ours.close()
