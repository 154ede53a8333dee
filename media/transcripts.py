"""A transcript as an editor writes it: a line per thing that is said, heard or seen.

    0:00 (muziek in een kamer)
    0:03 Jay: Jij zocht toch werk?
    0:06,5 Sam: Ja, hoezo?

A line begins when its time says, and lasts until the next one. Plain Python.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from media.captions import Cue
from media.times import clock, read_clock

MOST_LINES = 300
LONGEST_LINE = 300
_LINE = re.compile(r"(?P<time>[\d:.,]+)\s+(?:(?P<speaker>[^:()]{1,40}):\s+)?(?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Line:
    start: int  # tenths of a second
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong on one line: no_time, not_later, too_late, too_long or too_many."""

    line: int  # from 1, as an editor counts
    code: str


@dataclass(frozen=True, slots=True)
class Transcript:
    lines: tuple[Line, ...]
    mistakes: tuple[Mistake, ...]


def read_transcript(source: str, *, tenths: int | None = None) -> Transcript:
    """The lines, and all that is wrong with them. Empty lines only count.

    ``tenths`` is how long the recording takes: a line that begins later is a mistake.
    """
    lines: list[Line] = []
    mistakes: list[Mistake] = []
    for number, written in enumerate(source.splitlines(), start=1):
        if not written.strip():
            continue
        found = _LINE.fullmatch(written.strip())
        start = read_clock(found["time"]) if found else None
        if found is None or start is None:
            mistakes.append(Mistake(number, "no_time"))
            continue
        if lines and start <= lines[-1].start:
            mistakes.append(Mistake(number, "not_later"))
        elif tenths is not None and start >= tenths:
            mistakes.append(Mistake(number, "too_late"))
        text = " ".join(found["text"].split())
        if len(text) > LONGEST_LINE:
            mistakes.append(Mistake(number, "too_long"))
        if len(lines) == MOST_LINES:
            mistakes.append(Mistake(number, "too_many"))
            break
        lines.append(Line(start, (found["speaker"] or "").strip(), text))
    return Transcript(tuple(lines), tuple(mistakes))


def from_captions(cues: Sequence[Cue]) -> tuple[Line, ...]:
    """A line per caption. Two that begin in the same tenth of a second become one."""
    lines: list[Line] = []
    for cue in cues:
        start = cue.start // 100
        if lines and start <= lines[-1].start:
            last = lines.pop()
            lines.append(Line(last.start, last.speaker or cue.speaker, f"{last.text} {cue.text}"))
        else:
            lines.append(Line(start, cue.speaker, cue.text))
    return tuple(lines)


def write_transcript(lines: Sequence[Line]) -> str:
    """The lines as an editor would have written them."""
    return "\n".join(
        f"{clock(line.start, exact=True)} {f'{line.speaker}: ' if line.speaker else ''}{line.text}"
        for line in lines
    )
