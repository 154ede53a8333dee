"""When a class is over. Plain Python.

A school year begins on 1 August (Dutch law on primary and secondary education; summer holidays
are over in September at the latest).
"""

from __future__ import annotations

from datetime import date

FIRST_MONTH = 8
# The day on which what is over goes into the archive by itself; announced from 1 August.
ARCHIVING_DAY = (10, 1)
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


def archives_on(today: date) -> date | None:
    """When classes of earlier school years go into the archive; ``None`` when that day is past."""
    day = date(today.year, *ARCHIVING_DAY)
    return day if today.month >= FIRST_MONTH and today < day else None


def over_before(today: date) -> date | None:
    """Classes of before this day may go into the archive by themselves; ``None`` while their
    teachers are still told so."""
    return None if archives_on(today) else date(school_year(today), FIRST_MONTH, 1)
