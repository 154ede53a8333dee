from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from media.actions import keep_copy
from quizzes.grading import Given, Mark, mark_several_answers, right_keys
from quizzes.question_types.base import (
    LINE_LENGTH,
    ChoiceCount,
    QuestionBlock,
    QuestionType,
    asks_sureness,
    common_fields,
    count_choices,
    found_and_missed,
    pick,
    sureness,
)

MOST_REGIONS = 12
LEAST_PERCENT = 5  # a smaller region is hard to hit
PLACE = ("x", "y", "width", "height")


class RegionBlock(blocks.StructBlock):
    """A rectangle in the picture. Its key is the id that Wagtail gives an entry of a list."""

    text = blocks.CharBlock(
        label=_("Wat je kunt aanwijzen"),
        max_length=LINE_LENGTH,
        help_text=_("Staat ook in de lijst naast het beeld. Verraad het antwoord niet."),
    )
    is_right = blocks.BooleanBlock(label=_("Is goed"), required=False)
    feedback = blocks.CharBlock(
        label=_("Uitleg bij deze plek"),
        max_length=LINE_LENGTH,
        help_text=_("Leg uit wat klopt. Wijs nooit terecht."),
    )
    x = blocks.IntegerBlock(label=_("Van links (procent)"), min_value=0, max_value=100)
    y = blocks.IntegerBlock(label=_("Van boven (procent)"), min_value=0, max_value=100)
    width = blocks.IntegerBlock(
        label=_("Breedte (procent)"),
        min_value=LEAST_PERCENT,
        max_value=100,
        help_text=_("Liefst 15 of meer: op een telefoon moet een vinger erop passen."),
    )
    height = blocks.IntegerBlock(
        label=_("Hoogte (procent)"), min_value=LEAST_PERCENT, max_value=100
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:  # a draft, in which any of them may be empty
            return cleaned
        errors = {}
        if cleaned["x"] + cleaned["width"] > 100:
            errors["width"] = ValidationError(
                _("Van links en breedte zijn samen meer dan 100: dit valt buiten het beeld.")
            )
        if cleaned["y"] + cleaned["height"] > 100:
            errors["height"] = ValidationError(
                _("Van boven en hoogte zijn samen meer dan 100: dit valt buiten het beeld.")
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


class PointAtBlock(QuestionBlock):
    image = ImageChooserBlock(
        label=_("Beeld"),
        help_text=_("Een nieuwe versie van het beeld telt pas als je de quiz weer publiceert."),
    )
    alt = blocks.CharBlock(
        label=_("Wat is er te zien?"),
        max_length=LINE_LENGTH,
        help_text=_(
            "Voor wie het beeld niet ziet. Beschrijf alles even gewoon, zodat het antwoord "
            "er niet in staat."
        ),
    )
    choices = blocks.ListBlock(
        RegionBlock(),
        label=_("Plekken"),
        min_num=2,
        max_num=MOST_REGIONS,
        help_text=_(
            "Elke plek is een rechthoek, in procenten van het beeld. Het voorbeeld laat zien "
            "waar ze liggen. Zet er ook een in die niet klopt."
        ),
    )

    def check_whole(self, value: Any) -> None:
        right = sum(bool(region["is_right"]) for region in value["choices"])
        if right == 0:
            message = _("Zet bij minstens één plek een vinkje bij 'Is goed'.")
        elif right == len(value["choices"]):
            message = _("Zet er ook een plek bij die niet klopt. Anders is alles aanwijzen goed.")
        else:
            return
        error = ListBlockValidationError(non_block_errors=[ValidationError(message)])
        raise StructBlockValidationError(block_errors={"choices": error})


class PointAt(QuestionType):
    """Point at one or several places in a picture; the same places stand in a list."""

    name = "point_at"
    wording = frozenset({"prompt", "explanation", "alt", "choices.text", "choices.feedback"})
    label = _("Wijs aan in een beeld")
    icon = "crosshairs"
    script = "js/point-at.js"
    answers_template = "quizzes/feedback/point_at.html"

    def block(self) -> blocks.StructBlock:
        return PointAtBlock([*common_fields(), asks_sureness()], label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        # The editor may replace or throw away the picture; an edition has its own.
        kept = keep_copy(value["image"]) if value["image"] else None
        return {
            "image": {"name": kept.name, "width": kept.width, "height": kept.height}
            if kept
            else None,
            "alt": value["alt"],
            "choices": [
                {
                    "key": str(child.id or uuid4()),
                    "text": child.value["text"],
                    "is_right": bool(child.value["is_right"]),
                    "feedback": child.value["feedback"],
                    **{name: child.value[name] for name in PLACE},
                }
                for child in value["choices"].bound_blocks
            ],
        }

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "image": _shown(content),
            "is_single": _is_single(content),
            "choices": [
                {name: region[name] for name in ("key", "text", *PLACE)}
                for region in content["choices"]
            ],
        }

    def clean(self, content: Mapping[str, Any], sent: Mapping[str, Any]) -> Given:
        most = 1 if _is_single(content) else None
        chosen = pick(content["choices"], sent.get("choice"), most=most)
        return Given(choice=chosen, sure=sureness(content, sent))

    def mark(self, content: Mapping[str, Any], given: Given) -> Mark:
        return mark_several_answers(content["choices"], given, rule="per_choice")

    def available(self, content: Mapping[str, Any]) -> int:
        return len(right_keys(content["choices"]))

    def example(self, content: Mapping[str, Any], *, is_right: bool) -> dict[str, Any]:
        fitting = [region["key"] for region in content["choices"] if region["is_right"] == is_right]
        return {"choice": fitting[:1] if _is_single(content) else fitting}

    def feedback(self, content: Mapping[str, Any], given: Given) -> list[dict[str, Any]]:
        return found_and_missed(content["choices"], given.choice)

    def feedback_context(self, content: Mapping[str, Any], given: Given) -> dict[str, Any]:
        return {"image": _shown(content)}

    def statistics(self, content: Mapping[str, Any], given: list[Given]) -> list[ChoiceCount]:
        return count_choices(content["choices"], given, lambda answer: answer.choice)


def _is_single(content: Mapping[str, Any]) -> bool:
    return len(right_keys(content["choices"])) == 1


def _shown(content: Mapping[str, Any]) -> dict[str, Any] | None:
    """The picture as a page shows it; ``None`` when the editor's was gone."""
    image = content["image"]
    if image is None:
        return None
    return {
        "url": default_storage.url(image["name"]),
        "width": image["width"],
        "height": image["height"],
        "alt": content["alt"],
    }
