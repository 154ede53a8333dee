"""Who in a class may need a word from the teacher, and why. Plain Python.

One reason for each learner, the first that holds:

- *not started*: nothing of what was given, while at least half of the others have begun;
- *away*: did not take part on the last two lesson days or more. A *lesson day* is one on which at
  least two learners, and a quarter of the class, did something: the day of the class and never a
  moment of the learner is what a screen says (P-05);
- *late*: the day by which something was due is over, and it is not done;
- *stuck*: busy with something that two thirds of those who were given it have done.

Our own rules, made to be few and explainable; the shares are choices, not measurements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from progress.completion import State

MISSED_LESSONS = 2
LEAST_ON_A_LESSON_DAY = 2


class Reason(StrEnum):
    NOT_STARTED = "not_started"
    AWAY = "away"
    LATE = "late"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner: per column the state, ``None`` where it was not given, and the days on which
    they did something."""

    nickname: str
    states: tuple[State | None, ...]
    days: frozenset[date] = frozenset()

    @property
    def given(self) -> list[State]:
        return [state for state in self.states if state is not None]

    @property
    def has_begun(self) -> bool:
        return any(state is not State.NOT_STARTED for state in self.given)

    @property
    def is_done(self) -> bool:
        return all(state is State.DONE for state in self.given)


@dataclass(frozen=True, slots=True)
class Attention:
    """``column``: which one, from 0, when late or stuck. ``day``: of the first lesson that was
    missed, or by which it was due."""

    nickname: str
    reason: Reason
    column: int | None = None
    day: date | None = None


def who_needs_attention(
    learners: Sequence[Standing], *, due: Sequence[date | None]
) -> list[Attention]:
    """By reason and then by nickname. ``due``: per column the day that is over, or ``None``."""
    lessons = lesson_days(learners)
    popular = _columns_that_most_did(learners)
    begun = sum(one.has_begun for one in learners)
    found = []
    for one in learners:
        if one.is_done:
            continue
        others = len(learners) - 1
        if not one.has_begun and others and 2 * begun >= others:
            found.append(Attention(one.nickname, Reason.NOT_STARTED))
            continue
        missed = [day for day in lessons if day > max(one.days, default=date.max)]
        late = [place for place, day in enumerate(due) if day and _is_open(one.states[place])]
        stuck = [place for place in popular if one.states[place] is State.BUSY]
        if len(missed) >= MISSED_LESSONS:
            found.append(Attention(one.nickname, Reason.AWAY, day=missed[0]))
        elif late:
            found.append(Attention(one.nickname, Reason.LATE, late[0], due[late[0]]))
        elif stuck:
            found.append(Attention(one.nickname, Reason.STUCK, stuck[0]))
    order = list(Reason)
    return sorted(found, key=lambda one: (order.index(one.reason), one.nickname))


def _is_open(state: State | None) -> bool:
    return state is State.NOT_STARTED or state is State.BUSY


def lesson_days(learners: Sequence[Standing]) -> list[date]:
    """The days on which the class worked, in order."""
    counts = Counter(day for one in learners for day in one.days)
    return sorted(
        day
        for day, count in counts.items()
        if count >= LEAST_ON_A_LESSON_DAY and 4 * count >= len(learners)
    )


def _columns_that_most_did(learners: Sequence[Standing]) -> list[int]:
    columns = range(len(learners[0].states)) if learners else range(0)
    popular = []
    for place in columns:
        given = [one.states[place] for one in learners if one.states[place] is not None]
        done = sum(state is State.DONE for state in given)
        if done >= LEAST_ON_A_LESSON_DAY and 3 * done >= 2 * len(given):
            popular.append(place)
    return popular
