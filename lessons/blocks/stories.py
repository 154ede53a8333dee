"""What happened to somebody: made up, or told by who lived it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from lessons.blocks.base import SHORT_FEATURES, source_line


class QuoteBlock(blocks.StructBlock):
    quote = blocks.RichTextBlock(label=_("Citaat"), features=["bold", "italic"])
    who = blocks.CharBlock(label=_("Wie zei het"), max_length=200)
    source = blocks.CharBlock(label=_("Bron"), max_length=60)
    consent = blocks.CharBlock(label=_("Toestemming"), max_length=200)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["source_line"] = source_line(parent_context, [value["source"]])
        return context

    class Meta:
        icon = "openquote"
        label = _("Citaat van ervaring")
        template = "lessons/blocks/quote.html"
        preview_value = {
            "quote": "<p>Ik was blij dat iemand het vroeg.</p>",
            "who": "Een jongere",
            "source": "",
            "consent": "",
        }
        description = _("Iets wat iemand zei die het meemaakte, met bron en toestemming.")


class CaseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    story = blocks.RichTextBlock(label=_("Verhaal"), features=SHORT_FEATURES)
    image = ImageChooserBlock(label=_("Afbeelding"), required=False)
    alt = blocks.CharBlock(
        label=_("Tekst voor wie het plaatje niet ziet"), required=False, max_length=200
    )
    questions = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Vragen"), default=[])

    class Meta:
        icon = "user"
        label = _("Casus")
        template = "lessons/blocks/case.html"
        preview_value = {
            "title": "Sam",
            "story": "<p>Sam krijgt een telefoon van iemand die hij net kent.</p>",
            "image": None,
            "alt": "",
            "questions": ["Wat zie je?"],
        }
        description = _("Een kort, verzonnen verhaal met vragen.")
