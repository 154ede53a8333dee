"""When a helpline must be looked at again. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

# Whatever date somebody promised: a number that nobody dialled for half a year is a guess.
LONGEST = timedelta(days=183)


def due_on(*, checked_on: date, check_by: date) -> date:
    """The day from which it must be looked at."""
    return min(check_by, checked_on + LONGEST + timedelta(days=1))


def must_be_checked(*, checked_on: date, check_by: date, today: date) -> bool:
    return today >= due_on(checked_on=checked_on, check_by=check_by)
