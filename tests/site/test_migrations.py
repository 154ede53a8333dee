"""Migrations that move what people made: forward and back, on both databases, with rows there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres_server import start_postgres
from tests.prepared import fresh_sqlite, run_python

# Runs in the site's environment: one process for all steps, as each begins slowly.
ARCHIVE = """
import json
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

BEFORE, AFTER = "0007_add_archived_at_and_kind", "0009_remove_is_archived"

def migrate(to):
    call_command("migrate", "classrooms", to, verbosity=0)
    loader = MigrationExecutor(connection).loader
    nodes = [node for node in loader.applied_migrations if node[0] in ("accounts", "organisations")]
    return loader.project_state([*nodes, ("classrooms", to)]).apps

def look(apps, name):
    rooms = apps.get_model("classrooms", "Classroom").objects.order_by("name")
    return [bool(one) for one in rooms.values_list(name, flat=True)]

apps = migrate(BEFORE)
user = apps.get_model("accounts", "User").objects.create(email="docent@debrug.example")
organisation = apps.get_model("organisations", "Organisation").objects.create(name="De Brug")
for number, is_archived in enumerate([True, False, True]):
    apps.get_model("classrooms", "Classroom").objects.create(
        name=f"{number}a", teacher=user, organisation=organisation, join_code=f"CODE{number}",
        join_opens_at=timezone.now(), join_closes_at=timezone.now(), is_archived=is_archived)
found = [look(migrate(AFTER), "archived_at"), look(migrate(BEFORE), "is_archived"),
         look(migrate(AFTER), "archived_at")]
call_command("migrate", verbosity=0)
print(json.dumps(found))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield fresh_sqlite(tmp_path)
        return
    with start_postgres() as postgres:
        yield postgres.fresh_database("moved")


@pytest.mark.slow
def test_the_archive_keeps_what_was_in_it_forward_and_back(database_url: str) -> None:
    found = json.loads(run_python("-c", ARCHIVE, database_url=database_url))
    assert found == [[True, False, True]] * 3
