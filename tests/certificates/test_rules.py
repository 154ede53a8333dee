"""The rules of a certificate, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.earning import (
    CheckWork,
    LessonWork,
    Pass,
    Standing,
    dates_of_forms,
    has_passed,
    newest_pass,
)
from certificates.numbers import ALPHABET, LENGTH, new_number, shown
from certificates.validity import (
    REMIND_AT_DAYS,
    State,
    add_months,
    may_renew,
    reminder_due,
    state,
)

days = st.dates(date(2020, 1, 1), date(2090, 1, 1))
TODAY = date(2026, 11, 27)


def passed(day: date, *forms: str) -> Pass:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Pass(at=at, on=day, edition=1, forms=frozenset(forms))


def lesson(done: date | None, *forms: str) -> LessonWork:
    return LessonWork("a", frozenset(forms), done)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 27), 12, date(2027, 11, 27)),
        (date(2026, 11, 27), 1, date(2026, 12, 27)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(days, st.integers(0, 60))
def test_so_many_months_later_lies_in_that_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("until", "is_revoked", "is_replaced", "expected"),
    [
        (TODAY, False, False, State.VALID),  # the last day counts
        (TODAY - timedelta(days=1), False, False, State.EXPIRED),
        (TODAY, False, True, State.REPLACED),
        (TODAY, True, True, State.REVOKED),
        (TODAY - timedelta(days=1), True, False, State.REVOKED),
    ],
)
def test_the_state_says_first_what_matters_most(
    until: date, is_revoked: bool, is_replaced: bool, expected: State
) -> None:
    found = state(valid_until=until, today=TODAY, is_revoked=is_revoked, is_replaced=is_replaced)
    assert found is expected


@given(days, st.integers(-400, 400))
def test_renewing_opens_sixty_days_before_the_end_and_stays_open(until: date, ahead: int) -> None:
    today = until - timedelta(days=ahead)
    assert may_renew(valid_until=until, today=today) == (ahead <= 60)


@pytest.mark.parametrize(
    ("left", "sent", "expected"),
    [
        (61, [], None),
        (60, [], 60),
        (59, [60], None),
        (15, [], 60),
        (14, [60], 14),
        (14, [], 14),  # the machine stood still: the later one says it all
        (13, [14], None),
        (0, [60], 14),
        (-1, [], None),
    ],
)
def test_a_reminder_is_due_once(left: int, sent: list[int], expected: int | None) -> None:
    until = TODAY + timedelta(days=left)
    assert reminder_due(valid_until=until, today=TODAY, sent=sent) == expected


@given(st.sets(st.integers(0, 120)))
def test_however_often_the_timer_runs_each_reminder_goes_once(runs: set[int]) -> None:
    until, sent = TODAY + timedelta(days=120), []
    for day in sorted(runs):
        due = reminder_due(valid_until=until, today=TODAY + timedelta(days=day), sent=sent)
        if due is not None:
            sent.append(due)
    assert len(sent) == len(set(sent))
    assert set(sent) <= set(REMIND_AT_DAYS)
    assert sent == sorted(sent, reverse=True)


@pytest.mark.parametrize(
    ("lessons", "checks", "earned"),
    [
        ([], [], False),  # 0 of 0 is not all
        ([lesson(TODAY)], [], False),
        ([], [CheckWork("q", passed(TODAY))], False),
        ([lesson(None)], [CheckWork("q", passed(TODAY))], False),
        ([lesson(TODAY)], [CheckWork("q", None)], False),
        ([lesson(TODAY)], [CheckWork("q", passed(TODAY))], True),
        ([lesson(TODAY), lesson(None)], [CheckWork("q", passed(TODAY))], False),
        ([lesson(TODAY)], [CheckWork("q", passed(TODAY)), CheckWork("r", None)], False),
    ],
)
def test_a_certificate_takes_every_lesson_and_every_check(
    lessons: list[LessonWork], checks: list[CheckWork], earned: bool
) -> None:
    assert Standing(lessons, checks).is_earned is earned


@pytest.mark.parametrize(
    ("won", "available", "needed", "expected"),
    [(8, 10, 80, True), (79, 100, 80, False), (5, 9, 56, False), (0, 0, 0, False), (0, 9, 0, True)],
)
def test_passing_is_what_the_result_says(
    won: int, available: int, needed: int, expected: bool
) -> None:
    assert has_passed(won=won, available=available, pass_percent=needed) is expected


def test_a_pass_of_before_the_last_certificate_counts_no_more() -> None:
    old, new = passed(date(2026, 1, 1)), passed(date(2026, 6, 1))
    asked = {"months": 12, "today": TODAY}
    assert newest_pass([new, old], after=None, **asked) == new
    assert newest_pass([new, old], after=old.at, **asked) == new
    assert newest_pass([new, old], after=new.at, **asked) is None


def test_a_pass_of_too_long_ago_counts_no_more() -> None:
    old = passed(date(2025, 11, 27))
    assert newest_pass([old], after=None, months=12, today=TODAY) == old
    assert newest_pass([old], after=None, months=12, today=TODAY + timedelta(days=1)) is None


def test_each_form_has_the_day_on_which_it_was_last_dealt_with() -> None:
    first, second, third = (date(2026, month, 1) for month in (1, 2, 3))
    standing = Standing(
        [lesson(first, "labour", "sexual"), lesson(second, "sexual")],
        [CheckWork("q", passed(third, "labour"))],
    )
    dates = dates_of_forms(["sexual", "labour", "organs"], standing)
    assert dates == {"sexual": second, "labour": third, "organs": third}
    assert list(dates) == ["sexual", "labour", "organs"]


def test_a_number_cannot_be_guessed_and_has_no_signs_that_look_alike() -> None:
    numbers = {new_number() for _time in range(200)}
    assert len(numbers) == 200
    assert len(ALPHABET) ** LENGTH >= 2**128
    assert not set("01il") & set("".join(numbers))
    assert shown("2" * 26).count(" ") == 6
