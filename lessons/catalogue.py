"""Which packages fit what somebody looks for. Public, and the same for everybody who reads the
same language: a package that was not translated stands there as it was written.

The little that a search needs of each package is kept in memory, once per process and
language: for a thousand packages some megabytes. The database is only asked whether something
newer was published, at most every ``LESSON_RECHECK_SECONDS``.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Max, Subquery
from django.utils import timezone, translation
from django.utils.html import strip_tags

from lessons.choices import CHOICES, FORM_WORDS
from lessons.facets import (
    Masks,
    Traits,
    area_of,
    code_of,
    count_choices,
    fitting,
    masks_of,
    places,
    values_of,
)
from lessons.languages import active_language
from lessons.models import ContentStamp, LessonPackagePage
from lessons.searching import Search, Vocabulary, fold
from lessons.wishes import NEWEST, SHORTEST, TITLE, Wish

PACKAGES_PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A published package, as a search looks at it."""

    id: int
    title: str
    big_idea: str
    text: str  # what else is searched
    language: str  # of these texts
    minutes: int
    traits: Traits


@dataclass(frozen=True)
class Shelf:
    """All published packages in one language, newest first."""

    packages: tuple[Listed, ...]
    fingerprint: tuple[object, ...]
    words: Vocabulary
    masks: Masks
    areas: Mapping[str, str]  # the learning areas of curriculum goals, by code
    orders: Mapping[str, Sequence[int]]
    # Each package as the list shows it, by id; made when first shown.
    cards: dict[int, Any] = field(default_factory=dict)
    facets: list[Any] = field(default_factory=list)  # the choices as HTML

    def wish(self, query: Mapping[str, str]) -> Wish:
        return Wish.of(query, self.masks, CHOICES)


@dataclass(frozen=True)
class Catalogue:
    """One page of the list, and how much there is behind each choice."""

    packages: Sequence[Listed]
    total: int
    page: int
    page_count: int
    counts: Mapping[str, Mapping[str, int]]  # by facet and value
    search: Search
    # How many there would be without one facet, or without the words ("zoek"); only asked
    # when nothing was found.
    without: Mapping[str, int] = field(default_factory=dict)


_shelves: dict[str, tuple[float, Shelf]] = {}  # by language


def shelf() -> Shelf:
    """The packages that are on the site now, in the active language. No query when warm, 1 to
    look whether it still is, 2 when something was published."""
    now = time.monotonic()
    language = active_language()
    kept = _shelves.get(language)
    if kept is not None and now - kept[0] < settings.LESSON_RECHECK_SECONDS:
        return kept[1]
    # Before reading: what changes meanwhile shows at the next look.
    today = timezone.localdate()
    fingerprint = _fingerprint(today)
    if kept is None or kept[1].fingerprint != fingerprint:
        found = make_shelf(_read(language), today, fingerprint, language)
    else:
        found = kept[1]
    _shelves[language] = (now, found)
    return found


def make_shelf(
    packages: Sequence[tuple[Listed, Sequence[str]]],
    today: date,
    fingerprint: tuple[object, ...],
    language: str = settings.LANGUAGE_CODE,
) -> Shelf:
    """From packages with the learning areas that they name."""
    listed = tuple(package for package, _areas in packages)
    numbers = range(len(listed))
    return Shelf(
        listed,
        fingerprint,
        Vocabulary([(one.title, f"{one.big_idea}\n{one.text}") for one in listed], language),
        masks_of(values_of(one.traits, today) for one in listed),
        {code_of(area): area for _package, areas in packages for area in areas},
        {
            NEWEST: numbers,
            SHORTEST: sorted(numbers, key=lambda place: listed[place].minutes),
            TITLE: sorted(numbers, key=lambda place: fold(listed[place].title)),
        },
    )


def _fingerprint(today: date) -> tuple[object, ...]:
    stamp = ContentStamp.objects.filter(pk=1).values("number")
    found = LessonPackagePage.objects.live().aggregate(
        count=Count("pk"),
        newest=Max("pk"),
        published=Max("last_published_at"),
        stamp=Max(Subquery(stamp)),
    )
    return (today, *found.values())


