"""What every question in a package file has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from lessons.package_base import FormOfExploitation, Line, Markdown, Slug, Strict, Supplement

Values = dict[str, Any]


class Choice(Strict):
    id: UUID
    text: Line
    is_right: bool = False
    feedback: Line  # why this is right, or what is true instead; never scolds
    belief: Annotated[str, Field(max_length=200)] = ""  # what somebody thinks who chooses this
    stays_last: bool = False


def entry_values(entries: Sequence[Any]) -> list[Values]:
    """Entries of a list in the editor's form; the id of a choice is its key."""
    return [
        {"type": "item", "id": str(entry.id), "value": entry.model_dump(exclude={"id"})}
        for entry in entries
    ]


class QuestionBase(Strict):
    id: UUID
    prompt: Markdown
    explanation: Markdown  # shown after the answer, whatever it was
    supplement: Supplement | None = None  # beside the explanation
    sources: list[Slug] = []
    signal: str = ""
    form: FormOfExploitation = "all"
    section: Annotated[str, Field(max_length=200)] = ""  # a title; here begins a new part

    def own_values(self) -> Values:
        """What the editor's form of this type has beside the fields of every question."""
        raise NotImplementedError


class MarkedQuestion(QuestionBase):
    """One that can be answered right."""

    ask_sure: bool = False
