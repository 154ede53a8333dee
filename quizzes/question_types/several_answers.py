from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.grading import Given, Mark, mark_several_answers, right_keys
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


class SeveralAnswersBlock(QuestionBlock):
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Antwoorden"), min_num=2, max_num=10)
    rule = blocks.ChoiceBlock(
        label=_("Punten"),
        choices=[
            ("per_choice", _("Per antwoord: goed min fout, nooit onder nul")),
            ("all_or_nothing", _("Alles goed of geen punt")),
        ],
        default="per_choice",
    )

    def check_whole(self, value: Any) -> None:
        require_right_choices(value, "choices")


class SeveralAnswers(QuestionType):
    """Choose all that apply."""

    name = "several_answers"
    label = _("Meerdere antwoorden")
    icon = "list-ul"
    shuffles = ("choices",)

    def block(self) -> blocks.StructBlock:
        return SeveralAnswersBlock(
            [*common_fields(), asks_sureness()], label=self.label, icon=self.icon
        )

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {"choices": compile_choices(value["choices"]), "rule": value["rule"]}

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"choices": public_choices(content["choices"])}

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = pick(content["choices"], sent.get("choice"))
        return Given(choice=chosen, sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return mark_several_answers(content["choices"], given, rule=content["rule"])

    def available(self, content: Mapping[str, Any]) -> int:
        return 1 if content["rule"] == "all_or_nothing" else len(right_keys(content["choices"]))

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        fitting = [choice["key"] for choice in content["choices"] if choice["is_right"] == is_right]
        return {"choice": fitting}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        return explained(content["choices"], given.choice)

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        return count_choices(content["choices"], given, lambda answer: answer.choice)
