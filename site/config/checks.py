"""Refuses to run where "saved" would not mean "on disk" (R-04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

UNSAFE_ON_POSTGRESQL = {
    "fsync": {"off"},
    # "local" and stronger wait for the local disk; "off" answers before it is written.
    "synchronous_commit": {"off"},
    "full_page_writes": {"off"},
}


def durability_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """What about this database could lose an acknowledged answer. Empty is good.

    Asks the server itself, so that a setting made there counts too. 2 to 3 queries.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            level = cursor.fetchone()[0]
            cursor.execute("PRAGMA journal_mode")
            journal = cursor.fetchone()[0]
            faults = []
            if level < 2:
                faults.append(f"PRAGMA synchronous is {level}; it must be FULL (2) or EXTRA (3)")
            if journal in {"off", "memory"}:
                faults.append(f"PRAGMA journal_mode is {journal}; it must be WAL")
            return faults
        faults = []
        for name, unsafe in UNSAFE_ON_POSTGRESQL.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            value = cursor.fetchone()[0]
            if value in unsafe:
                faults.append(f"{name} is {value}")
        return faults


@register(Tags.database)
def durable_database(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    if settings.DEBUG or not databases:
        return []
    return [
        Error(
            f"Answers in database '{alias}' would not survive a power cut: {fault}.",
            hint="Set it on the database server, or remove the override.",
            id="doorzien.E001",
        )
        for alias in databases
        for fault in durability_faults(connections[alias])
    ]


def refuse_unsafe_database() -> None:
    """Stops a server from starting where an acknowledged answer could be lost (R-04).

    Raises ``ImproperlyConfigured``. A database that cannot be reached now is not a reason:
    the help pages must be served without one, and nothing is saved until it is there.
    """
    for connection in connections.all():
        try:
            faults = durability_faults(connection)
        except DatabaseError:
            continue
        finally:
            connection.close()
        if faults:
            raise ImproperlyConfigured(
                "Answers would not survive a power cut: " + "; ".join(faults) + "."
            )


@register(Tags.security, deploy=True)
def second_factor(**_kwargs: Any) -> list[CheckMessage]:
    """Editors sign in in two steps, whatever somebody wrote in the settings."""
    is_there = "accounts.middleware.SecondFactorMiddleware" in settings.MIDDLEWARE
    guarded = {settings.ADMIN_URL} <= set(settings.SECOND_FACTOR_PATHS)
    if settings.SECOND_FACTOR_REQUIRED and is_there and guarded:
        return []
    return [
        Error(
            "Editors could sign in with a password alone.",
            hint="Leave SECOND_FACTOR_REQUIRED, SECOND_FACTOR_PATHS and its middleware alone.",
            id="doorzien.E002",
        )
    ]