def _read(language: str) -> list[tuple[Listed, list[str]]]:
    """1 query: the translations come along, for their words and for which languages there are."""
    rows = (
        LessonPackagePage.objects.live()
        .order_by(F("first_published_at").desc(nulls_last=True), "pk")
        .values(
            "pk", "translation_key", "title", "big_idea", "summary", "level", "minutes",
            "audience", "age_from", "age_to", "school_types", "forms", "group_form",
            "needs_devices", "sensitivity", "goals", "curriculum_goals",
            "locale__language_code", "first_published_at", "last_published_at",
        )
    )  # fmt: skip
    by_language: dict[UUID, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        by_language[row["translation_key"]][row["locale__language_code"]] = row
    found = []
    for versions in by_language.values():
        source = versions.get(settings.LANGUAGE_CODE)
        if source is None:  # a translation of what is offline
            continue
        shown = versions.get(language, source)
        with translation.override(shown["locale__language_code"]):
            found.append(_listed(source, shown, list(versions)))
    return found


def _values(row: Mapping[str, Any], name: str) -> list[Any]:
    return [entry["value"] for entry in row[name].raw_data]


def _listed(
    row: Mapping[str, Any], shown: Mapping[str, Any], languages: list[str]
) -> tuple[Listed, list[str]]:
    """A package with the texts of ``shown``, itself or a translation of it.

    Learning areas are chosen by their Dutch names in every language.
    """
    values = {name: _values(row, name) for name in ("school_types", "forms", "curriculum_goals")}
    areas = [area_of(goal) for goal in values["curriculum_goals"] if area_of(goal)]
    published, changed = row["first_published_at"], row["last_published_at"]
    traits = Traits(
        audience=row["audience"],
        age_from=row["age_from"],
        age_to=row["age_to"],
        school_types=values["school_types"],
        forms=values["forms"],
        minutes=row["minutes"],
        group_form=row["group_form"],
        needs_devices=row["needs_devices"],
        languages=languages,
        areas=[code_of(area) for area in areas],
        sensitivity=row["sensitivity"],
        published_on=timezone.localdate(published) if published else None,
        changed_on=timezone.localdate(changed) if changed else None,
    )
    # Sentences first: a part of them is shown where it was found.
    texts = [
        shown["summary"], *_values(shown, "goals"), *_values(shown, "curriculum_goals"),
        shown["level"],
        *(str(FORM_WORDS[form]) for form in values["forms"]),
        *(str(CHOICES["school"][name]) for name in values["school_types"]),
    ]  # fmt: skip
    text = "\n".join(unescape(strip_tags(text.replace("</", " </"))) for text in texts)
    listed = Listed(
        id=row["pk"],
        title=shown["title"],
        big_idea=shown["big_idea"],
        text=text,
        language=shown["locale__language_code"],
        minutes=row["minutes"],
        traits=traits,
    )
    return listed, areas


def find_packages(shelf: Shelf, wish: Wish) -> Catalogue:
    """One page of the packages that hold the words and fit every choice.

    The number behind a choice says how many would be left with it.
    """
    search = shelf.words.search(wish.text)
    bits = fitting(shelf.masks, wish.chosen, search.bits)
    order = shelf.orders[wish.sort]
    if wish.text and wish.sort == NEWEST:
        found = places(bits & search.best, order) + places(bits & ~search.best, order)
    else:
        found = places(bits, order)
    page_count = max(1, -(-len(found) // PACKAGES_PER_PAGE))
    page = min(wish.page, page_count)
    start = (page - 1) * PACKAGES_PER_PAGE
    without = {}
    if not found and wish.is_anything:
        without = {
            facet: fitting(shelf.masks, wish.chosen, search.bits, but=facet).bit_count()
            for facet in wish.chosen
        }
        if wish.text:
            everything = shelf.words.everything
            without["zoek"] = fitting(shelf.masks, wish.chosen, everything).bit_count()
    return Catalogue(
        [shelf.packages[place] for place in found[start : start + PACKAGES_PER_PAGE]],
        len(found),
        page,
        page_count,
        count_choices(shelf.masks, wish.chosen, search.bits),
        search,
        without,
    )


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _shelves.clear()
