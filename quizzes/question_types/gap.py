from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.gap_text import gap_mistakes, paragraphs, sentence_of
from quizzes.pairing import folded, key_of, mixed
from quizzes.question_types.base import LINE_LENGTH, QuestionBlock, asks_sureness, common_fields
from quizzes.question_types.placing import PlacingType, own_words

WORD = 40
MISTAKES = {
    "unknown": _("Gat {number} staat in de tekst, maar niet in de lijst."),
    "missing": _("Gat {number} staat niet in de tekst. Zet er [[{number}]] in."),
    "double": _("Gat {number} staat vaker in de tekst. Eén keer mag."),
    "broken": _("Regel {number}: schrijf een gat als [[1]]."),
}


class GapEntryBlock(blocks.StructBlock):
    right = blocks.CharBlock(label=_("Goede woord"), max_length=WORD)
    others = blocks.ListBlock(
        blocks.CharBlock(max_length=WORD),
        label=_("Andere woorden voor dit gat"),
        min_num=0,
        max_num=6,
        default=[],
        required=False,
        help_text=_("Alleen als elk gat een eigen lijst heeft."),
    )
    feedback = blocks.CharBlock(label=_("Uitleg bij dit gat"), max_length=LINE_LENGTH)


class GapBlock(QuestionBlock):
    text = blocks.TextBlock(
        label=_("Tekst met gaten"),
        max_length=1500,
        help_text=_("Schrijf [[1]] waar het eerste gat komt, [[2]] voor het tweede."),
    )
    gaps = blocks.ListBlock(GapEntryBlock(), label=_("Gaten"), min_num=1, max_num=8)
    word_list = blocks.ChoiceBlock(
        label=_("Woordenlijst"),
        choices=[
            ("shared", _("Eén lijst voor alle gaten")),
            ("per_gap", _("Elk gat een eigen lijst")),
        ],
        default="shared",
    )
    others = blocks.ListBlock(
        blocks.CharBlock(max_length=WORD),
        label=_("Woorden die nergens passen"),
        min_num=0,
        max_num=6,
        default=[],
        required=False,
        help_text=_("Alleen bij één lijst voor alle gaten."),
    )

    def check_whole(self, value: Any) -> None:
        mistakes = gap_mistakes(value["text"], len(value["gaps"]))
        if mistakes:
            told = [
                str(MISTAKES[mistake.code]).format(number=mistake.number) for mistake in mistakes
            ]
            raise StructBlockValidationError(block_errors={"text": ValidationError(told)})
        if value["word_list"] == "shared":
            rights = {folded(gap["right"]) for gap in value["gaps"]}
            own = own_words(value["others"], rights)
            if len(rights) + len(value["others"]) < 2:
                own = ListBlockValidationError(
                    non_block_errors=[_("Geef minstens twee verschillende woorden.")]
                )
            if own:
                raise StructBlockValidationError(block_errors={"others": own})
            return
        errors = {}
        for number, gap in enumerate(value["gaps"]):
            own = own_words(gap["others"], {folded(gap["right"])})
            if not gap["others"]:
                own = ListBlockValidationError(
                    non_block_errors=[_("Geef minstens één ander woord.")]
                )
            if own:
                errors[number] = StructBlockValidationError(block_errors={"others": own})
        if errors:
            raise StructBlockValidationError(
                block_errors={"gaps": ListBlockValidationError(block_errors=errors)}
            )


class Gap(PlacingType):
    """Fill the gaps of a text from a list."""

    name = "gap"
    wording = frozenset(
        {"prompt", "explanation", "items.text", "items.feedback", "places.text", "paragraphs"}
    )
    label = _("Gaten in een tekst")
    icon = "form"

    def block(self) -> blocks.StructBlock:
        return GapBlock([*common_fields(), asks_sureness()], label=self.label, icon=self.icon)

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        text = value["text"]
        rights = {number: gap["right"] for number, gap in enumerate(value["gaps"], start=1)}
        is_shared = value["word_list"] == "shared"
        texts: dict[str, str] = {}  # the key of a word → the word
        keys: dict[str, str] = {}  # the word → its key, where all gaps have one list
        items = []
        for number, child in enumerate(value["gaps"].bound_blocks, start=1):
            entry = str(child.id or uuid4())
            own = {key_of("word", entry): child.value["right"]}
            if is_shared:
                right = keys.setdefault(folded(child.value["right"]), key_of("word", entry))
                own = {right: child.value["right"]}
            else:
                right = key_of("word", entry)
                own |= words_of(child.value["others"])
            for key, word in own.items():
                texts.setdefault(key, word)
            item = {
                "key": key_of("gap", entry),
                "text": sentence_of(text, number, rights),
                "feedback": child.value["feedback"],
                "right": [right],
            }
            items.append(item if is_shared else {**item, "places": mixed(list(own))})
        if is_shared:
            texts |= words_of(value["others"])
        places = [{"key": key, "text": texts[key]} for key in mixed(list(texts))]
        return {"items": items, "places": places, "paragraphs": paragraphs(text)}

    def public(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Not the items' own texts: those have the other gaps filled."""
        options = list(self.options(content).items())
        return {
            "lines": [
                {
                    "parts": [
                        {"text": part}
                        if isinstance(part, str)
                        else {
                            "number": part,
                            "key": options[part - 1][0],
                            "options": options[part - 1][1],
                        }
                        for part in paragraph
                    ]
                }
                for paragraph in content["paragraphs"]
            ]
        }


def words_of(list_value: Any) -> dict[str, str]:
    return {
        key_of("word", str(child.id or uuid4())): child.value for child in list_value.bound_blocks
    }
