"""Which parts of a step share a screen in front of a class."""

from __future__ import annotations

from collections.abc import Sequence

# What can be read from the back of a classroom: some ten lines of forty letters.
ROOM = 420


def share_out(sizes: Sequence[int], *, room: int = ROOM) -> list[list[int]]:
    """The positions that stand together, in order; what fills a screen stands alone.

    A size is about a number of letters. Without any parts there is one empty screen.
    """
    screens: list[list[int]] = [[]]
    left = room
    for position, size in enumerate(sizes):
        if screens[-1] and size > left:
            screens.append([])
            left = room
        screens[-1].append(position)
        left -= size
    return screens
