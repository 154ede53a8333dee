"""How long a class may be open for joining. Plain Python.

Fourteen days at most: the shorter a code is open, the less there is to guess
(docs/decisions/0004-class-codes.md).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

LONGEST_DAYS = 14


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The midnight that ends this day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def is_allowed(*, until: datetime, now: datetime) -> bool:
    """Whether joining may stay open until then: not in the past, at most fourteen days."""
    return now < until <= now + timedelta(days=LONGEST_DAYS + 1)
