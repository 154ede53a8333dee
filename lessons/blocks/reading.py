"""To read and to look at."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.base import SHORT_FEATURES, source_line


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        template = "lessons/blocks/text.html"
        preview_value = "<p>Een korte tekst, in gewone woorden.</p>"
        description = _("Gewone tekst.")


class SignalCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Signaal"), max_length=200)
    notice = blocks.RichTextBlock(label=_("Wat kun je zien"), features=SHORT_FEATURES)
    also_possible = blocks.RichTextBlock(
        label=_("Het kan ook iets anders zijn"), features=SHORT_FEATURES
    )
    do = blocks.RichTextBlock(label=_("Wat kun je doen"), features=SHORT_FEATURES)
    sources = blocks.ListBlock(blocks.CharBlock(), label=_("Bronnen"), default=[])

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context["source_line"] = source_line(parent_context, value["sources"])
        return context

    class Meta:
        icon = "view"
        label = _("Signaalkaart")
        template = "lessons/blocks/signal_card.html"
        preview_value = {
            "title": "Ineens veel geld",
            "notice": "<p>Iemand heeft nieuwe, dure spullen.</p>",
            "also_possible": "<p>Een bijbaan of een verjaardag.</p>",
            "do": "<p>Vraag hoe het gaat.</p>",
            "sources": [],
        }
        description = _("Wat je kunt zien, wat het ook kan zijn, en wat je kunt doen.")
