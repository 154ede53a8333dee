from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from quizzes.pairing import folded, key_of, mixed
from quizzes.question_types.base import (
    LINE_LENGTH,
    QuestionBlock,
    asks_sureness,
    common_fields,
    refuse_doubles,
)
from quizzes.question_types.placing import PlacingType

SHORT = 40
GROUPS = ("1", "2", "3", "4", "5")


class CardBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Kaart"), max_length=LINE_LENGTH)
    groups = blocks.MultipleChoiceBlock(
        label=_("Goede groep"),
        choices=[
            ("1", _("Groep 1")),
            ("2", _("Groep 2")),
            ("3", _("Groep 3")),
            ("4", _("Groep 4")),
            ("5", _("Groep 5")),
        ],
        help_text=_("Meer dan één mag, als er meer goed zijn."),
    )
    feedback = blocks.CharBlock(label=_("Uitleg bij deze kaart"), max_length=LINE_LENGTH)


class SortGroupsBlock(QuestionBlock):
    group_1 = blocks.CharBlock(label=_("Groep 1"), max_length=SHORT)
    group_2 = blocks.CharBlock(label=_("Groep 2"), max_length=SHORT)
    group_3 = blocks.CharBlock(label=_("Groep 3"), max_length=SHORT, required=False)
    group_4 = blocks.CharBlock(label=_("Groep 4"), max_length=SHORT, required=False)
    group_5 = blocks.CharBlock(label=_("Groep 5"), max_length=SHORT, required=False)
    items = blocks.ListBlock(
        CardBlock(),
        label=_("Kaarten"),
        min_num=2,
        max_num=10,
        help_text=_("De leerling ziet ze door elkaar."),
    )

    def check_whole(self, value: Any) -> None:
        groups = groups_of(value)
        errors: dict[str, Exception] = {}
        seen: set[str] = set()
        for group, text in groups.items():
            if folded(text) in seen:
                errors[f"group_{group}"] = ValidationError(_("Deze groep is er al."))
            seen.add(folded(text))
        cards: dict[int, Exception] = {}
        for number, card in enumerate(value["items"]):
            chosen = set(card["groups"])
            if not chosen <= set(groups):
                message = _("Deze groep heeft geen naam. Geef hem een naam, of kies een andere.")
            elif chosen == set(groups):
                message = _("Niet elke groep kan goed zijn.")
            else:
                continue
            cards[number] = StructBlockValidationError(
                block_errors={"groups": ValidationError(message)}
            )
        if cards:
            errors["items"] = ListBlockValidationError(block_errors=cards)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        refuse_doubles(value, "items")


def groups_of(value: Mapping[str, Any]) -> dict[str, str]:
    """Number → name, of the groups that have a name."""
    names = {number: (value.get(f"group_{number}") or "").strip() for number in GROUPS}
    return {number: name for number, name in names.items() if name}


class SortGroups(PlacingType):
    """Sort cards into groups."""

    name = "sort_groups"
    label = _("In groepen verdelen")
    icon = "folder-open-inverse"
    script = "js/sort-cards.js"

    def block(self) -> blocks.StructBlock:
        return SortGroupsBlock(
            [*common_fields(), asks_sureness()], label=self.label, icon=self.icon
        )

    def compile(self, value: Mapping[str, Any]) -> dict[str, Any]:
        items = {
            key: {
                "key": key,
                "text": child.value["text"],
                "feedback": child.value["feedback"],
                "right": sorted(child.value["groups"]),
            }
            for child in value["items"].bound_blocks
            for key in [key_of("item", str(child.id or uuid4()))]
        }
        return {
            "items": [items[key] for key in mixed(list(items))],
            # In the editor's order: from help to force, say.
            "places": [{"key": key, "text": text} for key, text in groups_of(value).items()],
        }
