"""Which packages fit what somebody looks for. Public, and the same for everybody.

The little that a search needs of each package is kept in memory, once per process: for a
thousand packages less than a megabyte. The database is only asked whether something newer
was published, at most every ``LESSON_RECHECK_SECONDS``.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from django.conf import settings
from django.db.models import Count, F, Max, Subquery
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from lessons.models import ContentStamp, LessonPackagePage

PACKAGES_PER_PAGE = 12
Ages = tuple[int, int]
Kind = tuple[str, int, int]  # audience, age from, age to


@dataclass(frozen=True, slots=True)
class Listed:
    """A published package, as a search looks at it."""

    id: int
    title: str
    kind: Kind
    words: str  # all that is searched, in small letters


@dataclass(frozen=True)
class Shelf:
    """All published packages, newest first."""

    packages: tuple[Listed, ...]
    fingerprint: tuple[object, ...]
    # Each package as the list shows it, by language and id; made when first shown.
    cards: dict[tuple[str, int], SafeString] = field(default_factory=dict)


@dataclass(frozen=True)
class Catalogue:
    """One page of the list, and how much there is behind each choice."""

    packages: Sequence[Listed]
    total: int
    page: int
    page_count: int
    counts: Mapping[str, int]  # by "audience:young_people" and "age:13-15"


_shelf: tuple[float, Shelf] | None = None


def shelf() -> Shelf:
    """The packages that are on the site now. No query when warm, 1 to look whether it
    still is, 2 when something was published."""
    global _shelf
    now = time.monotonic()
    if _shelf is not None and now - _shelf[0] < settings.LESSON_RECHECK_SECONDS:
        return _shelf[1]
    # Before reading: what changes meanwhile shows at the next look.
    fingerprint = _fingerprint()
    if _shelf is None or _shelf[1].fingerprint != fingerprint:
        found = Shelf(tuple(_read()), fingerprint)
    else:
        found = _shelf[1]
    _shelf = (now, found)
    return found


def _fingerprint() -> tuple[object, ...]:
    stamp = ContentStamp.objects.filter(pk=1).values("number")
    return tuple(
        LessonPackagePage.objects.live()
        .aggregate(
            count=Count("pk"),
            newest=Max("pk"),
            published=Max("last_published_at"),
            stamp=Max(Subquery(stamp)),
        )
        .values()
    )


def _read() -> list[Listed]:
    rows = (
        LessonPackagePage.objects.live()
        .order_by(F("first_published_at").desc(nulls_last=True), "pk")
        .values_list(
            "pk", "title", "audience", "age_from", "age_to", "big_idea", "summary", "level"
        )
    )
    return [
        Listed(pk, title, (audience, age_from, age_to), _words(title, *texts))
        for pk, title, audience, age_from, age_to, *texts in rows
    ]


def _words(*texts: str) -> str:
    return "\n".join(unescape(strip_tags(text)) for text in texts).casefold()


def find_packages(
    packages: Sequence[Listed],
    *,
    text: str,
    audience: str,
    ages: Ages | None,
    page: int,
    age_groups: Mapping[str, Ages],
) -> Catalogue:
    """One page of the packages that hold every word of ``text`` and fit both choices.

    The number behind a choice says how many fit the other choice and the words too.
    """
    for word in text.casefold().split():
        packages = [package for package in packages if word in package.words]
    kinds = Counter([package.kind for package in packages])

    def how_many(audience: str, ages: Ages | None) -> int:
        return sum(count for kind, count in kinds.items() if _fits(kind, audience, ages))

    counts = {f"audience:{value}": how_many(value, ages) for value in AUDIENCES}
    counts |= {f"age:{name}": how_many(audience, group) for name, group in age_groups.items()}
    fitting = {kind for kind in kinds if _fits(kind, audience, ages)}
    found = [package for package in packages if package.kind in fitting]
    page_count = max(1, -(-len(found) // PACKAGES_PER_PAGE))
    page = min(page, page_count)
    start = (page - 1) * PACKAGES_PER_PAGE
    shown = found[start : start + PACKAGES_PER_PAGE]
    return Catalogue(shown, len(found), page, page_count, counts)


AUDIENCES = tuple(LessonPackagePage.Audience.values)


def _fits(kind: Kind, audience: str, ages: Ages | None) -> bool:
    return (not audience or kind[0] == audience) and (
        ages is None or (kind[1] <= ages[1] and kind[2] >= ages[0])
    )


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    global _shelf
    _shelf = None
