"""When a certificate is earned. Plain Python.

The rule: every lesson of the path was done, and every check in it was passed, since the
certificate before it. Work on more than one device counts together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from certificates.validity import add_months

EVERY_FORM = "all"  # of a question about no form in particular


@dataclass(frozen=True, slots=True)
class LessonWork:
    """A lesson of the path, which forms it is about, and when it was done."""

    key: str
    forms: frozenset[str]
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Pass:
    """A check that was passed: when, in which edition, and about which forms it asked."""

    at: datetime
    on: date
    edition: int
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CheckWork:
    """A check of the path, and its newest pass that counts."""

    key: str
    passed: Pass | None


@dataclass(frozen=True, slots=True)
class Standing:
    lessons: Sequence[LessonWork]
    checks: Sequence[CheckWork]

    @property
    def done_count(self) -> int:
        return sum(lesson.done_on is not None for lesson in self.lessons) + sum(
            check.passed is not None for check in self.checks
        )

    @property
    def count(self) -> int:
        return len(self.lessons) + len(self.checks)

    @property
    def is_earned(self) -> bool:
        """Never for a path without a lesson or without a check: 0 of 0 is not all."""
        return bool(self.lessons) and bool(self.checks) and self.done_count == self.count

    @property
    def last_pass(self) -> Pass | None:
        passes = [check.passed for check in self.checks if check.passed]
        return max(passes, key=lambda one: one.at, default=None)

    @property
    def first_pass(self) -> Pass | None:
        """The oldest of what counts: from there the certificate counts."""
        passes = [check.passed for check in self.checks if check.passed]
        return min(passes, key=lambda one: one.at, default=None)


def has_passed(*, won: int, available: int, pass_percent: int) -> bool:
    """As the result says it: whole per cent, rounded down."""
    return available > 0 and 100 * won // available >= pass_percent


def newest_pass(
    passes: Iterable[Pass], *, after: datetime | None, months: int, today: date
) -> Pass | None:
    """The one that counts; not what was passed for an earlier certificate, nor so long ago
    that a certificate for it would have ended."""
    counted = [
        one
        for one in passes
        if (after is None or one.at > after) and add_months(one.on, months) >= today
    ]
    return max(counted, key=lambda one: one.at, default=None)


def dates_of_forms(forms: Sequence[str], standing: Standing) -> Mapping[str, date]:
    """The day on which each form was last dealt with: in a lesson or in a passed check.

    A form that no lesson and no question names was dealt with in the whole path: the day of
    its last part. Meant for work that is earned.
    """
    parts: list[tuple[frozenset[str], date]] = [
        (lesson.forms, lesson.done_on) for lesson in standing.lessons if lesson.done_on
    ]
    parts += [(check.passed.forms, check.passed.on) for check in standing.checks if check.passed]
    if not parts:
        return {}
    last = max(day for _forms, day in parts)
    return {
        form: max((day for found, day in parts if form in found), default=last) for form in forms
    }
