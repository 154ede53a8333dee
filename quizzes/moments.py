"""Signals in a recording: moments that somebody noticed against the windows of the signals.

A moment is a whole number of tenths of a second, and its key is that number. Pressing the button
gives the moment of the press; choosing a line of the transcript gives the middle of that
line. So both ways of answering are the same answer, with the same score.

A window takes one moment, and a moment serves one window. A second moment in a window is
neither good nor bad: people press twice. A moment outside every window takes a point
away, never below zero. An editor must leave room around the windows, so that whoever
presses all the time wins nothing (``window_mistakes``). Plain Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.grading import Given, Mark, UnusableAnswerError

MOST_MOMENTS = 60
MOST_WINDOWS = 12
SHORTEST = 20  # a shorter window is over before somebody can press
ROOM = 30  # between two windows, and before the first or after the last
SLACK = 10  # so much before a line a window may begin


@dataclass(frozen=True, slots=True)
class Window:
    """When a signal can be noticed: from its first tenth up to and with its last."""

    key: str
    start: int
    end: int

    def holds(self, moment: int) -> bool:
        return self.start <= moment <= self.end


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of the moments of an answer."""

    found: dict[str, int]  # the window's key, and the first moment in it
    again: tuple[int, ...]
    extra: tuple[int, ...]


def moments_of(given: Given) -> tuple[int, ...]:
    return tuple(int(key) for key in given.choice)


def read_moments(sent: Any, duration: int) -> tuple[str, ...]:
    """The keys that were sent, from early to late, each once. Raises ``UnusableAnswerError``."""
    if isinstance(sent, str):
        sent = [sent] if sent else []
    if not isinstance(sent, (list, tuple)) or not all(isinstance(key, str) for key in sent):
        raise UnusableAnswerError("not_a_list_of_choices")
    moments = sorted({_read(key, duration) for key in sent})
    if not moments:
        raise UnusableAnswerError("nothing_chosen")
    if len(moments) > MOST_MOMENTS:
        raise UnusableAnswerError("too_many_moments")
    return tuple(str(moment) for moment in moments)


def _read(key: str, duration: int) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) <= 6) or int(key) > duration:
        raise UnusableAnswerError("unknown_choice")
    return int(key)


def judge(windows: Sequence[Window], moments: Sequence[int]) -> Judged:
    found: dict[str, int] = {}
    again, extra = [], []
    for moment in sorted(moments):
        window = next((window for window in windows if window.holds(moment)), None)
        if window is None:
            extra.append(moment)
        elif window.key in found:
            again.append(moment)
        else:
            found[window.key] = moment
    return Judged(found, tuple(again), tuple(extra))


def mark_moments(windows: Sequence[Window], given: Given) -> Mark:
    """A point per signal that was found, minus one per moment outside; never below zero."""
    judged = judge(windows, moments_of(given))
    won = max(0, len(judged.found) - len(judged.extra))
    return Mark(won=won, available=len(windows))


def middles(starts: Sequence[int], duration: int) -> list[int]:
    """The moment that each line stands for, when lines begin at these times."""
    ends = [*starts, duration][1:]
    return [(start + max(start, end)) // 2 for start, end in zip(starts, ends, strict=True)]


def begins_with(starts: Sequence[int], moment: int) -> int:
    """The place of the line that a window beginning at this moment begins with; of another
    moment the place of the line that is under way."""
    for place, start in enumerate(starts):
        if 0 <= start - moment <= SLACK:
            return place
    return max(sum(start <= moment for start in starts) - 1, 0)


@dataclass(frozen=True, slots=True)
class WindowMistake:
    """What is wrong with one window, or with all of them (``place`` is ``None``)."""

    place: int | None
    field: str  # start, end, or "" for all
    code: str
    values: Mapping[str, int]


def window_mistakes(
    windows: Sequence[Window], starts: Sequence[int], duration: int
) -> list[WindowMistake]:
    """All that is wrong with windows in a recording whose transcript has lines at ``starts``.

    Codes: backwards, too_short, too_late, overlaps, too_close, no_line, ends_early, too_much,
    no_room. Values are in tenths of a second.
    """
    wrong: list[WindowMistake] = []
    lines = list(zip(starts, middles(starts, duration), strict=True)) if starts else []
    in_order = sorted(enumerate(windows), key=lambda pair: (pair[1].start, pair[0]))
    before: Window | None = None
    for place, window in in_order:
        found = _mistake_of(window, before, lines, duration)
        if found is not None:
            field, code, values = found
            wrong.append(WindowMistake(place, field, code, values))
        before = window
    if wrong or not in_order:
        return sorted(wrong, key=lambda mistake: mistake.place or 0)
    total = sum(window.end - window.start for window in windows)
    first, last = in_order[0][1], in_order[-1][1]
    if total * 2 > duration:
        wrong.append(WindowMistake(None, "", "too_much", {"total": total}))
    elif max(first.start, duration - last.end) < ROOM:
        wrong.append(WindowMistake(None, "", "no_room", {"room": ROOM}))
    return wrong


def _mistake_of(
    window: Window, before: Window | None, lines: Sequence[tuple[int, int]], duration: int
) -> tuple[str, str, dict[str, int]] | None:
    if window.end > duration:
        return "end", "too_late", {"duration": duration}
    if window.end <= window.start:
        return "end", "backwards", {}
    if window.end - window.start < SHORTEST:
        return "end", "too_short", {"shortest": SHORTEST}
    if before is not None and window.start <= before.end:
        return "start", "overlaps", {"end": before.end}
    if before is not None and window.start - before.end < ROOM:
        return "start", "too_close", {"earliest": before.end + ROOM}
    # Who reads the transcript must be able to find it too: a window begins with a line.
    line = next((line for line in lines if 0 <= line[0] - window.start <= SLACK), None)
    if line is None:
        nearest = min(
            (start for start, _middle in lines), key=lambda at: abs(at - window.start), default=0
        )
        return "start", "no_line", {"nearest": nearest}
    if not window.holds(line[1]):
        return "end", "ends_early", {"middle": line[1]}
    return None
