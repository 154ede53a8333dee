"""What is still wrong with a question, in sentences that say which one and where in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

if TYPE_CHECKING:
    from quizzes.models import Quiz

# What has a sentence of its own, by the code of the error.
SENTENCES = {
    "none_right": gettext_lazy("Vraag %(number)s heeft geen goed antwoord."),
    "many_right": gettext_lazy("Vraag %(number)s heeft te veel goede antwoorden. Kies er één."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the labels on the way to the field, and what it is."""

    place: tuple[str, ...]
    message: str
    code: str = ""

    def in_question(self, number: int) -> str:
        if self.code in SENTENCES:
            return str(SENTENCES[self.code]) % {"number": number}
        question = _("Vraag %(number)s") % {"number": number}
        return _("%(place)s: %(message)s") % {
            "place": ", ".join([question, *self.place]),
            "message": self.message,
        }

    def __str__(self) -> str:
        return ": ".join([*([", ".join(self.place)] if self.place else []), self.message])


def problems_of(body: Any) -> list[Problem]:
    """What keeps this question (a stream with its one block) from being published. No query,
    unless it has a picture."""
    try:
        body.stream_block.clean(body)
    except ValidationError as error:
        return list(problems_in(error, body.stream_block, body))
    return []


def sentences_about(quiz: Quiz) -> list[str]:
    """What keeps this quiz from being published, by question."""
    return [
        problem.in_question(number)
        for number, question in enumerate(quiz.questions.all(), start=1)
        for problem in problems_of(question.body)
    ]


def problems_in(
    error: ValidationError, block: blocks.Block, value: Any, place: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Every message inside an error of a block, with its place."""
    if isinstance(error, StreamBlockValidationError):
        yield from _own(error, place)
        for index, inner in sorted(error.block_errors.items()):
            child = value[index]
            yield from problems_in(inner, child.block, child.value, place)
    elif isinstance(error, ListBlockValidationError):
        yield from _own(error, place)
        entries = list(value)
        for index, inner in sorted(error.block_errors.items()):
            where = (*place[:-1], f"{place[-1] if place else ''} {index + 1}".strip())
            yield from problems_in(inner, block.child_block, entries[index], where)
    elif isinstance(error, StructBlockValidationError):
        yield from _own(error, place)
        for name, inner in error.block_errors.items():
            child = block.child_blocks[name]
            yield from problems_in(inner, child, value[name], (*place, str(child.label)))
    else:
        for message in _messages(error):
            yield Problem(place, *message)


def _own(error: Any, place: tuple[str, ...]) -> Iterator[Problem]:
    for one in error.non_block_errors.as_data():
        for message in _messages(one):
            yield Problem(place, *message)


def _messages(error: ValidationError) -> list[tuple[str, str]]:
    return [(" ".join(one.messages), one.code or "") for one in error.error_list]
