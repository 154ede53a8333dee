"""A text with gaps as an editor writes it: [[1]] is the first gap of the list. Plain Python.

Every gap of the list stands in the text once. A blank line or a new line is a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MARKER = re.compile(r"\[\[\s*(\d{1,2})\s*\]\]")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
OPEN_GAP = "…"


@dataclass(frozen=True, slots=True)
class GapMistake:
    """``code``: unknown, missing, double, broken. ``number``: the gap; of a broken one the line."""

    code: str
    number: int


def gap_mistakes(text: str, count: int) -> list[GapMistake]:
    """What is wrong with the markers in this text, for a list of so many gaps."""
    found = [int(number) for number in MARKER.findall(text)]
    wanted = range(1, count + 1)
    mistakes = [GapMistake("unknown", number) for number in sorted(set(found) - set(wanted))]
    for number in wanted:
        if found.count(number) != 1:
            code = "double" if number in found else "missing"
            mistakes.append(GapMistake(code, number))
    for line, written in enumerate(text.splitlines(), start=1):
        if "[[" in MARKER.sub("", written) or "]]" in MARKER.sub("", written):
            mistakes.append(GapMistake("broken", line))
    return mistakes


def paragraphs(text: str) -> list[list[str | int]]:
    """Per paragraph its pieces: words, and the numbers of gaps."""
    return [
        [
            int(piece) if number % 2 else piece
            for number, piece in enumerate(MARKER.split(line.strip()))
            if piece
        ]
        for line in text.splitlines()
        if line.strip()
    ]


def sentence_of(text: str, number: int, words: Mapping[int, str]) -> str:
    """The sentence with this gap in it open, and its other gaps filled with these words."""

    def fill(marker: re.Match[str]) -> str:
        gap = int(marker[1])
        return OPEN_GAP if gap == number else words.get(gap, OPEN_GAP)

    for sentence in SENTENCE.split(text):
        if str(number) in [str(int(found)) for found in MARKER.findall(sentence)]:
            return MARKER.sub(fill, sentence).strip()
    return OPEN_GAP
