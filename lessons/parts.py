"""The parts that a page is put together from: templates that are rendered and packed once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.template.loader import render_to_string

from quizzes.packing import Piece, pack

SLOT = "\x00{}\x00"  # cannot be in a text: PostgreSQL and Wagtail both refuse it


def part(name: str, **context: object) -> Piece:
    """A fragment, ``lessons/_<name>.html``."""
    return pack(render_to_string(f"lessons/_{name}.html", context).encode())


def split(page: str, names: tuple[str, ...]) -> tuple[Piece, ...]:
    """What stands between these slots, which are in the page in this order: one part more."""
    parts = []
    for name in names:
        before, page = page.split(SLOT.format(name))
        parts.append(before)
    return tuple(pack(each.encode()) for each in [*parts, page])


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """Where a municipality's own text may stand, with the national one."""

    slot: str
    national: Piece


# As ``blocks/local_slot.html`` has it; what stands in it is rich text, which holds no div.
_LOCAL = re.compile(rb'(<div class="prose" data-local-text="([a-z0-9-]+)"[^>]*>.*?</div>)', re.S)
Part = Piece | LocalPlace
NO_LOCAL_TEXTS: Mapping[str, Piece] = MappingProxyType({})


def with_places(piece: Piece) -> tuple[Part, ...]:
    """The piece, cut where a municipality's text may take the place of ours."""
    found = _LOCAL.split(piece.text)
    if len(found) == 1:
        return (piece,)
    parts: list[Part] = []
    for at in range(0, len(found) - 1, 3):
        before, national, slot = found[at : at + 3]
        parts += [pack(before), LocalPlace(slot.decode(), pack(national))]
    return (*parts, pack(found[-1]))


def filled(parts: tuple[Part, ...], local: Mapping[str, Piece]) -> Iterator[Piece]:
    """The pieces, with what a municipality wrote, by slot; the national text for the rest."""
    for one in parts:
        yield local.get(one.slot, one.national) if isinstance(one, LocalPlace) else one
