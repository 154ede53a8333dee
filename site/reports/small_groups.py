"""What may be told of a group without telling of one in it. Plain Python.

Below ten nothing; counts in fives; and where a total stands beside its parts, never one part
alone left out, because that one follows from the rest (docs/decisions/0010).
"""

from __future__ import annotations

from collections.abc import Sequence

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
