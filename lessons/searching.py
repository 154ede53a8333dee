"""Finding packages by words, the same on every database. Plain Python.

Somebody who types "fiets" also looks for "fietsen", and "mensnhandel" is meant well. Every
word that was typed is matched with the words that the packages hold: those that it is a part
of, those of the same stem, and only when there are none, those that differ by a typing error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from unicodedata import combining, normalize

import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from lessons.facets import Bits

MOST_WORDS = 8
MOST_GUESSES = 5
SNIPPET = 60  # letters on either side of what was found
_WORD = re.compile(r"\w+")
# Typed in passing; they do not say what somebody looks for.
_PASSING = "aan bij dat de die dit een en het hoe in is met naar of om op over te uit van voor wat"
_PASSING_EN = "a an and at by do for from how i in is it of on or that the this to what with your"
_EMPTY = frozenset(f"{_PASSING} {_PASSING_EN}".split(" "))
_STEMMERS = {
    "nl": Stemmer.Stemmer("dutch"),
    "en": Stemmer.Stemmer("english"),
    "ar": Stemmer.Stemmer("arabic"),
}


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Small letters without accents."""
    word = word.casefold()
    if word.isascii():
        return word
    return "".join(letter for letter in normalize("NFKD", word) if not combining(letter))


def words_in(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(normalize("NFC", text))]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str = "nl") -> str:
    return _STEMMERS[language].stemWord(word)


def errors_allowed(word: str) -> int:
    """A letter wrong, missing, too many or swapped. Short words are each other's neighbours."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


@dataclass(frozen=True)
class Alike:
    """Words of the packages that one typed word stands for."""

    words: tuple[str, ...]
    is_guess: bool = False


@dataclass(frozen=True)
class Search:
    """What a search came to."""

    bits: Bits  # the packages that hold every word
    best: Bits  # those that hold them all in their title
    marked: frozenset[str] = frozenset()  # to highlight
    guesses: tuple[str, ...] = ()  # what was taken for a typing error of theirs


class Vocabulary:
    """All words of all packages, and which packages hold them."""

    def __init__(self, packages: Sequence[tuple[str, str]], language: str = "nl") -> None:
        """``packages``: the title and the other text of each, in order."""
        self.language = language
        self.everything: Bits = (1 << len(packages)) - 1
        self._anywhere: dict[str, Bits] = defaultdict(int)
        self._in_title: dict[str, Bits] = defaultdict(int)
        for place, (title, rest) in enumerate(packages):
            bit = 1 << place
            for word in set(words_in(title)):
                self._in_title[word] |= bit
                self._anywhere[word] |= bit
            for word in set(words_in(rest)):
                self._anywhere[word] |= bit
        self._words = list(self._anywhere)
        self._by_stem: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_stem[stem(word, language)].append(word)
        self.alike = lru_cache(maxsize=512)(self._alike)

    def search(self, text: str) -> Search:
        """The packages that hold all of these words, or words that are alike."""
        typed = list(dict.fromkeys(words_in(text)))[:MOST_WORDS]
        typed = [word for word in typed if word not in _EMPTY] or typed
        bits = best = self.everything
        marked: set[str] = set()
        guesses: list[str] = []
        for word in typed:
            alike = self.alike(word)
            here = in_title = 0
            for other in alike.words:
                here |= self._anywhere[other]
                in_title |= self._in_title.get(other, 0)
            bits &= here
            best &= in_title
            marked.update(alike.words)
            if alike.is_guess:
                guesses += alike.words
        return Search(bits, best & bits, frozenset(marked), tuple(dict.fromkeys(guesses)))

    def _alike(self, word: str) -> Alike:
        holding = str.startswith if len(word) < 3 else str.__contains__
        found = [other for other in self._words if holding(other, word)]
        # Snowball takes the s off "fiets" and not off "fietsen" without its ending.
        short = stem(word, self.language)
        found += self._by_stem.get(short, []) + self._by_stem.get(word, [])
        if short in self._anywhere:
            found.append(short)
        if found:
            return Alike(tuple(dict.fromkeys(found)))
        near = process.extract(
            word,
            self._words,
            scorer=OSA.distance,
            score_cutoff=errors_allowed(word),
            limit=MOST_GUESSES,
        )
        if not near or not errors_allowed(word):
            return Alike(())
        nearest = near[0][1]
        return Alike(tuple(other for other, errors, _ in near if errors == nearest), is_guess=True)


def highlight(text: str, marked: frozenset[str]) -> str:
    """The text as HTML, with the words in ``marked`` marked."""
    return "".join(_marking(text, marked))


def _marking(text: str, marked: frozenset[str]) -> Iterator[str]:
    end = 0
    for match in _WORD.finditer(text):
        if fold(match.group()) in marked:
            yield escape(text[end : match.start()])
            yield f"<mark>{escape(match.group())}</mark>"
            end = match.end()
    yield escape(text[end:])


def snippet(text: str, marked: frozenset[str]) -> str:
    """The first place in the text that holds such a word, as HTML; empty when none does."""
    for match in _WORD.finditer(text):
        if fold(match.group()) in marked:
            start, end = match.start() - SNIPPET, match.end() + SNIPPET
            before = text[max(0, start) : match.start()]
            after = text[match.end() : end]
            if start > 0:
                before = "… " + before.partition(" ")[2]
            if end < len(text):
                after = after.rpartition(" ")[0] + " …"
            return highlight(before + match.group() + after, marked)
    return ""
