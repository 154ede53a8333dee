"""Answers by what they are about: a belief, a signal, a form of exploitation. Plain Python
over the content of editions, so that a reader need not think in question numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.grading import Given
from quizzes.pairing import folded

EVERY_FORM = "all"  # says nothing, so it is no group


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what a group gave, each answer as often as it was."""

    number: int
    content: Mapping[str, Any]
    given: tuple[tuple[Given, int], ...]
    right_count: int

    @property
    def total(self) -> int:
        return sum(count for _given, count in self.given)

    @property
    def is_marked(self) -> bool:
        return self.content["points"] > 0


@dataclass(slots=True)
class Theme:
    """How many answers showed it, of those that could."""

    name: str
    part: int = 0
    whole: int = 0
    numbers: list[int] = field(default_factory=list)  # of the questions

    def add(self, number: int, part: int, whole: int) -> None:
        self.part += part
        self.whole += whole
        if number not in self.numbers:
            self.numbers.append(number)


def beliefs_of(content: Mapping[str, Any]) -> dict[str, str]:
    """The key of a wrong choice → the belief behind it."""
    return {
        entry["key"]: entry["belief"]
        for entry in _entries(content)
        if entry.get("belief") and not entry.get("is_right")
    }


def _entries(value: Any) -> Iterator[Mapping[str, Any]]:
    """Whatever has a key in a question, however deep."""
    if isinstance(value, Mapping):
        if isinstance(value.get("key"), str):
            yield value
        for inner in value.values():
            yield from _entries(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _entries(inner)


def by_belief(answered: Iterable[Answered]) -> list[Theme]:
    """Of each belief: in how many answers it showed. The most held comes first.

    An answer that shows it twice counts once.
    """
    themes: dict[str, Theme] = {}
    for one in answered:
        keys: dict[str, set[str]] = defaultdict(set)
        for key, belief in beliefs_of(one.content).items():
            themes.setdefault(folded(belief), Theme(belief))
            keys[folded(belief)].add(key)
        for name, choices in keys.items():
            part = sum(
                count
                for given, count in one.given
                if not choices.isdisjoint({*given.choice, given.reason})
            )
            themes[name].add(one.number, part, one.total)
    return sorted(themes.values(), key=lambda theme: -theme.part / max(theme.whole, 1))


def by_signal(answered: Iterable[Answered]) -> list[Theme]:
    """Of each signal: how often it was seen, or its question was right. The least comes first."""
    themes: dict[str, Theme] = {}

    def add(signal: str, number: int, part: int, whole: int) -> None:
        themes.setdefault(folded(signal), Theme(signal)).add(number, part, whole)

    for one in answered:
        if not one.is_marked:
            continue
        targets = [
            entry for entry in one.content.get("choices", ()) if entry.get("signal", "").strip()
        ]
        for target in targets:
            found = sum(count for given, count in one.given if target["key"] in given.choice)
            add(target["signal"], one.number, found, one.total)
        if one.content["signal"].strip() and not targets:
            add(one.content["signal"], one.number, one.right_count, one.total)
    return _least_first(themes)


def by_form(answered: Iterable[Answered]) -> list[Theme]:
    """Of each form of exploitation: how often its questions were right. The least comes first."""
    themes: dict[str, Theme] = {}
    for one in answered:
        form = one.content["form"]
        if one.is_marked and form != EVERY_FORM:
            themes.setdefault(form, Theme(form)).add(one.number, one.right_count, one.total)
    return _least_first(themes)


def _least_first(themes: Mapping[str, Theme]) -> list[Theme]:
    return sorted(themes.values(), key=lambda theme: theme.part / max(theme.whole, 1))
