from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.grading import Given, Mark, mark_one_answer
from quizzes.question_types.base import (
    ChoiceBlock,
    ChoiceCount,
    QuestionBlock,
    QuestionType,
    asks_sureness,
    common_fields,
    compile_choices,
    count_choices,
    explained,
    pick,
    public_choices,
    require_right_choices,
    sureness,
)


class OneAnswerBlock(QuestionBlock):
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Antwoorden"), min_num=2, max_num=8)

    def check_whole(self, value: Any) -> None:
        require_right_choices(value, "choices", exactly=1)


class OneAnswer(QuestionType):
    """Choose one of a few."""

    name = "one_answer"
    label = _("Eén antwoord")
    icon = "radio-full"
    shuffles = ("choices",)

    def block(self) -> blocks.StructBlock:
        return OneAnswerBlock([*common_fields(), asks_sureness()], label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {"choices": compile_choices(value["choices"])}

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"choices": public_choices(content["choices"])}

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = pick(content["choices"], sent.get("choice"), most=1)
        return Given(choice=chosen, sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return mark_one_answer(content["choices"], given)

    def available(self, content: Mapping[str, Any]) -> int:
        return 1

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        fitting = [choice["key"] for choice in content["choices"] if choice["is_right"] == is_right]
        return {"choice": fitting[:1]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        return explained(content["choices"], given.choice)

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        return count_choices(content["choices"], given, lambda answer: answer.choice)
