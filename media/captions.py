"""Captions in WebVTT (https://www.w3.org/TR/webvtt1/), read strictly and written plainly.

Whatever an editor pastes is read into cues; what a learner gets is written from those cues
again. So nothing goes along that is no caption: notes, styles, tags. Plain Python.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

MOST_CHARACTERS = 200_000
LONGEST_CUE = 300
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?")
_VOICE = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"<[^>]*>")
# Blocks without a caption in them.
_BESIDE = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from when to when, in thousandths of a second, who speaks, and the words."""

    start: int
    end: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong on one line: not_webvtt, no_timing, bad_timing, backwards, too_early,
    too_late, empty, too_long or no_cues."""

    line: int  # from 1, as an editor counts
    code: str


@dataclass(frozen=True, slots=True)
class Captions:
    cues: tuple[Cue, ...]
    mistakes: tuple[Mistake, ...]


def read_captions(source: str, *, tenths: int | None = None) -> Captions:
    """The cues, and all that is wrong with their lines.

    ``tenths`` is how long the recording takes: a caption that begins later is a mistake.
    """
    lines = source.removeprefix("\ufeff").splitlines()
    if not lines or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        return Captions((), (Mistake(1, "not_webvtt"),))
    cues: list[Cue] = []
    mistakes: list[Mistake] = []
    for number, block in _blocks(lines):
        cue = _read_block(number, block, cues, mistakes)
        if cue is None:
            continue
        if tenths is not None and cue.start >= tenths * 100:
            mistakes.append(Mistake(number, "too_late"))
        cues.append(cue)
    if not cues and not mistakes:
        mistakes.append(Mistake(len(lines), "no_cues"))
    return Captions(tuple(cues), tuple(mistakes))


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """What stands between empty lines, with the number of its first line. Not the heading."""
    blocks: list[tuple[int, list[str]]] = []
    is_open = True  # the heading goes on until the first empty line
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            is_open = False
        elif is_open and blocks:
            blocks[-1][1].append(line)
        elif not is_open:
            blocks.append((number, [line]))
            is_open = True
    return blocks


def _read_block(
    number: int, block: list[str], before: list[Cue], mistakes: list[Mistake]
) -> Cue | None:
    if block[0].split(maxsplit=1)[0] in _BESIDE:
        return None
    # A name of the cue may stand on a line before its times.
    at = 0 if "-->" in block[0] else 1
    if len(block) <= at or "-->" not in block[at]:
        mistakes.append(Mistake(number, "no_timing"))
        return None
    line = number + at
    timing = _TIMING.fullmatch(block[at].strip())
    if timing is None:
        mistakes.append(Mistake(line, "bad_timing"))
        return None
    start, end = _thousandths(timing.groups()[:4]), _thousandths(timing.groups()[4:])
    if end <= start:
        mistakes.append(Mistake(line, "backwards"))
    elif before and start < before[-1].start:
        mistakes.append(Mistake(line, "too_early"))
    words = " ".join(block[at + 1 :])
    voice = _VOICE.search(words)
    speaker = _plain(voice[1]) if voice else ""
    text = _plain(words)
    if not text:
        mistakes.append(Mistake(line, "empty"))
        return None
    if len(text) > LONGEST_CUE:
        mistakes.append(Mistake(line + 1, "too_long"))
    return Cue(start, end, speaker, text)


def _thousandths(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _plain(words: str) -> str:
    return " ".join(unescape(_TAG.sub("", words)).split())


def write_captions(cues: tuple[Cue, ...]) -> str:
    """The cues as a WebVTT file that holds nothing else."""
    return "\n".join(
        [
            "WEBVTT\n",
            *(f"{_time(cue.start)} --> {_time(cue.end)}\n{_words(cue)}\n" for cue in cues),
        ]
    )


def _words(cue: Cue) -> str:
    words = escape(cue.text, quote=False)
    return f"<v {escape(cue.speaker, quote=False)}>{words}" if cue.speaker else words


def _time(thousandths: int) -> str:
    seconds, rest = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{rest:03}"
