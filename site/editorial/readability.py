"""How easy a Dutch text is to read, measured with the Flesch-Douma formula.

Flesch-Douma = 206.835 - 0.93 x (words / sentences) - 77 x (syllables / words)

W.H. Douma's 1960 version, for Dutch, of Rudolf Flesch's reading ease. Higher is
easier: 60 to 70 is normal, 70 to 80 fairly easy. Sources, read in February 2026:
https://nl.wikipedia.org/wiki/Leesbaarheid and
https://dbnl.org/tekst/_taa014197701_01/_taa014197701_01_0089.php

A weak instrument: it sees length and nothing else. A short sentence can still be
hard, so a good figure never replaces readers of the group itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Longest first. A letter with a diaeresis (ë, ï) always opens a syllable of its own.
_NUCLEUS = re.compile(
    r"ieu|eeu|oei|aai|ooi|eau"
    r"|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|ai|oi"
    r"|[aeiouàáâäèéêëìíîïòóôöùúûü]|y(?![aeiou])"
)
# Everyday words from English, and prefixes, that the rule above miscounts.
_KNOWN_SYLLABLES = {
    "apps": 1,
    "beantwoord": 3,
    "beantwoorden": 4,
    "date": 1,
    "game": 1,
    "games": 1,
    "geuit": 2,
    "museum": 3,
    "online": 2,
    "offline": 2,
    "site": 1,
    "team": 1,
    "teams": 1,
    "website": 2,
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)»*]*(?:\s+|$)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_NEW_UNIT = re.compile(r"^\s*(?:[-*+]|\d+[.)]|#{1,6}|>)\s+")


@dataclass(frozen=True)
class Readability:
    """The counts of a text and the two figures that follow from them."""

    words: int
    sentences: int
    syllables: int

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences

    @property
    def flesch_douma(self) -> float:
        return 206.835 - 0.93 * self.words_per_sentence - 77 * self.syllables / self.words


def measure(text: str) -> Readability:
    """Count the words, sentences and syllables of a Markdown text.

    Raises ``ValueError`` when there is no word in it.
    """
    found = [words_in(sentence) for sentence in sentences_in(text)]
    words = [word for sentence in found for word in sentence]
    if not words:
        raise ValueError("there is no word in this text")
    return Readability(
        words=len(words),
        sentences=len(found),
        syllables=sum(count_syllables(word) for word in words),
    )


def sentences_in(text: str) -> list[str]:
    """Split a Markdown text; a heading, a list item and a paragraph end a sentence too."""
    return [
        sentence.strip()
        for unit in _units(text)
        for sentence in _SENTENCE_END.split(unit)
        if words_in(sentence)
    ]


def words_in(sentence: str) -> list[str]:
    """Words have letters; a number is read at a glance and is left out."""
    return _WORD.findall(sentence)


def count_syllables(word: str) -> int:
    """Count the vowel sounds of a Dutch word; at least one."""
    word = word.lower()
    return _KNOWN_SYLLABLES.get(word) or max(1, len(_NUCLEUS.findall(word)))


def _units(text: str) -> list[str]:
    units: list[str] = []
    is_open = False  # a wrapped line goes on with the unit above it
    for line in _LINK.sub(r"\1", text).splitlines():
        starts_unit = _NEW_UNIT.match(line)
        content = _NEW_UNIT.sub("", line).replace("*", "").strip()
        if not content:
            is_open = False
        elif is_open and not starts_unit:
            units[-1] += " " + content
        else:
            units.append(content)
            is_open = True
    return units
