"""Which claims must be looked at again, and by whom. Plain Python.

A claim is what may stop being true: a source of a package, a helpline, a signal, a package
itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

SOURCE, HELPLINE, SIGNAL, PACKAGE = "source", "helpline", "signal", "package"
OVERDUE, SOON, LATER, FAR = "overdue", "30", "90", "far"


@dataclass(frozen=True, slots=True)
class Claim:
    """``pk`` is the page's for a source and a package, else the helpline's or signal's."""

    kind: str
    pk: int
    title: str
    owner: str
    due: date
    checked_on: date | None = None
    name: str = ""  # of a source, as blocks and questions name it; of the others, the slug
    place: str = ""  # of a source: the title of its package
    publisher: str = ""
    recheck: str = ""
    block: str = ""  # of a source: its block in the editor

    def is_overdue(self, today: date) -> bool:
        return today >= self.due

    def window(self, today: date) -> str:
        """In which stretch of time it must be done."""
        if self.is_overdue(today):
            return OVERDUE
        days = (self.due - today).days
        return SOON if days <= 30 else LATER if days <= 90 else FAR


@dataclass(frozen=True, slots=True)
class Use:
    """A page or quiz that depends on a claim; of a quiz also which questions, from 1."""

    kind: str  # lesson, quiz, draft (of a quiz), page
    pk: int
    title: str
    questions: tuple[int, ...] = ()


Uses = dict[Claim, list[Use]]


# What each choice of "due within" takes in.
WITHIN = {OVERDUE: {OVERDUE}, SOON: {OVERDUE, SOON}, LATER: {OVERDUE, SOON, LATER}}
NOBODY = "-"  # chosen to see what has no owner


def find_claims(
    claims: Iterable[Claim],
    *,
    today: date,
    owner: str = "",
    kind: str = "",
    within: str = "",
    text: str = "",
) -> list[Claim]:
    """What fits all of these, the longest overdue first. Empty means: any."""
    wanted = text.casefold().split()
    found = [
        claim
        for claim in claims
        if (not owner or claim.owner == ("" if owner == NOBODY else owner))
        and (not kind or claim.kind == kind)
        and (not within or claim.window(today) in WITHIN[within])
        and all(word in _searchable(claim) for word in wanted)
    ]
    return sorted(found, key=lambda claim: (claim.due, claim.title, claim.pk))


def _searchable(claim: Claim) -> str:
    texts = (claim.title, claim.publisher, claim.place, claim.owner, claim.recheck, claim.name)
    return " ".join(texts).casefold()


@dataclass(frozen=True, slots=True)
class OwnersWork:
    """How many claims one owner has, by when; an empty owner is nobody."""

    owner: str
    overdue: int
    soon: int
    later: int
    total: int


def work_per_owner(claims: Iterable[Claim], *, today: date) -> list[OwnersWork]:
    """Nobody first, then who has most overdue."""
    windows: dict[str, list[str]] = {}
    for claim in claims:
        windows.setdefault(claim.owner, []).append(claim.window(today))
    work = [
        OwnersWork(
            owner, found.count(OVERDUE), found.count(SOON), found.count(LATER), total=len(found)
        )
        for owner, found in windows.items()
    ]
    return sorted(work, key=lambda one: (one.owner != "", -one.overdue, one.owner))


def long_overdue(dues: Iterable[date], *, today: date, days: int) -> bool:
    """Whether one of these passed so long ago that readers are told too."""
    return any(today >= due + timedelta(days=days) for due in dues)


def named_sources(raw: Any) -> set[str]:
    """The sources that content names, as Wagtail keeps it: in ``sources`` and in ``source``."""
    return set(_named(raw))


def _named(raw: Any) -> Iterator[str]:
    if isinstance(raw, list):
        for one in raw:
            yield from _named(one)
    elif isinstance(raw, dict):
        for field, value in raw.items():
            if field == "source" and isinstance(value, str):
                yield value
            elif field == "sources" and isinstance(value, list):
                yield from (
                    name
                    for entry in value
                    if isinstance(name := entry["value"] if isinstance(entry, dict) else entry, str)
                )
            else:
                yield from _named(value)
