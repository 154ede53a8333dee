"""Two tellings of one case, and how the first one moved a judgement. Plain Python.

An answer holds two places on one scale, in the order in which the tellings were read:
``("report:2", "life:4")`` says that the report came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from quizzes.grading import Given


@dataclass(frozen=True, slots=True)
class Judgement:
    """A place on the scale, from 1, after a telling."""

    telling: str
    place: int


def judgements(given: Given) -> list[Judgement]:
    """In the order in which they were made; none where nothing was."""
    found = []
    for said in given.choice:
        telling, _colon, place = said.partition(":")
        found.append(Judgement(telling, int(place)))
    return found


def shift(given: Given) -> int:
    """How many places the second telling moved the judgement; below 0 is towards the low end."""
    first, second = judgements(given)
    return second.place - first.place


@dataclass(frozen=True, slots=True)
class Arm:
    """Everybody who read the same telling first."""

    telling: str
    count: int
    # Means of what they judged after the first telling and after both.
    first_mean: Fraction
    last_mean: Fraction


def arms(given: Mapping[Given, int]) -> list[Arm]:
    """The arms of a group, from how often each answer was given; sorted by telling."""
    by_first: dict[str, list[tuple[int, int, int]]] = {}
    for answer, times in given.items():
        first, second = judgements(answer)
        by_first.setdefault(first.telling, []).append((times, first.place, second.place))
    return [
        Arm(
            telling,
            sum(times for times, _first, _last in rows),
            _mean((times, first) for times, first, _last in rows),
            _mean((times, last) for times, _first, last in rows),
        )
        for telling, rows in sorted(by_first.items())
    ]


def _mean(rows: Iterable[tuple[int, int]]) -> Fraction:
    counted = list(rows)
    return Fraction(
        sum(times * place for times, place in counted), sum(times for times, _place in counted)
    )
