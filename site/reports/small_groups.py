"""What may be told of a group without telling of one in it. Plain Python.

Below ten nothing; counts in fives; and where a total stands beside its parts, never one part
alone left out, because that one follows from the rest (docs/decisions/0010).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LEAST = 10
STEP = 5


def rounded(count: int) -> int:
    """To the nearest five."""
    return STEP * ((2 * count + STEP) // (2 * STEP))


def is_told(size: int, least: int = LEAST) -> bool:
    return size >= least


def hidden_parts(sizes: Sequence[int], least: int = LEAST) -> set[int]:
    """Which parts stay out of a list with a total: by place.

    Those that are too small; and as long as what is left out is one part, or fewer people
    together than ``least``, the next smallest too. Parts without anybody tell nothing.
    """
    hidden = {place for place, size in enumerate(sizes) if 0 < size < least}
    shown = sorted(
        (place for place, size in enumerate(sizes) if size >= least), key=lambda at: sizes[at]
    )
    while hidden and shown and (len(hidden) == 1 or sum(sizes[at] for at in hidden) < least):
        hidden.add(shown.pop(0))
    return hidden


class Told:
    """How many of a group did something, as far as it may be told."""

    def __init__(self, done: int, size: int, least: int = LEAST) -> None:
        self.is_told = is_told(size, least)
        self.size = rounded(size) if self.is_told else 0
        few, nearly_all = done < STEP, size - done < STEP
        # Nobody and everybody are told of each: so they are not set apart from a few.
        self.is_few = self.is_told and few
        self.lacks_few = self.is_told and nearly_all
        self.done = rounded(done) if self.is_told and not (few or nearly_all) else 0
        self.span = self._span(size)

    def _span(self, size: int) -> tuple[int, int]:
        """Between which counts it must lie for who knows how large the group is, to the head."""
        if not self.is_told:
            return 0, size
        if self.is_few:
            return 0, STEP - 1
        if self.lacks_few:
            return size - STEP + 1, size
        return max(self.done - STEP // 2, STEP), min(self.done + STEP // 2, size - STEP)


@dataclass
class Group:
    """A group, or several together; ``told`` is ``None`` for what is left out of a report."""

    size: int
    told: Told | None = None
    parts: list[Group] = field(default_factory=list)


def spans(whole: Group) -> list[tuple[Group, int, int]]:
    """Of each smallest group: between which counts it must lie for who reads all that is told.

    The counts of a group add up to that of what it is part of. For groups within groups, going up
    once and down once gives bounds that cannot be made narrower.
    """
    return list(_down(whole, *_up(whole)))


def _up(group: Group) -> tuple[int, int]:
    low, high = group.told.span if group.told else (0, group.size)
    if group.parts:
        below = [_up(part) for part in group.parts]
        low = max(low, sum(one for one, _most in below))
        high = min(high, sum(most for _one, most in below))
    return low, high


def _down(group: Group, low: int, high: int) -> Iterator[tuple[Group, int, int]]:
    if not group.parts:
        yield group, low, high
    below = [_up(part) for part in group.parts]
    least, most = sum(one for one, _ in below), sum(one for _, one in below)
    for part, (part_low, part_high) in zip(group.parts, below, strict=True):
        others_low, others_high = least - part_low, most - part_high
        yield from _down(part, max(part_low, low - others_high), min(part_high, high - others_low))


def is_safe(whole: Group) -> bool:
    """Whether of nobody follows what they did, also not for one of the group who knows their own.

    So at least two may have done it and two may not, in each group of two or more.
    """
    return all(
        high >= min(2, group.size) and low <= max(group.size - 2, 0)
        for group, low, high in spans(whole)
    )
