"""Answers that give each item a place: an order, pairs, groups, gaps. Plain Python.

Such an answer is a choice per item, ``item:place``. In an order the places are 1, 2, 3…
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from typing import Any

from quizzes.grading import Given, Mark, UnusableAnswerError

BETWEEN = ":"


def folded(text: str) -> str:
    """What two texts have in common that a reader would call the same."""
    return " ".join(text.casefold().split())


def key_of(kind: str, entry: str) -> str:
    """A key that can be shown, from an id that cannot.

    The ids in a package file often follow the right order, and the two halves of a pair
    have one id: who sees the ids sees the answer (S-20). The hash tells nothing of them.
    """
    return sha256(f"{kind}{BETWEEN}{entry}".encode()).hexdigest()[:12]


def mixed(keys: Sequence[str]) -> list[str]:
    """An order that says nothing of the order in which they were written, and is never that one.

    The keys are hashes already: their own order is a draw, the same in every edition.
    """
    drawn = sorted(keys)
    return [*drawn[1:], drawn[0]] if drawn == list(keys) else drawn


def pair(item: str, place: str) -> str:
    return f"{item}{BETWEEN}{place}"


def places(given: Given) -> dict[str, str]:
    """Item → the place that it was given."""
    return dict(choice.split(BETWEEN) for choice in given.choice)


def read_pairs(allowed: Mapping[str, Collection[str]], sent: Any) -> tuple[str, ...]:
    """What was sent as a place per item, in the order of ``allowed`` (item → its places).

    Raises ``UnusableAnswerError`` when an item has no place, two, or one that is not there.
    """
    if isinstance(sent, str):
        sent = [sent]
    if not isinstance(sent, (list, tuple)) or not all(isinstance(one, str) for one in sent):
        raise UnusableAnswerError("not_a_list_of_choices")
    found: dict[str, str] = {}
    for one in filter(None, sent):
        item, _between, place = one.partition(BETWEEN)
        if item in found or place not in allowed.get(item, ()):
            raise UnusableAnswerError("unknown_choice")
        found[item] = place
    if not found:
        raise UnusableAnswerError("nothing_chosen")
    if len(found) < len(allowed):
        raise UnusableAnswerError("incomplete")
    return tuple(pair(item, found[item]) for item in allowed)


def mark_pairs(right: Mapping[str, Collection[str]], given: Given) -> Mark:
    """A point per item that is in a right place. A wrong one costs nothing: each item has to
    get a place, so nobody wins by choosing more."""
    chosen = places(given)
    won = sum(chosen.get(item) in accepted for item, accepted in right.items())
    return Mark(won=won, available=len(right))


def read_order(items: Sequence[str], sent: Any) -> tuple[str, ...]:
    """What was sent as a place per item, in the order of the places.

    Raises ``UnusableAnswerError``, with ``same_place`` when two items have one.
    """
    numbers = [str(number) for number in range(1, len(items) + 1)]
    pairs = read_pairs(dict.fromkeys(items, numbers), sent)
    in_order = sorted(pairs, key=lambda one: int(one.partition(BETWEEN)[2]))
    if len({one.partition(BETWEEN)[2] for one in pairs}) < len(items):
        raise UnusableAnswerError("same_place")
    return tuple(in_order)


def sequence(given: Given) -> list[str]:
    """The items of an order, first to last."""
    return [choice.partition(BETWEEN)[0] for choice in given.choice]


def follows(right: Sequence[str], given: Given) -> set[str]:
    """The items that come directly after the same item as in the right order; of the first
    that is nothing."""
    placed = sequence(given)
    found = dict(zip(placed, [None, *placed], strict=False))
    return {
        item
        for item, before in zip(right, [None, *right], strict=False)
        if item in found and found[item] == before
    }


def mark_order(right: Sequence[str], given: Given, *, rule: str) -> Mark:
    """All or nothing, or a point per item that comes directly after the right one.

    By its place alone, one item too early would make all after it wrong, though the
    learner knows what follows what. Moodle's ordering question calls this "relative to
    the previous item". A random order wins one point on average, the reverse none.
    """
    if rule == "all_or_nothing":
        return Mark(won=int(sequence(given) == list(right)), available=1)
    return Mark(won=len(follows(right, given)), available=len(right))


def turned_round(right: Sequence[str], given: Given) -> list[tuple[str, str]]:
    """The pairs (earlier, later) that this order has the wrong way round."""
    placed = {item: number for number, item in enumerate(sequence(given))}
    return [
        (later, earlier)
        for earlier, later in combinations(right, 2)
        if {earlier, later} <= placed.keys() and placed[later] < placed[earlier]
    ]
