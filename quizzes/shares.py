"""Shares of a group that say nothing of one person. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass

STEP = 5  # per cent, and answers


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a group, in steps of five per cent.

    ``is_bounded`` when it may not tell that nobody or everybody did: then 5 stands for at
    most that and 95 for at least that (P-04).
    """

    percent: int
    is_bounded: bool = False

    @property
    def at_most(self) -> bool:
        return self.is_bounded and self.percent <= STEP

    @property
    def at_least(self) -> bool:
        return self.is_bounded and self.percent >= 100 - STEP


def share(part: int, whole: int, *, is_sensitive: bool = False) -> Share:
    """``part`` of ``whole``, rounded to the nearest step; a half goes up."""
    percent = STEP * ((2 * 100 * part + STEP * whole) // (2 * STEP * whole)) if whole else 0
    if is_sensitive:
        return Share(min(max(percent, STEP), 100 - STEP), is_bounded=True)
    return Share(percent)


def about(count: int) -> int:
    """A number of answers, rounded down to a step: one more or less cannot be followed."""
    return count - count % STEP
