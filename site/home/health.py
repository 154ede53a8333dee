"""What an operator's tools ask: is it alive, is it ready, whom do I tell, what may I index."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

log = structlog.get_logger("doorzien.health")
SECURITY_TXT_DAYS = 180  # RFC 9116 asks for less than a year
_is_migrated = False


class NotReadyError(Exception):
    """Why this process should get no requests; for our own log only."""


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers. Says nothing about the database: a restart would not mend that."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def check_ready() -> None:
    """Raises when an answer could not be saved now. 1 query; more until migrations are seen."""
    global _is_migrated
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('transaction_read_only')")
            if cursor.fetchone()[0] == "on":
                raise NotReadyError("database is read-only")
        else:
            cursor.execute("SELECT 1")
            path = str(connection.settings_dict["NAME"])
            if os.path.exists(path) and not os.access(path, os.W_OK):
                raise NotReadyError("database is read-only")
    if not _is_migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReadyError("migrations are missing")
        _is_migrated = True


@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether this process can save answers. The reason of a no is in the log, not here."""
    try:
        check_ready()
    except (DatabaseError, InterfaceError, NotReadyError) as error:
        log.error("not_ready", reason=type(error).__name__)
        return HttpResponse("not ready\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Where to report a hole (RFC 9116, S-81)."""
    expires = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
        days=SECURITY_TXT_DAYS
    )
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots_txt(_request: HttpRequest) -> HttpResponse:
    """Lessons may be found by search engines; a learner's and a teacher's pages not."""
    # Nor what somebody chose in the list: a thousand lists of the same lessons.
    chosen = f"{reverse('lessons:catalogue')}?"
    closed = [reverse("home:mine"), "/docent/", "/account/", "/mee/", "/terug/", chosen]
    lines = [
        "User-agent: *",
        *[f"Disallow: {path}" for path in closed],
        f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
