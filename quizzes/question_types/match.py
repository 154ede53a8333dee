from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.pairing import folded, key_of, mixed
from quizzes.question_types.base import (
    LINE_LENGTH,
    QuestionBlock,
    asks_sureness,
    common_fields,
    refuse_doubles,
)
from quizzes.question_types.placing import PlacingType, own_words

SHORT = 60


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("Links"), max_length=LINE_LENGTH)
    right = blocks.CharBlock(
        label=_("Hoort bij"),
        max_length=SHORT,
        help_text=_("Kort: het staat in een keuzelijst. Mag bij meer regels hetzelfde zijn."),
    )
    feedback = blocks.CharBlock(label=_("Uitleg bij dit paar"), max_length=LINE_LENGTH)


class MatchBlock(QuestionBlock):
    pairs = blocks.ListBlock(PairBlock(), label=_("Paren"), min_num=2, max_num=8)
    others = blocks.ListBlock(
        blocks.CharBlock(max_length=SHORT),
        label=_("Keuzes die nergens bij horen"),
        min_num=0,
        max_num=4,
        default=[],
        required=False,
    )

    def check_whole(self, value: Any) -> None:
        refuse_doubles(value, "pairs", "left")
        rights = {folded(entry["right"]) for entry in value["pairs"]}
        if own := own_words(value["others"], rights):
            raise StructBlockValidationError(block_errors={"others": own})
        if len(rights) + len(value["others"]) < 2:
            raise StructBlockValidationError(
                non_block_errors=[_("Geef minstens twee verschillende keuzes.")]
            )


class Match(PlacingType):
    """Say what belongs to what."""

    name = "match"
    label = _("Wat hoort bij wat")
    icon = "link"

    def block(self) -> blocks.StructBlock:
        return MatchBlock([*common_fields(), asks_sureness()], label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        texts: dict[str, str] = {}  # the key of a place → its text
        keys: dict[str, str] = {}  # the text of a place → its key
        items = []
        for child in value["pairs"].bound_blocks:
            entry = str(child.id or uuid4())
            text = child.value["right"]
            key = keys.setdefault(folded(text), key_of("right", entry))
            texts.setdefault(key, text)
            items.append(
                {
                    "key": key_of("left", entry),
                    "text": child.value["left"],
                    "feedback": child.value["feedback"],
                    "right": [key],
                }
            )
        for child in value["others"].bound_blocks:
            texts[key_of("right", str(child.id or uuid4()))] = child.value
        places = [{"key": key, "text": texts[key]} for key in mixed(list(texts))]
        return {"items": items, "places": places}
