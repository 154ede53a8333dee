"""Questions that are answered by typing a word or a number."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from lessons.package_base import Line, Strict
from lessons.package_questions.base import MarkedQuestion, Values
from quizzes.question_types.number import FIGURES, figures_problem
from quizzes.typed_words import LONGEST, OTHER, plain

TypedText = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Figure = Annotated[Decimal, Field(max_digits=16, decimal_places=4)]


class TypedAnswer(Strict):
    """An answer that is recognised when it is typed; ``also`` has other words for it."""

    id: UUID
    text: TypedText
    also: list[TypedText] = []
    feedback: Line
    belief: Annotated[str, Field(max_length=200)] = ""

    def entry(self) -> Values:
        value = self.model_dump(include={"text", "feedback", "belief"})
        return {
            "type": "item",
            "id": str(self.id),
            "value": {**value, "spellings": "\n".join(self.also)},
        }


class ShortAnswerQuestion(MarkedQuestion):
    """A word or a few, typed. ``quizzes.typed_words`` says what is forgiven."""

    type: Literal["short_answer"]
    accepted: Annotated[list[TypedAnswer], Field(min_length=1, max_length=8)]
    known_wrong: Annotated[list[TypedAnswer], Field(max_length=8)] = []
    feedback_other: Line
    forgives: bool = True

    @model_validator(mode="after")
    def told_apart(self) -> Self:
        seen: set[str] = set()
        for answer in [*self.accepted, *self.known_wrong]:
            own = {plain(text): text for text in [answer.text, *answer.also]}
            for read, text in own.items():
                if not read or read == OTHER:
                    raise ValueError(f"'{text}' cannot be recognised")
                if read in seen:
                    raise ValueError(f"'{text}' is already another answer")
            seen |= set(own)
        return self

    def own_values(self) -> Values:
        return {
            "accepted": [answer.entry() for answer in self.accepted],
            "known_wrong": [answer.entry() for answer in self.known_wrong],
            "feedback_other": self.feedback_other,
            "forgives": self.forgives,
        }


class NumberQuestion(MarkedQuestion):
    """A number or an estimate. With ``near_from`` and ``near_to`` right is 2 points, near 1."""

    type: Literal["number"]
    figure: Figure  # the true one
    unit: Annotated[str, Field(max_length=40)] = ""
    figure_source: Line  # who counted it, and of which year
    right_from: Figure
    right_to: Figure
    near_from: Figure | None = None
    near_to: Figure | None = None
    feedback_low: Line
    feedback_right: Line
    feedback_high: Line
    is_estimate: bool = False  # without points

    @model_validator(mode="after")
    def ranges_lie_around_the_figure(self) -> Self:
        wrong = figures_problem(
            self.figure, self.right_from, self.right_to, self.near_from, self.near_to
        )
        if wrong == "right_to":
            raise ValueError("'figure' must lie between 'right_from' and 'right_to'")
        if wrong == "near_to":
            raise ValueError("'near_from' and 'near_to' must both be wider than right, or absent")
        return self

    def own_values(self) -> Values:
        texts = ("unit", "figure_source", "feedback_low", "feedback_right", "feedback_high")
        figures = {name: getattr(self, name) for name in FIGURES}
        return {
            **{name: getattr(self, name) for name in texts},
            **{name: None if one is None else str(one) for name, one in figures.items()},
            "is_estimate": self.is_estimate,
        }
