from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.grading import Given
from quizzes.question_types.base import ChoiceCount, common_fields, pick
from quizzes.question_types.scale import (
    ScaleBlock,
    ScaleType,
    compile_scale,
    in_words,
    place_on,
)


class Opinion(ScaleType):
    """What somebody thinks of something, on a scale."""

    name = "opinion"
    label = _("Mening")
    icon = "comment"

    def block(self) -> blocks.StructBlock:
        return ScaleBlock(common_fields(), label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {"scale": compile_scale(value)}

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {"scale": content["scale"]}

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        return Given(choice=pick(content["scale"], sent.get("choice"), most=1))

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        return {"choice": [content["scale"][-1 if is_right else 0]["key"]]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        scale = content["scale"]
        return [
            {
                "key": point["key"],
                "text": "",
                "said": point["text"],
                "place": place_on(scale, point["key"]),
                "is_right": False,
                "is_chosen": True,
                "feedback": "",
            }
            for point in scale
            if point["key"] in given.choice
        ]

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        scale = content["scale"]
        chosen = [key for answer in given for key in answer.choice]
        return [
            ChoiceCount(point["key"], in_words(scale, point), False, chosen.count(point["key"]))
            for point in scale
        ]
