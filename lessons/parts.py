"""The parts that a page is put together from: templates that are rendered and packed once."""

from __future__ import annotations

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
