"""A text with marked pieces, as an editor writes it: one line per message or paragraph.

    Jay: hoi, [[ik betaal je trein wel voor]]
    Twee dagen later
    Ik: oké

Between double square brackets stands a piece that a learner can mark. In a chat and on a
form ``Name: …`` says who speaks or what a field is called; a line without a name is a
pause in the chat. Elsewhere ``# …`` is a heading. Plain Python.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LOOKS = ("chat", "advertisement", "form", "report")
WITH_NAMES = frozenset({"chat", "form"})
MOST_CHARACTERS = 4000
MOST_PIECES = 20
_NAMED = re.compile(r"(?P<name>[^:\[\]]{1,40}):\s+(?P<text>.+)")
_BRACKETS = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong on one line: not_closed, not_opened, inside, empty or twice."""

    line: int  # from 1, as the editor counts
    code: str
    piece: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    kind: str  # message, pause, field, heading or paragraph
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class MarkedText:
    lines: tuple[Line, ...]
    mistakes: tuple[Mistake, ...]
    # Each marked piece with the line on which it stands, in the order of the text.
    pieces: dict[str, int] = field(default_factory=dict)


def tidy(piece: str) -> str:
    """A piece as it is compared: no room around it, one space between words."""
    return " ".join(piece.split())


def read_marked_text(text: str, look: str) -> MarkedText:
    """The lines of the text, with all that is wrong in it. Empty lines only count."""
    lines, mistakes, pieces = [], [], {}
    for number, source in enumerate(text.splitlines(), start=1):
        if not source.strip():
            continue
        kind, name, rest = _kind_of(source.strip(), look)
        parts, wrong = _parts(rest, number)
        for part in parts:
            if part.is_marked and part.text in pieces:
                wrong.append(Mistake(number, "twice", part.text))
            elif part.is_marked:
                pieces[part.text] = number
        lines.append(Line(number, kind, name, tuple(parts)))
        mistakes += wrong
    return MarkedText(tuple(lines), tuple(mistakes), pieces)


def _kind_of(line: str, look: str) -> tuple[str, str, str]:
    if look in WITH_NAMES and (named := _NAMED.fullmatch(line)):
        return ("message" if look == "chat" else "field"), named["name"].strip(), named["text"]
    if look == "chat":
        return "pause", "", line
    if line.startswith("# "):
        return "heading", "", line.removeprefix("# ")
    return "paragraph", "", line


def _parts(line: str, number: int) -> tuple[list[Part], list[Mistake]]:
    parts: list[Part] = []
    mistakes: list[Mistake] = []
    start, opened = 0, False
    for bracket in _BRACKETS.finditer(line):
        opens = bracket.group() == "[["
        if opens == opened:
            mistakes.append(Mistake(number, "inside" if opens else "not_opened"))
            continue
        piece = line[start : bracket.start()]
        if opened and not piece.strip():
            mistakes.append(Mistake(number, "empty"))
        elif piece:
            parts.append(Part(tidy(piece) if opened else piece, is_marked=opened))
        start, opened = bracket.end(), opens
    if opened:
        mistakes.append(Mistake(number, "not_closed"))
    if line[start:]:
        parts.append(Part(line[start:]))
    return parts, mistakes
