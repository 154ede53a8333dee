"""What several kinds of block are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from media.models import CustomImage

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link"]
SHORT_FEATURES = ["bold", "italic", "ul", "ol", "link"]


class IllustrationBlock(blocks.StructBlock):
    """A picture that says something to everyone, or only decorates."""

    image = ImageChooserBlock(label=_("Afbeelding"))
    alt = blocks.CharBlock(
        label=_("Tekst voor wie het plaatje niet ziet"), required=False, max_length=200
    )
    decorative = blocks.BooleanBlock(label=_("Alleen versiering"), required=False)
    caption = blocks.CharBlock(label=_("Bijschrift"), required=False, max_length=200)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["decorative"] == bool(cleaned["alt"]):
            raise StructBlockValidationError(
                block_errors={},
                non_block_errors=[
                    _("Schrijf een tekst, of vink 'alleen versiering' aan. Niet allebei.")
                ],
            )
        return cleaned

    def get_preview_value(self) -> Any:
        """With a picture of the library, if it has one."""
        value = super().get_preview_value()
        value["image"] = CustomImage.objects.order_by("pk").first()
        return value

    class Meta:
        icon = "block-image"
        label = _("Afbeelding")
        template = "lessons/blocks/image.html"
        preview_value = {
            "image": None,
            "alt": "",
            "decorative": True,
            "caption": "Wat je hier ziet.",
        }
        description = _("Een plaatje, met een tekst voor wie het niet ziet.")


def source_line(parent_context: Mapping[str, Any] | None, names: Iterable[str]) -> str:
    """Who says so: the publishers of these sources of the package, as a learner reads them."""
    publishers = (parent_context or {}).get("publishers", {})
    return ", ".join(dict.fromkeys(publishers[name] for name in names if name in publishers))


def source_names() -> blocks.ListBlock:
    return blocks.ListBlock(blocks.CharBlock(max_length=60), label=_("Bronnen"), default=[])


class SeveralBlock(blocks.ListBlock):
    """A list that opens with as many entries as it must have, to be filled in."""

    def get_default(self) -> ListValue:
        empty = [self.child_block.get_default() for _entry in range(self.meta.min_num)]
        return ListValue(self, values=empty)

    def deconstruct_with_lookup(self, lookup: Any) -> Any:
        """To a migration it is any list: how it opens changes nothing in the database."""
        _path, arguments, options = super().deconstruct_with_lookup(lookup)
        return "wagtail.blocks.ListBlock", arguments, options


class NamesSources:
    """A block with ``sources``: its template gets a ``source_line``."""

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)  # type: ignore[misc]
        context["source_line"] = source_line(parent_context, value["sources"])
        return context
