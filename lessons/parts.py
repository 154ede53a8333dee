"""The parts that a page is put together from: templates that are rendered and packed once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """Where a question stands, by its id in the page, with the form that is nobody's."""

    place: str
    nobodys: Piece


# As ``blocks/local_slot.html`` has it; what stands in it is rich text, which holds no div.
LOCAL_TEXT = rb'<div class="prose" data-local-text="(?P<slot>[a-z0-9-]+)"[^>]*>.*?</div>'
_PLACES = re.compile(
    rb"(?P<local>" + LOCAL_TEXT + rb")"
    # As ``blocks/question.html`` has it.
    rb'|(?<=<section class="step-question") id="(?P<place>vraag-[0-9a-f-]+)"[^>]*>'
    rb"(?P<question>.*?)(?=</section><!-- /step-question -->)",
    re.S,
)
Part = Piece | LocalPlace | QuestionPlace
NO_QUESTIONS: Mapping[str, list[Piece]] = MappingProxyType({})


def with_places(piece: Piece) -> tuple[Part, ...]:
    """The piece, cut where something of a municipality or of the learner takes its place."""
    parts: list[Part] = []
    start = 0
    for found in _PLACES.finditer(piece.text):
        name = "local" if found["slot"] else "question"
        parts.append(pack(piece.text[start : found.start(name)]))
        inside = pack(found[name])
        if found["slot"]:
            parts.append(LocalPlace(found["slot"].decode(), inside))
        else:
            parts.append(QuestionPlace(found["place"].decode(), inside))
        start = found.end(name)
    return (*parts, pack(piece.text[start:])) if parts else (piece,)


def filled(
    parts: tuple[Part, ...],
    local: Mapping[str, Piece],
    questions: Mapping[str, list[Piece]] = NO_QUESTIONS,
    below: Collection[Piece] = (),
) -> Iterator[Piece]:
    """The pieces, with what a municipality wrote, by slot, and the learner's questions, by place;
    the national text and nobody's question for the rest. ``below`` each local text, whose ever."""
    for one in parts:
        if isinstance(one, LocalPlace):
            yield local.get(one.slot, one.national)
            yield from below
        elif isinstance(one, QuestionPlace):
            yield from questions.get(one.place, [one.nobodys])
        else:
            yield one
