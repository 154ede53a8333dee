"""The list of packages as a page: every template of it is rendered once per language.

Per request the counts, the addresses and the words that were found are filled in. Nothing in
what is kept is about who looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from lessons import slotted as slotted_module
from lessons.catalogue import PACKAGES_PER_PAGE, Catalogue, Listed, Shelf
from lessons.choices import CHOICES, FIRST, HEADINGS
from lessons.models import LessonPackagePage
from lessons.parts import SLOT
from lessons.searching import highlight, snippet
from lessons.slotted import Slotted, slotted
from lessons.wishes import NEWEST, SHORTEST, TITLE, Wish
from media.pictures import picture_address
from quizzes.rendering import Address, frame
from quizzes.speaking import language_attributes

COVER_WIDTH = 640  # pixels
SORT_NAMES = (NEWEST, SHORTEST, TITLE)
_frames: dict[tuple[str, bool], Slotted] = {}


class AnyWish(Address):
    """The request for the list, whatever was chosen in it."""

    def get_full_path(self) -> str:
        return SLOT.format("path")


def catalogue_page(shelf: Shelf, wish: Wish, found: Catalogue, *, path: str, is_known: bool) -> str:
    """The whole page, as asked for at ``path``. 1 query when a package was not shown before.

    The menu differs for a browser that belongs to a learner.
    """
    key = (str(get_language()), is_known)
    page = _frames.get(key)
    if page is None:
        names = ("results", "canonical")
        own = {"request": AnyWish(reverse("lessons:catalogue")), "is_known": is_known}
        slots = {name: SLOT.format(name) for name in names}
        context = {**frame(reverse("lessons:catalogue")), **own, **slots}
        page = _frames[key] = Slotted(render_to_string("lessons/catalogue_page.html", context))
    return page.fill(
        path=escape(path),
        canonical=escape(f"{settings.BASE_URL}{reverse('lessons:catalogue')}{wish.canonical}"),
        results=_results(shelf, wish, found),
    )


def _results(shelf: Shelf, wish: Wish, found: Catalogue) -> str:
    here = reverse("lessons:catalogue")
    show = _list if found.packages else _empty
    fill = {
        "text": escape(wish.text),
        "hidden": "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in sorted(wish.parts(but=["zoek"]).items())
        ),
        "facets": "".join(_facets(shelf, wish, found, here)),
        "chips": _chips(shelf, wish, here),
        "main": show(shelf, wish, found, here),
    }
    template = slotted(
        "lessons/_catalogue.html", *fill,
        here=here, has_facets=bool(fill["facets"]),
    )  # fmt: skip
    return template.fill(**fill)


@dataclass(frozen=True, slots=True)
class FacetForms:
    """A facet as HTML in one language: folded, unfolded, and each value in its three forms."""

    name: str
    folded: Slotted
    unfolded: Slotted
    values: Sequence[tuple[str, Mapping[str, Slotted]]]
    changes_something: bool  # not every package has its only value


def _facet_forms(shelf: Shelf) -> Sequence[FacetForms]:
    """Made once per language and shelf: fifty small templates."""
    if not shelf.facets:
        shelf.facets[:] = [_forms(shelf, facet) for facet in HEADINGS if shelf.masks.get(facet)]
    return shelf.facets


def _forms(shelf: Shelf, facet: str) -> FacetForms:
    masks = shelf.masks[facet]
    labels: Mapping[str, object] = CHOICES[facet]
    if facet == "kerndoel":
        by_name = sorted(shelf.areas.items(), key=lambda area: area[1].casefold())
        labels = dict(by_name)
    # What an editor wrote is Dutch; the other words are the interface's.
    language = settings.LANGUAGE_CODE if facet == "kerndoel" else ""

    def option(label: object, state: str) -> Slotted:
        context = {"label": str(label), "state": state, "language": language}
        return slotted("lessons/_facet_option.html", "count", "address", **context)

    def group(*, is_open: bool) -> Slotted:
        context = {"heading": str(HEADINGS[facet]), "is_open": is_open}
        return slotted("lessons/_facet.html", "options", **context)

    return FacetForms(
        facet,
        folded=group(is_open=facet in FIRST),
        unfolded=group(is_open=True),
        values=[
            (value, {state: option(label, state) for state in ("on", "off", "none")})
            for value, label in labels.items()
            if value in masks
        ],
        changes_something=any(mask.bit_count() != len(shelf.packages) for mask in masks.values()),
    )


def _facets(shelf: Shelf, wish: Wish, found: Catalogue, here: str) -> Iterator[str]:
    """Each facet with its values. Left out is what no choice can change."""
    for forms in _facet_forms(shelf):
        facet, chosen = forms.name, wish.chosen.get(forms.name)
        if chosen is None and not forms.changes_something:
            continue
        counts = found.counts[facet]
        before, after = wish.around(facet)
        before, after = escape(here + before), escape(after)
        options = []
        for value, form in forms.values:
            count = counts[value]
            if value == chosen:
                address = escape(here + wish.address(**{facet: ""}))
                options.append(form["on"].fill(count=str(count), address=address))
            elif count:
                address = f"{before}{value}{after}"
                options.append(form["off"].fill(count=str(count), address=address))
            else:
                options.append(form["none"].fill(count="0"))
        group = forms.folded if chosen is None else forms.unfolded
        yield group.fill(options="".join(options))


def _label(shelf: Shelf, facet: str, value: str) -> str:
    text = str(shelf.areas.get(value, value) if facet == "kerndoel" else CHOICES[facet][value])
    return text[:1].upper() + text[1:]


def _named(shelf: Shelf, wish: Wish) -> dict[str, str]:
    """What was asked for, in words, by the name in the address."""
    named = {"zoek": f"‘{wish.text}’"} if wish.text else {}
    return named | {
        facet: f"{HEADINGS[facet]}: {_label(shelf, facet, wish.chosen[facet])}"
        for facet in HEADINGS
        if facet in wish.chosen
    }


def _chips(shelf: Shelf, wish: Wish, here: str) -> str:
    if not wish.is_anything:
        return ""
    one = slotted("lessons/_chip.html", "address", "label")
    chips = "".join(
        one.fill(address=escape(here + wish.address(**{name: ""})), label=escape(label))
        for name, label in _named(shelf, wish).items()
    )
    return slotted("lessons/_chips.html", "chips", here=here).fill(chips=chips)


def _list(shelf: Shelf, wish: Wish, found: Catalogue, here: str) -> str:
    count = ngettext("%(total)d lespakket", "%(total)d lespakketten", found.total)
    guess = ""
    if found.search.guesses:
        words = ", ".join(f"‘{word}’" for word in found.search.guesses)
        guess = slotted("lessons/_guess.html", "words").fill(words=escape(words))
    fill = {
        "count": escape(count % {"total": found.total}),
        "guess": guess,
        "cards": "".join(f"<li>{card}</li>" for card in cards(shelf, found)),
        "pages": _pages(wish, found, here),
        **{
            f"sort_{name or 'nieuwste'}": escape(here + wish.address(sorteer=name))
            for name in SORT_NAMES
        },
    }
    template = slotted(
        "lessons/_package_list.html", *fill,
        sort=wish.sort, is_search=bool(wish.text), has_sorts=found.total > 1,
    )  # fmt: skip
    return template.fill(**fill)


def cards(shelf: Shelf, found: Catalogue) -> Iterator[str]:
    """Each package as a card. 1 query when one of them was not shown before."""
    missing = {one.id: one for one in found.packages if one.id not in shelf.cards}
    if missing:
        pages = LessonPackagePage.objects.live().select_related("image", "locale")
        for page in pages.filter(pk__in=missing).defer_streamfields():
            shelf.cards[page.pk] = _card(page, missing[page.pk].language)
    for one in found.packages:
        card = shelf.cards.get(one.id)
        if card is not None:  # or just taken offline
            yield card.fill(**_texts(one, found.search.marked))


def _card(page: LessonPackagePage, language: str) -> Slotted:
    """The card, still without the texts in which words may be marked."""
    image = page.image
    fixed = {
        "address": escape(page.screen_path()),
        "lang": language_attributes(language),
        "image": escape(picture_address(image, width=COVER_WIDTH)) if image else "",
        "width": str(image.width) if image else "",
        "height": str(image.height) if image else "",
        "ages": escape(page.ages),
        "minutes": escape(
            ngettext("%(minutes)s minuut", "%(minutes)s minuten", page.minutes)
            % {"minutes": page.minutes}
        ),
    }
    texts = {name: SLOT.format(name) for name in ("title", "idea", "found")}
    card = slotted("lessons/_package_card.html", *fixed, *texts, has_image=image is not None)
    return Slotted(card.fill(**fixed, **texts))


def _texts(package: Listed, marked: frozenset[str]) -> dict[str, str]:
    """What a card says, with the words that were found marked."""
    if not marked:
        return {"title": escape(package.title), "idea": escape(package.big_idea), "found": ""}
    title, idea = highlight(package.title, marked), highlight(package.big_idea, marked)
    part = "" if "<mark>" in title + idea else snippet(package.text, marked)
    template = slotted("lessons/_found_in.html", "part", language=package.language)
    return {"title": title, "idea": idea, "found": template.fill(part=part) if part else ""}


def _empty(shelf: Shelf, wish: Wish, found: Catalogue, here: str) -> str:
    """That there is nothing, and which choice to take away: the one that gives most first."""
    named = _named(shelf, wish)
    line = slotted("lessons/_loosen.html", "address", "label", "count")
    lines = [
        line.fill(
            address=escape(here + wish.address(**{name: ""})),
            label=escape(named[name]),
            count=escape(
                ngettext("%(total)d lespakket", "%(total)d lespakketten", count) % {"total": count}
            ),
        )
        for name, count in sorted(found.without.items(), key=lambda entry: -entry[1])
        if count
    ]
    template = slotted(
        "lessons/_nothing_found.html", "lines",
        here=here, is_anything=wish.is_anything, has_lines=bool(lines),
    )  # fmt: skip
    return template.fill(lines="".join(lines))


def _pages(wish: Wish, found: Catalogue, here: str) -> str:
    if found.page_count == 1:
        return ""

    def link(number: int, name: str, label: str) -> str:
        address = here + wish.address(pagina=number if number > 1 else "")
        template = slotted("lessons/_page_link.html", "address", "label", "name", kind=name)
        return template.fill(address=escape(address), name=escape(label), label=label)

    links = []
    if found.page > 1:
        links.append(link(found.page - 1, "step", gettext("Vorige")))
    for number in page_numbers(found):
        if number is None:
            links.append('<li aria-hidden="true">…</li>')
        else:
            kind = "current" if number == found.page else "number"
            links.append(link(number, kind, str(number)))
    if found.page < found.page_count:
        links.append(link(found.page + 1, "step", gettext("Volgende")))
    return slotted("lessons/_pagination.html", "links").fill(links="".join(links))


def page_numbers(found: Catalogue) -> Iterator[int | None]:
    """The pages to link to: the ends, and those beside this one; None where some are left out."""
    paginator = Paginator(range(found.total), PACKAGES_PER_PAGE)
    for number in paginator.get_elided_page_range(found.page, on_each_side=1, on_ends=1):
        yield number if isinstance(number, int) else None


def clear_memory() -> None:
    _frames.clear()
    slotted_module.clear_memory()
