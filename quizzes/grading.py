"""Marking: what an answer is worth. Plain Python over an edition's content.

``content`` is one question of an edition as its type compiled it; ``given`` is what the
learner sent, checked against the question by the type's ``clean``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class UnusableAnswerError(ValueError):
    """What was sent cannot be an answer to this question; says why in a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


SURENESS = ("sure", "doubt", "guess")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it is kept: the keys of what was chosen, and nothing that was typed.

    What the keys say is the type's own: choices in the edition's order, an order, pairs.
    ``sure`` is one of ``SURENESS``, or "" when it was not asked or not said.
    """

    choice: tuple[str, ...] = ()
    reason: str = ""
    sure: str = ""

    def as_json(self) -> dict[str, Any]:
        said = {"choice": list(self.choice), "reason": self.reason}
        return {**said, "sure": self.sure} if self.sure else said

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Given:
        choice, reason = tuple(stored.get("choice", ())), stored.get("reason") or ""
        return cls(choice, reason, stored.get("sure") or "")


@dataclass(frozen=True, slots=True)
class Mark:
    """Points won of points available. Right means all of them.

    An opinion has none available: it is neither right nor wrong.
    """

    won: int
    available: int

    @property
    def is_marked(self) -> bool:
        return self.available > 0

    @property
    def is_right(self) -> bool:
        return self.is_marked and self.won == self.available


def percent(won: int, available: int) -> int:
    """Whole per cent, rounded down so that 100 always means full marks."""
    return 100 * won // available if available else 0


def right_keys(choices: list[dict[str, Any]]) -> frozenset[str]:
    return frozenset(choice["key"] for choice in choices if choice["is_right"])


def mark_one_answer(choices: list[dict[str, Any]], given: Given) -> Mark:
    """One point for the right choice."""
    right = right_keys(choices)
    return Mark(won=int(set(given.choice) <= right and len(given.choice) == 1), available=1)


def mark_several_answers(choices: list[dict[str, Any]], given: Given, *, rule: str) -> Mark:
    """All or nothing, or per choice: right minus wrong, never below zero.

    Per choice, choosing everything must not win: each wrong choice takes a point away.
    """
    right = right_keys(choices)
    chosen = set(given.choice)
    if rule == "all_or_nothing":
        return Mark(won=int(chosen == right), available=1)
    return Mark(won=max(0, len(chosen & right) - len(chosen - right)), available=len(right))


def mark_true_false(*, is_true: bool, reasons: list[dict[str, Any]], given: Given) -> Mark:
    """A point for true or false, and one for the right reason where reasons are asked."""
    won = int(given.choice == ("true" if is_true else "false",))
    if not reasons:
        return Mark(won=won, available=1)
    # The right reason for the wrong judgement is a guess, not a point.
    return Mark(won=won + int(bool(won) and given.reason in right_keys(reasons)), available=2)


def band_for(bands: list[dict[str, Any]], score_percent: int) -> dict[str, Any]:
    """The band with the highest threshold that the score reaches."""
    reached = [band for band in bands if band["from_percent"] <= score_percent]
    return max(reached, key=lambda band: band["from_percent"])
