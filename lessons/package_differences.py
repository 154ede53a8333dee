"""What differs between two versions of a part of a package, place by place. Plain Python.

Both are dictionaries as in the file. Steps, blocks, questions and choices are recognised by
their ids, also when they stand elsewhere now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Difference:
    """One text or number. ``before`` is empty for what is new, ``after`` for what goes."""

    place: Place  # names of fields, and numbers from 1 of where it stands
    before: str
    after: str


def differences(before: Any, after: Any, place: Place = ()) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*after, *before]):
            if name not in ("id", "type", "schema_version"):
                yield from differences(before.get(name), after.get(name), (*place, name))
    elif _has_ids(before) and _has_ids(after):
        yield from _by_id(before or [], after or [], place)
    else:
        yield Difference(place, _shown(before), _shown(after))


def _has_ids(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value)
    )


def _by_id(before: list[Any], after: list[Any], place: Place) -> Iterator[Difference]:
    there = {one["id"]: one for one in before}
    stays = {one["id"] for one in after}
    for number, one in enumerate(after, start=1):
        here = (*place, number)
        if one["id"] in there:
            yield from differences(there[one["id"]], one, here)
        else:
            yield Difference(here, "", _shown(one))
    for number, one in enumerate(before, start=1):
        if one["id"] not in stays:
            yield Difference((*place, number), _shown(one), "")
    kept = [one["id"] for one in before if one["id"] in stays]
    now = [one["id"] for one in after if one["id"] in there]
    if kept != now:
        places = {one["id"]: str(number) for number, one in enumerate(before, start=1)}
        yield Difference((*place, "order"), _listed(places, kept), _listed(places, now))


def _listed(places: dict[str, str], ids: list[str]) -> str:
    return ", ".join(places[one] for one in ids)


def _shown(value: Any) -> str:
    """The words in it, one below the other."""
    if value is None:
        return ""
    if isinstance(value, dict):
        parts = [
            _shown(one) for name, one in value.items() if name not in ("id", "type", "decorative")
        ]
        return "\n".join(part for part in parts if part)
    if isinstance(value, list):
        return "\n".join(_shown(one) for one in value)
    return str(value)
