"""What a lesson shows because of where somebody is: their municipality's texts, its helplines.

Made beforehand and of nobody (``awareness.pieces``); here it gets its place in a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import sha256

from django.utils.safestring import SafeString, mark_safe

from lessons.compiled import CompiledLesson
from lessons.parts import LOCAL_TEXT, part
from quizzes.packing import Piece

_LOCAL_TEXT = re.compile(LOCAL_TEXT.decode(), re.S)


class Choice(Enum):
    """What a page asks somebody about where they live."""

    NONE = "none"  # their class says it, or there is nothing to gain
    FIRST = "first"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Nearby:
    """Of one municipality, in one language of lessons and one of the interface."""

    municipality: str = ""  # its code
    local: Mapping[str, Piece] = field(default_factory=dict)  # by slot
    cards: tuple[Piece, ...] = ()  # of the helplines of the region
    national: Piece | None = None  # below a national text, for who must know which one it is

    @property
    def stamp(self) -> str:
        """Another one whenever something else would be shown: papers and copies are kept by it."""
        texts = [slot.encode() + b"=" + piece.text for slot, piece in sorted(self.local.items())]
        texts += [piece.text for piece in self.cards]
        texts += [self.national.text] if self.national else []
        lengths = " ".join(str(len(text)) for text in texts).encode()
        return sha256(lengths + b"".join(texts)).hexdigest()[:16] if texts else ""

    def place_in(self, html: str, *, with_cards: bool) -> SafeString:
        """The HTML of a step or slide, with what is theirs in the places of the national texts."""
        told = self.national.text.decode() if self.national else ""

        def own(found: re.Match[str]) -> str:
            piece = self.local.get(found["slot"])
            return piece.text.decode() if piece else found[0] + told

        cards = [piece.text.decode() for piece in self.cards] if with_cards else []
        whole = "\n".join([_LOCAL_TEXT.sub(own, html), *cards])
        return mark_safe(whole)  # noqa: S308  (templates escaped all of it)

    def of_lesson(self, lesson: CompiledLesson) -> CompiledLesson:
        """The lesson for a teacher or on paper, with the texts and helplines of here."""
        steps = (
            replace(step, html=self.place_in(step.html, with_cards=step.shows_help))
            for step in lesson.steps
        )
        return replace(lesson, steps=tuple(steps))


NOWHERE = Nearby()


def choices(path: str) -> dict[Choice, tuple[Piece, ...]]:
    """What stands below each local text of the page at this address."""
    return {
        Choice.NONE: (),
        Choice.FIRST: (part("choose_place", path=path, is_chosen=False),),
        Choice.AGAIN: (part("choose_place", path=path, is_chosen=True),),
    }
