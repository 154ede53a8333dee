from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.arranging import chance
from quizzes.grading import Given
from quizzes.question_types.base import LINE_LENGTH, ChoiceCount, common_fields
from quizzes.question_types.scale import (
    LABEL_LENGTH,
    ScaleBlock,
    ScaleType,
    compile_scale,
    in_words,
    one_point_each,
    place_on,
)
from quizzes.sides import judgements, shift

TELLING_LENGTH = 2_000
TELLINGS = ("a", "b")


class TwoSidesBlock(ScaleBlock):
    title_a = blocks.CharBlock(
        label=_("Wie vertelt: kant 1"),
        max_length=LABEL_LENGTH,
        help_text=_("Bijvoorbeeld: wat de politie opschreef."),
    )
    text_a = blocks.TextBlock(label=_("Verhaal van kant 1"), max_length=TELLING_LENGTH)
    title_b = blocks.CharBlock(
        label=_("Wie vertelt: kant 2"),
        max_length=LABEL_LENGTH,
        help_text=_("Bijvoorbeeld: wat hij er zelf over vertelt."),
    )
    text_b = blocks.TextBlock(label=_("Verhaal van kant 2"), max_length=TELLING_LENGTH)
    judgement = blocks.CharBlock(
        label=_("Wat iemand na elk verhaal zegt"),
        max_length=LINE_LENGTH,
        help_text=_("Steeds dezelfde vraag. Bijvoorbeeld: wat is deze jongen voor jou?"),
    )


def value_of(telling: str, point: Mapping[str, str]) -> str:
    return f"{telling}:{point['key']}"


class TwoSides(ScaleType):
    """One case told from two sides; the same judgement after each.

    By chance an attempt begins with the one or the other. An answer is a point per telling, as
    ``telling:point``, in the order in which they were read.
    """

    name = "two_sides"
    label = _("Twee kanten")
    icon = "redirect"
    varies = True
    has_arms = True
    script = "js/two-sides.js"
    answers_template = "quizzes/feedback/two_sides.html"
    missing = _("Kies na elk verhaal een antwoord.")
    wording = frozenset(
        {"prompt", "explanation", "judgement", "scale.text", "tellings.title", "tellings.text"}
    )

    def block(self) -> blocks.StructBlock:
        return TwoSidesBlock(common_fields(), label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "scale": compile_scale(value),
            "judgement": value["judgement"],
            "tellings": [
                {"key": key, "title": value[f"title_{key}"], "text": value[f"text_{key}"]}
                for key in TELLINGS
            ],
        }

    def arranged(
        self, content: Mapping[str, Any], version: int, *, shuffle_choices: bool
    ) -> Mapping[str, Any]:
        """In half of the versions with the second telling first."""
        tellings = list(content["tellings"])
        if chance(version, content["key"], "side").random() < 0.5:
            tellings.reverse()
        return {**content, "tellings": tellings}

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "scale": content["scale"],
            "judgement": content["judgement"],
            "tellings": content["tellings"],
        }

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        chosen = one_point_each(content["tellings"], content["scale"], sent.get("choice"))
        return Given(choice=chosen)

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        """One whose judgement moved, and one whose did not."""
        scale = content["scale"]
        first, second = content["tellings"]
        moved = scale[-1 if is_right else 0]
        return {"choice": [value_of(first["key"], scale[0]), value_of(second["key"], moved)]}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        scale = content["scale"]
        titles = {telling["key"]: telling["title"] for telling in content["tellings"]}
        points = {int(point["key"]): point for point in scale}
        return [
            {
                "key": f"{said.telling}:{said.place}",
                "text": titles[said.telling],
                "said": points[said.place]["text"],
                "place": place_on(scale, str(said.place)),
                "is_right": False,
                "is_chosen": True,
                "feedback": "",
            }
            for said in judgements(given)
        ]

    def feedback_context(self, content: Mapping[str, Any], given: Given) -> dict[str, Any]:
        moved = shift(given) if given.choice else 0
        scale = content["scale"]
        return {
            "judgement": content["judgement"],
            "moved_count": abs(moved),
            "moved_towards": scale[-1 if moved > 0 else 0]["text"] if moved else "",
        }

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        """What was judged after the first telling, per telling: there the two can be compared."""
        first = [answer.choice[0] for answer in given]
        return [
            ChoiceCount(
                key, f"{telling['title']}: {in_words(content['scale'], point)}", False, count
            )
            for telling in sorted(content["tellings"], key=lambda each: each["key"])
            for point in content["scale"]
            for key in (value_of(telling["key"], point),)
            for count in (first.count(key),)
        ]
