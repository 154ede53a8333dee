"""Questions that are answered by choosing from a list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from lessons.package_base import Line
from lessons.package_questions.base import Choice, MarkedQuestion, Values, entry_values


class OneAnswerQuestion(MarkedQuestion):
    type: Literal["one_answer"]
    choices: Annotated[list[Choice], Field(min_length=2, max_length=8)]

    @field_validator("choices")
    @classmethod
    def exactly_one_right(cls, choices: list[Choice]) -> list[Choice]:
        if sum(choice.is_right for choice in choices) != 1:
            raise ValueError("exactly one choice must have 'is_right: true'")
        return choices

    def own_values(self) -> Values:
        return {"choices": entry_values(self.choices)}


class SeveralAnswersQuestion(MarkedQuestion):
    type: Literal["several_answers"]
    choices: Annotated[list[Choice], Field(min_length=2, max_length=10)]
    rule: Literal["all_or_nothing", "per_choice"] = "per_choice"

    @field_validator("choices")
    @classmethod
    def at_least_one_right(cls, choices: list[Choice]) -> list[Choice]:
        if not any(choice.is_right for choice in choices):
            raise ValueError("at least one choice must have 'is_right: true'")
        return choices

    def own_values(self) -> Values:
        return {"choices": entry_values(self.choices), "rule": self.rule}


class TrueFalseQuestion(MarkedQuestion):
    """True or false, with why: after choosing, the learner picks the reason."""

    type: Literal["true_false"]
    is_true: bool
    feedback_true: Line  # what someone reads who answered "Waar"
    feedback_false: Line  # what someone reads who answered "Niet waar"
    why_prompt: Line = "Waarom denk je dat?"
    reasons: Annotated[list[Choice], Field(max_length=6)] = []  # one right, if any are given

    @field_validator("reasons")
    @classmethod
    def one_right_reason(cls, reasons: list[Choice]) -> list[Choice]:
        if reasons and sum(reason.is_right for reason in reasons) != 1:
            raise ValueError("exactly one reason must have 'is_right: true'")
        return reasons

    def own_values(self) -> Values:
        return {
            "is_true": self.is_true,
            "feedback_true": self.feedback_true,
            "feedback_false": self.feedback_false,
            "why_prompt": self.why_prompt,
            "reasons": entry_values(self.reasons),
        }
