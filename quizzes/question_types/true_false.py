from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.grading import Given, Mark, mark_true_false
from quizzes.question_types.base import (
    LINE_LENGTH,
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


class TrueFalseBlock(QuestionBlock):
    is_true = blocks.BooleanBlock(label=_("De stelling is waar"), required=False)
    feedback_true = blocks.CharBlock(label=_("Uitleg bij 'waar'"), max_length=LINE_LENGTH)
    feedback_false = blocks.CharBlock(label=_("Uitleg bij 'niet waar'"), max_length=LINE_LENGTH)
    why_prompt = blocks.CharBlock(
        label=_("Vraag naar de reden"), default="Waarom denk je dat?", max_length=LINE_LENGTH
    )
    reasons = blocks.ListBlock(
        ChoiceBlock(),
        label=_("Redenen"),
        min_num=0,
        max_num=6,
        default=[],
        help_text=_("Laat leeg als je niet naar de reden vraagt."),
    )

    def check_whole(self, value: Any) -> None:
        if len(value["reasons"]):
            require_right_choices(value, "reasons", exactly=1)


class TrueFalse(QuestionType):
    """True or false, and why."""

    name = "true_false"
    label = _("Waar of niet waar, met waarom")
    wording = frozenset(
        {
            "prompt",
            "explanation",
            "feedback_true",
            "feedback_false",
            "why_prompt",
            "reasons.text",
            "reasons.feedback",
        }
    )
    icon = "check"
    shuffles = ("reasons",)

    def block(self) -> blocks.StructBlock:
        return TrueFalseBlock([*common_fields(), asks_sureness()], label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "is_true": bool(value["is_true"]),
            "feedback_true": value["feedback_true"],
            "feedback_false": value["feedback_false"],
            "why_prompt": value["why_prompt"],
            "reasons": compile_choices(value["reasons"]),
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "why_prompt": content["why_prompt"],
            "reasons": public_choices(content["reasons"]),
        }

    def judgements(self, content: Mapping[str, Any]) -> list[dict[str, Any]]:
        """True and false as two choices."""
        return [
            {
                "key": key,
                "text": text,
                "is_right": content["is_true"] == value,
                "feedback": content[f"feedback_{key}"],
            }
            for key, value, text in (
                ("true", True, gettext("Waar")),
                ("false", False, gettext("Niet waar")),
            )
        ]

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        reasons = content["reasons"]
        reason = pick(reasons, sent.get("reason"), most=1) if reasons else ()
        return Given(
            choice=pick(self.judgements(content), sent.get("choice"), most=1),
            reason=reason[0] if reason else "",
            sure=sureness(content, sent),
        )

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return mark_true_false(is_true=content["is_true"], reasons=content["reasons"], given=given)

    def available(self, content: Mapping[str, Any]) -> int:
        return 2 if content["reasons"] else 1

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        said = "true" if content["is_true"] == is_right else "false"
        reasons = [choice["key"] for choice in content["reasons"] if choice["is_right"] == is_right]
        return {"choice": [said], "reason": reasons[0] if reasons else ""}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        return explained(self.judgements(content), given.choice) + explained(
            content["reasons"], (given.reason,)
        )

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        return count_choices(
            self.judgements(content), given, lambda answer: answer.choice
        ) + count_choices(content["reasons"], given, lambda answer: (answer.reason,))
