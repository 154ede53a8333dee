"""What packages are chosen by, and how many are left behind each choice. Plain Python.

Each value of a facet is a set of packages, kept as the bits of one number: bit 0 is the
first package. Sets of a thousand packages are joined, and counted, in well under a
microsecond, so that fifty counts cost nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

Bits = int
Masks = Mapping[str, Mapping[str, Bits]]  # by facet and value

AGE_GROUPS = {"10-12": (10, 12), "13-15": (13, 15), "16-18": (16, 18), "19-99": (19, 99)}
MOST_MINUTES = (20, 45, 90)  # "at most": what takes 20 minutes fits in 45
LONGER = str(MOST_MINUTES[-1] + 1)
RECENTLY = timedelta(days=90)
# An address stays in the history of a browser, so a form of exploitation is a letter there.
FORM_CODES = {
    "all": "a", "sexual": "b", "criminal": "c", "labour": "d", "begging": "e", "organs": "f",
    "online": "g",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traits:
    """All of a package that somebody can choose by."""

    audience: str
    age_from: int
    age_to: int
    school_types: Collection[str]
    forms: Collection[str]
    minutes: int
    group_form: str
    needs_devices: bool
    languages: Collection[str]  # in which it can be read
    areas: Collection[str]  # codes of the curriculum goals
    sensitivity: str
    published_on: date | None
    changed_on: date | None


def values_of(traits: Traits, today: date) -> dict[str, set[str]]:
    """Under which values of each facet a package is found."""
    return {
        "doelgroep": {traits.audience},
        "leeftijd": {
            name
            for name, (low, high) in AGE_GROUPS.items()
            if traits.age_from <= high and traits.age_to >= low
        },
        "school": set(traits.school_types),
        "vorm": _forms(traits.forms),
        "minuten": {str(most) for most in MOST_MINUTES if traits.minutes <= most} or {LONGER},
        "groep": {"group", "alone"} if traits.group_form == "either" else {traits.group_form},
        "apparaten": {"met" if traits.needs_devices else "zonder"},
        "taal": set(traits.languages),
        "kerndoel": set(traits.areas),
        "toon": {traits.sensitivity},
        "vers": _news(traits, today),
    }


def _forms(forms: Collection[str]) -> set[str]:
    """A package about all forms is about each of them."""
    named = FORM_CODES if "all" in forms else forms
    return {FORM_CODES[form] for form in named}


def _news(traits: Traits, today: date) -> set[str]:
    if traits.published_on is not None and today - traits.published_on <= RECENTLY:
        return {"nieuw"}
    if traits.changed_on is not None and today - traits.changed_on <= RECENTLY:
        return {"veranderd"}
    return set()


def area_of(goal: str) -> str:
    """The learning area that a curriculum goal begins with: "Burgerschap: je rechten"."""
    return goal.partition(":")[0].strip()


def code_of(area: str) -> str:
    """How an address names it: without words that a history should not hold."""
    return f"{crc32(area.casefold().encode()):08x}"[:6]


def masks_of(packages: Iterable[Mapping[str, Collection[str]]]) -> dict[str, dict[str, Bits]]:
    """The sets, out of the values of each package in order."""
    found: dict[str, dict[str, Bits]] = {}
    for place, values in enumerate(packages):
        for facet, names in values.items():
            masks = found.setdefault(facet, {})
            for name in names:
                masks[name] = masks.get(name, 0) | 1 << place
    return found


def fitting(masks: Masks, chosen: Mapping[str, str], among: Bits, *, but: str = "") -> Bits:
    """Those of ``among`` that fit every choice, leaving out that in the facet ``but``."""
    for facet, value in chosen.items():
        if facet != but:
            among &= masks.get(facet, {}).get(value, 0)
    return among


def count_choices(
    masks: Masks, chosen: Mapping[str, str], among: Bits
) -> dict[str, dict[str, int]]:
    """How many packages would be left with each value, the other facets staying as they are."""
    everything = fitting(masks, chosen, among)
    return {
        facet: {
            value: (mask & base).bit_count()
            for base in [
                fitting(masks, chosen, among, but=facet) if facet in chosen else everything
            ]
            for value, mask in values.items()
        }
        for facet, values in masks.items()
    }


def places(bits: Bits, order: Sequence[int]) -> list[int]:
    """The packages of a set, in this order."""
    flags = format(bits, f"0{max(1, len(order))}b")[::-1]
    return [place for place in order if flags[place] == "1"]
