"""Questions on a scale, without a right answer."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from lessons.package_base import Line, Strict
from lessons.package_questions.base import QuestionBase, Values

ScaleLabel = Annotated[str, Field(min_length=1, max_length=60)]


class Statement(Strict):
    id: UUID
    text: Line


class Scale(QuestionBase):
    """One without a right answer: its points from low to high."""

    size: Annotated[int, Field(ge=3, le=7)] = 5
    low: ScaleLabel
    high: ScaleLabel
    between: list[ScaleLabel] = []  # none, or one for each point in between

    @model_validator(mode="after")
    def words_for_all_or_for_the_ends(self) -> Self:
        if len(self.between) not in (0, self.size - 2):
            raise ValueError(f"'between' must be empty or have {self.size - 2} texts")
        return self

    def own_values(self) -> Values:
        return {
            "size": str(self.size),
            "low": self.low,
            "high": self.high,
            "between": list(self.between),
        }


class OpinionQuestion(Scale):
    type: Literal["opinion"]


class SelfAssessmentQuestion(Scale):
    type: Literal["self_assessment"]
    statements: Annotated[list[Statement], Field(min_length=1, max_length=8)]

    def own_values(self) -> Values:
        entries = [
            {"type": "item", "id": str(one.id), "value": one.text} for one in self.statements
        ]
        return {**super().own_values(), "statements": entries}


class Telling(Strict):
    title: ScaleLabel  # who tells it
    text: Annotated[str, Field(min_length=1, max_length=2_000)]


class TwoSidesQuestion(Scale):
    """One case told from two sides; by chance a learner begins with the one or the other."""

    type: Literal["two_sides"]
    tellings: Annotated[list[Telling], Field(min_length=2, max_length=2)]
    judgement: Line  # what is asked after each

    def own_values(self) -> Values:
        first, second = self.tellings
        return {
            **super().own_values(),
            "title_a": first.title,
            "text_a": first.text.strip(),
            "title_b": second.title,
            "text_b": second.text.strip(),
            "judgement": self.judgement,
        }
