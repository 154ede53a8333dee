from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.grading import Given, Mark
from quizzes.pairing import (
    follows,
    key_of,
    mark_order,
    mixed,
    pair,
    places,
    read_order,
    turned_round,
)
from quizzes.question_types.base import (
    LINE_LENGTH,
    ChoiceCount,
    QuestionBlock,
    QuestionType,
    asks_sureness,
    common_fields,
    refuse_doubles,
    sureness,
)


class StepBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Stap"), max_length=LINE_LENGTH)
    feedback = blocks.CharBlock(
        label=_("Uitleg bij deze stap"),
        max_length=LINE_LENGTH,
        help_text=_("Waarom komt deze stap hier?"),
    )


class OrderBlock(QuestionBlock):
    items = blocks.ListBlock(
        StepBlock(),
        label=_("Stappen"),
        min_num=3,
        max_num=8,
        help_text=_("Zet ze hier in de goede volgorde. De leerling ziet ze door elkaar."),
    )
    rule = blocks.ChoiceBlock(
        label=_("Punten"),
        choices=[
            ("per_step", _("Per stap: een punt als de goede stap ervoor staat")),
            ("all_or_nothing", _("Alles goed of geen punt")),
        ],
        default="per_step",
    )

    def check_whole(self, value: Any) -> None:
        refuse_doubles(value, "items")


class Order(QuestionType):
    """Put the steps in the right order."""

    name = "order"
    wording = frozenset({"prompt", "explanation", "items.text", "items.feedback"})
    label = _("Volgorde")
    icon = "order"
    script = "js/order-list.js"

    def block(self) -> blocks.StructBlock:
        return OrderBlock([*common_fields(), asks_sureness()], label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        items = [
            {
                "key": key_of("item", str(child.id or uuid4())),
                "text": child.value["text"],
                "feedback": child.value["feedback"],
            }
            for child in value["items"].bound_blocks
        ]
        shown = mixed([item["key"] for item in items])
        return {"items": items, "shown": shown, "rule": value["rule"]}

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        texts = {item["key"]: item["text"] for item in content["items"]}
        numbers = [str(number) for number in range(1, len(texts) + 1)]
        return {
            "items": [
                {
                    "key": key,
                    "text": texts[key],
                    "options": [{"value": pair(key, number), "text": number} for number in numbers],
                }
                for key in content["shown"]
            ]
        }

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        items = [item["key"] for item in content["items"]]
        return Given(choice=read_order(items, sent.get("choice")), sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        right = [item["key"] for item in content["items"]]
        return mark_order(right, given, rule=content["rule"])

    def available(self, content: Mapping[str, Any]) -> int:
        return 1 if content["rule"] == "all_or_nothing" else len(content["items"])

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        items = [item["key"] for item in content["items"]]
        in_order = items if is_right else items[::-1]
        return {"choice": [pair(key, str(place)) for place, key in enumerate(in_order, start=1)]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        chosen = places(given)
        right = {item["key"]: str(place) for place, item in enumerate(content["items"], start=1)}
        won = {key for key, place in chosen.items() if place == right[key]}
        if content["rule"] == "per_step":
            won = follows(list(right), given)
        return [
            {
                "key": item["key"],
                "text": item["text"],
                "is_right": item["key"] in won or item["key"] not in chosen,
                "is_chosen": item["key"] in chosen,
                "feedback": item["feedback"],
                "place": chosen.get(item["key"], ""),
                "right_place": right[item["key"]],
            }
            for item in content["items"]
        ]

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        """Per two steps, which of them came first: that stays true when a third is astray."""
        texts = {item["key"]: item["text"] for item in content["items"]}
        turned = Counter(two for answer in given for two in turned_round(list(texts), answer))
        counts = []
        for earlier, later in combinations(texts, 2):
            wrong = turned[later, earlier]
            for first, second, is_right, count in (
                (earlier, later, True, len(given) - wrong),
                (later, earlier, False, wrong),
            ):
                text = _("{first} – vóór: {second}").format(
                    first=texts[first], second=texts[second]
                )
                counts.append(ChoiceCount(f"{first}-{second}", text, is_right, count))
        return counts
