"""Which questions an attempt gets, and in which order. Plain Python, the same every time.

A quiz that draws or shuffles has 24 versions, as a paper one has versions A and B. Which
one an attempt gets follows from its key, so nothing is stored, every page and every device
shows the same, and a page is rendered once per version and not once per learner.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

VERSIONS = 24
One = TypeVar("One")


def version_of(attempt_key: UUID) -> int:
    """From 1 to ``VERSIONS``; 0 is the quiz as the editor wrote it."""
    return random.Random(attempt_key.int).randrange(VERSIONS) + 1  # noqa: S311


def chance(version: int, *about: str) -> random.Random:
    """The dice of this version for one thing. The same every time."""
    return random.Random("|".join([str(version), *about]))  # noqa: S311


def shuffled(choices: Sequence[Mapping[str, Any]], dice: random.Random) -> list[Any]:
    """In another order; "none of these" stays last, in the order in which those stood."""
    moving = [choice for choice in choices if not choice.get("stays_last")]
    dice.shuffle(moving)
    return moving + [choice for choice in choices if choice.get("stays_last")]


def in_sections(questions: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """A question with a section's title begins a new one."""
    sections: list[list[Mapping[str, Any]]] = []
    for question in questions:
        if not sections or question.get("section"):
            sections.append([])
        sections[-1].append(question)
    return sections


def arranged(
    questions: Sequence[Mapping[str, Any]],
    version: int,
    *,
    draw_count: int = 0,
    is_shuffled: bool = False,
) -> list[Mapping[str, Any]]:
    """The questions of one version: ``draw_count`` of them (0 for all), shuffled or not.

    Sections stay in their order, with their title on their first question, and give in
    turn: three of two sections are two of one and one of the other.
    """
    sections = in_sections(questions)
    if draw_count:
        taken = _draw(sections, version, draw_count)
        sections = [
            [question for question in section if question["key"] in taken] for section in sections
        ]
    titles = [section[0].get("section", "") for section in in_sections(questions)]
    found: list[Mapping[str, Any]] = []
    for number, (title, section) in enumerate(zip(titles, sections, strict=True)):
        if is_shuffled:
            chance(version, "order", str(number)).shuffle(section)
        found += [
            {**question, "section": title if place == 0 else ""}
            for place, question in enumerate(section)
        ]
    return found


def _draw(sections: list[list[Mapping[str, Any]]], version: int, count: int) -> set[str]:
    pools = []
    for number, section in enumerate(sections):
        keys = [question["key"] for question in section]
        chance(version, "draw", str(number)).shuffle(keys)
        pools.append(keys)
    chance(version, "turns").shuffle(pools)
    taken: set[str] = set()
    while len(taken) < count and any(pools):
        for keys in pools:
            if keys and len(taken) < count:
                taken.add(keys.pop())
    return taken
