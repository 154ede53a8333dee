from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.grading import Given
from quizzes.question_types.base import LINE_LENGTH, ChoiceCount, common_fields
from quizzes.question_types.scale import (
    ScaleBlock,
    ScaleType,
    compile_scale,
    in_words,
    one_point_each,
    place_on,
)


class SelfAssessmentBlock(ScaleBlock):
    statements = blocks.ListBlock(
        blocks.CharBlock(label=_("Zin"), max_length=LINE_LENGTH),
        label=_("Zinnen"),
        min_num=1,
        max_num=8,
        help_text=_("Over de leerling zelf. Bijvoorbeeld: Ik weet wie ik kan bellen."),
    )


def value_of(statement: Mapping[str, str], point: Mapping[str, str]) -> str:
    return f"{statement['key']}:{point['key']}"


class SelfAssessment(ScaleType):
    """What somebody says they know or can: statements, each on the same scale.

    An answer is a point per statement, as ``statement:point``.
    """

    name = "self_assessment"
    label = _("Wat kun je al?")
    icon = "tasks"
    missing = _("Kies bij elke zin een antwoord.")

    def block(self) -> blocks.StructBlock:
        return SelfAssessmentBlock(common_fields(), label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "scale": compile_scale(value),
            "statements": [
                {"key": str(child.id or uuid4()), "text": child.value}
                for child in value["statements"].bound_blocks
            ],
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"scale": content["scale"], "statements": content["statements"]}

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = one_point_each(content["statements"], content["scale"], sent.get("choice"))
        return Given(choice=chosen)

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        point = content["scale"][-1 if is_right else 0]
        return {"choice": [value_of(statement, point) for statement in content["statements"]]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        scale = content["scale"]
        return [
            {
                "key": value_of(statement, point),
                "text": statement["text"],
                "said": point["text"],
                "place": place_on(scale, point["key"]),
                "is_right": False,
                "is_chosen": True,
                "feedback": "",
            }
            for statement in content["statements"]
            for point in scale
            if value_of(statement, point) in given.choice
        ]

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        scale = content["scale"]
        chosen = [key for answer in given for key in answer.choice]
        return [
            ChoiceCount(key, f"{statement['text']}: {in_words(scale, point)}", False, count)
            for statement in content["statements"]
            for point in scale
            for key in (value_of(statement, point),)
            for count in (chosen.count(key),)
        ]
