"""What municipalities say, as pieces of a lesson's page; each is rendered once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import get_language
from wagtail.rich_text import RichText

from awareness.queries import local_texts
from helplines.models import Helpline
from helplines.queries import helplines_near
from lessons.nearby import Nearby
from organisations.municipalities import name_of
from quizzes.packing import Piece, pack


class Shown(NamedTuple):
    """What a card shows of a helpline: all that the piece is kept by."""

    for_whom: str
    name: str
    what: str
    phone: str
    phone_link: str
    url: str
    chat_url: str
    hours: str
    is_free: bool
    is_anonymous: bool


def nearby(
    municipality: str, language: str, *, for_professionals: bool, says_which: bool = False
) -> Nearby:
    """What a lesson in this language shows there. No query when warm, else 2.

    ``says_which``: a national text says that it is one, as a municipality's says whose it is.
    """
    national = _national(str(get_language()), municipality) if says_which else None
    if not municipality:
        return Nearby(national=national)
    return Nearby(
        municipality,
        local_pieces(municipality, language),
        nearby_cards(municipality, for_professionals=for_professionals),
        national,
    )


def nearby_cards(municipality: str, *, for_professionals: bool) -> tuple[Piece, ...]:
    """The section with the helplines of the region; nothing where there are none. No query when
    warm, else 1."""
    found = helplines_near(municipality, for_professionals=for_professionals)
    shown = tuple(Shown(*(getattr(one, name) for name in Shown._fields)) for one in found)
    return (_cards(str(get_language()), municipality, shown),) if shown else ()


@lru_cache(maxsize=512)
def _cards(_reader: str, municipality: str, helplines: tuple[Shown, ...]) -> Piece:
    groups = ([], [])  # type: tuple[list[Shown], list[Shown]]
    for one in helplines:
        groups[one.for_whom == Helpline.ForWhom.PROFESSIONALS].append(one)
    context = {
        "municipality": name_of(municipality),
        "helplines": groups[False],
        "for_professionals": groups[True],
    }
    return pack(render_to_string("awareness/_help_nearby.html", context).encode())


@lru_cache(maxsize=512)
def _national(_reader: str, municipality: str) -> Piece:
    context = {"municipality": name_of(municipality)}
    return pack(render_to_string("awareness/_national_text.html", context).encode())


def local_pieces(municipality: str, language: str) -> Mapping[str, Piece]:
    """By slot, in the language of the lesson. No query when warm, else 1."""
    reader = str(get_language())
    return {
        slot: _piece(reader, slot, text.html, language, municipality)
        for slot, text in local_texts(municipality, language).items()
    }


@lru_cache(maxsize=512)
def _piece(_reader: str, slot: str, html: str, language: str, municipality: str) -> Piece:
    context = {
        "slot": slot,
        "text": RichText(html),
        "language": language,
        "municipality": name_of(municipality),
    }
    return pack(render_to_string("awareness/_local_text.html", context).encode())
