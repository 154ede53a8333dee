"""How long a certificate counts, and when somebody is told. Plain Python.

It counts from the day of the check, not from the day on which it was asked for: what somebody
knew a year ago says nothing about today.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

RENEW_FROM_DAYS = 60
REMIND_AT_DAYS = (60, 14)  # before the last day


class State(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REVOKED = "revoked"


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def state(*, valid_until: date, today: date, is_revoked: bool, is_replaced: bool) -> State:
    """What somebody who checks it must know first. The last day still counts."""
    if is_revoked:
        return State.REVOKED
    if is_replaced:
        return State.REPLACED
    return State.EXPIRED if today > valid_until else State.VALID


def renewable_from(valid_until: date) -> date:
    return valid_until - timedelta(days=RENEW_FROM_DAYS)


def may_renew(*, valid_until: date, today: date) -> bool:
    return today >= renewable_from(valid_until)


def reminder_due(*, valid_until: date, today: date, sent: Collection[int]) -> int | None:
    """Which reminder is due: its number of days, or ``None``.

    One at a time: where the machine stood still for weeks, the later one says it all.
    """
    left = (valid_until - today).days
    passed = [days for days in REMIND_AT_DAYS if 0 <= left <= days]
    if not passed or min(passed) in sent:
        return None
    return min(passed)
