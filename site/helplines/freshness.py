"""When a helpline must be looked at again. Plain Python."""

from __future__ import annotations

from datetime import date, timedelta

# Whatever date somebody promised: a number that nobody dialled for half a year is a guess.
LONGEST = timedelta(days=183)


def must_be_checked(*, checked_on: date, check_by: date, today: date) -> bool:
    return today >= check_by or today - checked_on > LONGEST
