"""Which time it was, of attempts at one quiz that turn out to be of one learner. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Numbered(NamedTuple):
    """An attempt. ``number``: which it was of the learner who began it, from 1, where the kind of
    quiz counts them."""

    id: int
    number: int | None
    is_submitted: bool


def numbers_after_merging(
    attempts: Sequence[Numbered], *, each_counts: bool
) -> dict[int, int | None]:
    """The new number of each attempt; ``attempts`` in the order in which they were begun.

    Where each counts (a check with so many attempts) they are numbered anew. Where the number says
    what an attempt is (before and after of a measurement, the one vote of a poll), the same cannot
    be there twice: the first that was handed in keeps its number, and the other is only history.
    What had no number gets none.
    """
    counted = [one for one in attempts if one.number is not None]
    numbers: dict[int, int | None] = dict.fromkeys((one.id for one in attempts), None)
    if each_counts:
        numbers |= {one.id: place for place, one in enumerate(counted, start=1)}
        return numbers
    taken: set[int] = set()
    for one in sorted(counted, key=lambda one: not one.is_submitted):
        if one.number is not None and one.number not in taken:
            taken.add(one.number)
            numbers[one.id] = one.number
    return numbers
