"""Moments in a recording: whole tenths of a second here, ``1:05,5`` for people. Plain Python."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d))?")


def clock(tenths: int, *, exact: bool = False) -> str:
    """As a player shows it: ``1:05``; with ``exact`` the tenths as well, when there are any."""
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    seconds, tenth = divmod(rest, 10)
    start = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{start}:{seconds:02}" + (f",{tenth}" if exact and tenth else "")


def read_clock(text: str) -> int | None:
    """The tenths of what somebody wrote, such as ``0:12``, ``0:12,5`` or ``1:02:03``."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes, seconds, tenth = (int(part or 0) for part in found.groups())
    if found[1] and minutes > 59:
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 10 + tenth
