"""The list of packages as a page: its frame and its cards are made once per language.

Per request only the choices and the links to other pages are rendered. Nothing in what is
kept is about who looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lessons.catalogue import PACKAGES_PER_PAGE, Catalogue, Listed, Shelf
from lessons.models import LessonPackagePage
from lessons.rendering import SLOT
from quizzes.rendering import Address, frame

# The address to come back to after choosing a language, and what the list holds.
PATH, RESULTS = SLOT.format("path"), SLOT.format("results")

_frames: dict[tuple[str, bool], tuple[str, str, str]] = {}


class AnyWish(Address):
    """The request for the list, whatever was chosen in it."""

    def get_full_path(self) -> str:
        return PATH


def in_frame(results: str, path: str, *, is_known: bool) -> str:
    """The whole page around these results, as asked for at ``path``.

    The menu differs for a browser that belongs to a learner.
    """
    key = (str(get_language()), is_known)
    parts = _frames.get(key)
    if parts is None:
        address = reverse("lessons:catalogue")
        own = {"request": AnyWish(address), "is_known": is_known, "results": RESULTS}
        page = render_to_string("lessons/catalogue_page.html", {**frame(address), **own})
        start, rest = page.split(PATH)
        middle, end = rest.split(RESULTS)
        parts = _frames[key] = (start, middle, end)
    return "".join([parts[0], escape(path), parts[1], results, parts[2]])


def cards(shelf: Shelf, packages: Sequence[Listed]) -> list[SafeString]:
    """Each package as a card. 1 query when one of them was not shown before."""
    language = str(get_language())
    missing = [one.id for one in packages if (language, one.id) not in shelf.cards]
    if missing:
        pages = LessonPackagePage.objects.live().select_related("image", "locale")
        for page in pages.filter(pk__in=missing):
            html = render_to_string("lessons/_package_card.html", {"page": page})
            shelf.cards[language, page.pk] = html
    found = (shelf.cards.get((language, one.id)) for one in packages)
    return [card for card in found if card is not None]  # or just taken offline


def page_numbers(found: Catalogue) -> Iterator[int | None]:
    """The pages to link to: the ends, and those beside this one; None where some are left out."""
    paginator = Paginator(range(found.total), PACKAGES_PER_PAGE)
    for number in paginator.get_elided_page_range(found.page, on_each_side=1, on_ends=1):
        yield number if isinstance(number, int) else None


def clear_memory() -> None:
    _frames.clear()
