"""How often something may go wrong before we stop listening.

Counted in the database, so that every process and every node counts in the same place
and two guesses in the same instant are two (S-34). Only failures are counted.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import LimitWindow

log = structlog.get_logger("doorzien.limits")


def client_address(request: HttpRequest) -> str:
    """The address that a limit counts.

    ``X-Forwarded-For`` is believed only as far as our own proxies wrote it
    (``TRUSTED_PROXY_COUNT``): what stands left of that, a client can invent.
    """
    hops = settings.TRUSTED_PROXY_COUNT
    if hops:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        if len(forwarded) >= hops:
            return forwarded[-hops].strip()
    return request.META.get("REMOTE_ADDR", "")


def _row(limit: str, subject: str, now: float) -> tuple[str, int, int, datetime]:
    most, seconds = settings.LIMITS[limit]
    day = time.strftime("%Y%m%d", time.gmtime(now))
    key = salted_hmac(f"accounts.limits.{limit}", f"{day}:{subject}", algorithm="sha256")
    expires_at = datetime.fromtimestamp(now, tz=UTC) + timedelta(days=1)
    return key.hexdigest(), int(now // seconds), most, expires_at


def is_over(limits: dict[str, str], *, now: float | None = None) -> bool:
    """Whether any of these limits (name → subject) is used up. 1 query."""
    now = time.time() if now is None else now
    rows = [_row(limit, subject, now) for limit, subject in limits.items()]
    conditions = " OR ".join(["(key = %s AND period = %s AND count >= %s)"] * len(rows))
    values = [value for key, period, most, _expires in rows for value in (key, period, most)]
    with connection.cursor() as cursor:  # written out: all who join ask it
        cursor.execute(
            f"SELECT 1 FROM accounts_limitwindow WHERE {conditions} LIMIT 1",  # noqa: S608
            values,
        )
        return cursor.fetchone() is not None


def count_failure(limits: dict[str, str], *, now: float | None = None) -> None:
    """Counts one failure under each limit. 1 query each, 2 for the first in a window."""
    now = time.time() if now is None else now
    for limit, subject in limits.items():
        key, period, most, expires_at = _row(limit, subject, now)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_limitwindow (key, period, count, expires_at) "
                "VALUES (%s, %s, 1, %s) "
                "ON CONFLICT (key, period) DO UPDATE "
                "SET count = accounts_limitwindow.count + 1 RETURNING count",
                [key, period, expires_at],
            )
            count = cursor.fetchone()[0]
        if count == 1:
            # Once in a window is often enough to keep the promise of one day.
            LimitWindow.objects.filter(expires_at__lt=datetime.fromtimestamp(now, tz=UTC)).delete()
        if count == most:
            # The alarm of S-30: an operator's log watcher picks this event up.
            log.error("limit_reached", limit=limit)
