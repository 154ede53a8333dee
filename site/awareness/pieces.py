"""What municipalities say, as pieces of a lesson's page; each is rendered once per process."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language
from wagtail.rich_text import RichText

from awareness.queries import local_texts
from organisations.municipalities import name_of
from quizzes.packing import Piece, pack


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
