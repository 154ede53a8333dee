"""Whether a lesson or quiz can be read, and says nothing that harms (A-17). Plain Python."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from editorial.readability import Readability, count_syllables, measure, sentences_in, words_in
from editorial.words import Term, avoided_in

# A figure of fewer words says nothing: one long word moves it by points.
FEWEST_WORDS = 60
HARD_SYLLABLES = 4
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Norm:
    """Flesch-Douma at least, and words per sentence at most: on average, and in any sentence."""

    flesch_douma: int
    mean: int
    longest: int


PUPILS, TEACHERS, PROFESSIONALS = Norm(65, 12, 15), Norm(60, 12, 30), Norm(55, 14, 22)
EASY = Norm(80, 10, 12)  # about A2


@dataclass(frozen=True, slots=True)
class Passage:
    """A field: what it is called, where it stands in the form, and who reads it."""

    where: str
    anchor: str
    text: str
    for_teachers: bool = False
    is_measured: bool = True  # a script is not made of sentences
    is_easy: bool = False  # in easy language, beside a text that says the same


@dataclass(frozen=True, slots=True)
class Part:
    """All that one kind of reader reads, beside the norm for them."""

    for_teachers: bool
    norm: Norm
    figures: Readability
    hard_words: list[str]
    long_sentences: list[tuple[Passage, str]]
    is_easy: bool = False
    ordinary_score: int | None = None  # of the text that an easy one stands beside

    @property
    def score(self) -> int:
        return round(self.figures.flesch_douma)

    @property
    def mean(self) -> float:
        return round(self.figures.words_per_sentence, 1)

    @property
    def reader(self) -> str:
        """As it stands in a digest; the first two are how it was before there was easy language."""
        return "easy" if self.is_easy else str(self.for_teachers)

    @property
    def is_no_easier(self) -> bool:
        return self.ordinary_score is not None and self.score <= self.ordinary_score

    @property
    def is_hard(self) -> bool:
        return (
            self.is_no_easier
            or self.figures.flesch_douma < self.norm.flesch_douma
            or self.figures.words_per_sentence > self.norm.mean
        )


@dataclass(frozen=True, slots=True)
class Report:
    parts: list[Part]
    avoided: list[tuple[Passage, Term]]

    @property
    def needs_reason(self) -> bool:
        return bool(self.avoided) or any(part.is_hard for part in self.parts)

    @property
    def digest(self) -> str:
        """The same for as long as the same things are wrong: a reason is then asked for once."""
        about = sorted(f"{term.name}|{passage.text}" for passage, term in self.avoided)
        about += [f"{one.reader}|{one.score}|{one.mean}" for one in self.parts if one.is_hard]
        return hashlib.sha256("\n".join(about).encode()).hexdigest()[:16]


def report_on(passages: Iterable[Passage], *, for_young_people: bool) -> Report:
    """Measured and searched, per reader."""
    passages = list(passages)
    learners = PUPILS if for_young_people else PROFESSIONALS
    parts = [
        part
        for for_teachers, is_easy, norm in (
            (False, False, learners),
            (False, True, EASY),
            (True, False, TEACHERS),
        )
        if (
            part := _part(
                [p for p in passages if (p.for_teachers, p.is_easy) == (for_teachers, is_easy)],
                norm,
            )
        )
    ]
    parts = _beside_each_other(parts)
    avoided = [
        (passage, term)
        for passage in passages
        for term in avoided_in(
            passage.text, for_learners=for_young_people and not passage.for_teachers
        )
    ]
    return Report(parts, avoided)


def _beside_each_other(parts: list[Part]) -> list[Part]:
    """An easy text that is no easier than the ordinary one helps nobody."""
    ordinary = [part.score for part in parts if not part.for_teachers and not part.is_easy]
    return [
        replace(part, ordinary_score=ordinary[0]) if part.is_easy and ordinary else part
        for part in parts
    ]


def _part(passages: list[Passage], norm: Norm) -> Part | None:
    measured = [passage for passage in passages if passage.is_measured]
    text = "\n\n".join(passage.text for passage in measured)
    words = words_in(text)
    if len(words) < FEWEST_WORDS:
        return None
    hard = Counter(word.lower() for word in words if count_syllables(word) >= HARD_SYLLABLES)
    ranked = sorted(hard, key=lambda word: (-hard[word] * count_syllables(word), word))
    too_long = [
        (passage, sentence)
        for passage in measured
        for sentence in sentences_in(passage.text)
        if len(words_in(sentence)) > norm.longest
    ]
    return Part(
        for_teachers=passages[0].for_teachers,
        norm=norm,
        figures=measure(text),
        hard_words=ranked[:MOST_SHOWN],
        long_sentences=too_long[:MOST_SHOWN],
        is_easy=passages[0].is_easy,
    )
