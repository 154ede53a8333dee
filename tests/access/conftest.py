"""One world for all routes of a module: making it takes longer than a hundred requests.

A module that uses it carries ``pytest.mark.django_db``: each test then runs in a
transaction of its own, inside the one in which the world was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.access.world import World, make_world


@pytest.fixture(scope="module")
def shared_world(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    uploads = tmp_path_factory.mktemp("uploads")
    with (
        override_settings(MEDIA_ROOT=uploads),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world: World, db: None) -> World:
    """The world as it was made, whatever the test before did to it."""
    return shared_world
