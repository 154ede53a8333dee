"""When a class is over. Plain Python.

A school year begins on 1 August (Dutch law on primary and secondary education; summer holidays
are over in September at the latest).
"""

from __future__ import annotations

from datetime import date

FIRST_MONTH = 8
# How long a class stays in the archive, from where it can be taken back.
ARCHIVE_DAYS = 60


def school_year(day: date) -> int:
    """The year in which the school year of this day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def shown(year: int) -> str:
    return f"{year}-{year + 1}"


def is_over(made_on: date, *, today: date) -> bool:
    """Whether a class that was made then is of an earlier school year."""
    return school_year(made_on) < school_year(today)
