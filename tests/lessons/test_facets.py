"""Counting by sets of bits, beside counting one by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.facets import (
    AGE_GROUPS,
    FORM_CODES,
    MOST_MINUTES,
    Traits,
    area_of,
    code_of,
    count_choices,
    fitting,
    masks_of,
    places,
    values_of,
)
from lessons.school_types import SchoolType, school_types_in

TODAY = date(2026, 6, 1)
days = st.none() | st.integers(0, 200).map(lambda number: TODAY - timedelta(days=number))
traits = st.builds(
    Traits,
    audience=st.sampled_from(["young_people", "teachers", "professionals"]),
    age_from=st.integers(10, 30),
    age_to=st.integers(30, 99),
    school_types=st.sets(st.sampled_from(get_args(SchoolType)), max_size=3),
    forms=st.sets(st.sampled_from(sorted(FORM_CODES)), max_size=3),
    minutes=st.integers(5, 200),
    group_form=st.sampled_from(["group", "alone", "either"]),
    needs_devices=st.booleans(),
    languages=st.sets(st.sampled_from(["nl", "en", "ar"])),
    areas=st.sets(st.sampled_from(["a1", "b2", "c3"])),
    sensitivity=st.sampled_from(["low", "some", "high"]),
    published_on=days,
    changed_on=days,
)


def fits(package: Traits, facet: str, value: str) -> bool:
    """The rule of each facet as one would say it."""
    low, high = AGE_GROUPS.get(value, (0, 0))
    is_new = package.published_on is not None and (TODAY - package.published_on).days <= 90
    is_changed = package.changed_on is not None and (TODAY - package.changed_on).days <= 90
    letters = {letter: form for form, letter in FORM_CODES.items()}
    return {
        "doelgroep": lambda: package.audience == value,
        "leeftijd": lambda: not (package.age_to < low or package.age_from > high),
        "school": lambda: value in package.school_types,
        "vorm": lambda: "all" in package.forms or letters[value] in package.forms,
        "minuten": lambda: package.minutes > 90 if value == "91" else package.minutes <= int(value),
        "groep": lambda: package.group_form in (value, "either"),
        "apparaten": lambda: package.needs_devices == (value == "met"),
        "taal": lambda: value in package.languages,
        "kerndoel": lambda: value in package.areas,
        "toon": lambda: package.sensitivity == value,
        "vers": lambda: is_new if value == "nieuw" else is_changed and not is_new,
    }[facet]()


VALUES = {
    "doelgroep": ["young_people", "teachers", "professionals"],
    "leeftijd": list(AGE_GROUPS),
    "school": list(get_args(SchoolType)),
    "vorm": list(FORM_CODES.values()),
    "minuten": [*map(str, MOST_MINUTES), "91"],
    "groep": ["group", "alone"],
    "apparaten": ["met", "zonder"],
    "taal": ["nl", "en", "ar"],
    "kerndoel": ["a1", "b2", "c3"],
    "toon": ["low", "some", "high"],
    "vers": ["nieuw", "veranderd"],
}
wishes = st.fixed_dictionaries(
    {}, optional={facet: st.sampled_from(values) for facet, values in VALUES.items()}
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(traits, max_size=40), wishes, st.integers(0))
def test_each_number_is_what_counting_one_by_one_gives(
    packages: list[Traits], chosen: dict[str, str], seed: int
) -> None:
    masks = masks_of(values_of(package, TODAY) for package in packages)
    among = seed & ((1 << len(packages)) - 1)
    here = [package for place, package in enumerate(packages) if among >> place & 1]

    def naive(wish: dict[str, str]) -> int:
        return sum(all(fits(package, *choice) for choice in wish.items()) for package in here)

    counts = count_choices(masks, chosen, among)
    for facet, values in VALUES.items():
        for value in values:
            assert counts.get(facet, {}).get(value, 0) == naive({**chosen, facet: value})
    found = fitting(masks, chosen, among)
    assert found.bit_count() == naive(chosen)
    order = range(len(packages))
    assert places(found, order) == [place for place in order if found >> place & 1]
    assert places(found, order[::-1]) == places(found, order)[::-1]


def test_a_curriculum_goal_is_chosen_by_its_learning_area() -> None:
    assert area_of("Relaties en seksualiteit: grenzen") == "Relaties en seksualiteit"
    assert code_of("Burgerschap") == code_of("burgerschap")
    assert "seks" not in code_of("Relaties en seksualiteit")  # P-32: an address is kept


def test_school_types_are_read_from_a_description() -> None:
    level = "praktijkonderwijs, vmbo-kader, onderbouw havo/vwo"
    assert school_types_in(level) == ["practical", "vmbo", "havo", "vwo"]
    assert school_types_in("mbo niveau 2 en hoger; ook jongerenwerk") == ["mbo", "outside"]
    assert school_types_in("onderbouw") == []
