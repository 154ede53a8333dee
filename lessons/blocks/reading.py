"""To read and to look at."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lessons.blocks.base import SHORT_FEATURES, NamesSources, source_names


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Tekst")
        template = "lessons/blocks/text.html"
        preview_value = "<p>Een korte tekst, in gewone woorden.</p>"
        description = _("Gewone tekst.")


class SignalCardBlock(NamesSources, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Signaal"), max_length=200)
    notice = blocks.RichTextBlock(label=_("Wat kun je zien"), features=SHORT_FEATURES)
    also_possible = blocks.RichTextBlock(
        label=_("Het kan ook iets anders zijn"), features=SHORT_FEATURES
    )
    do = blocks.RichTextBlock(label=_("Wat kun je doen"), features=SHORT_FEATURES)
    sources = source_names()

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


class WordBlock(NamesSources, blocks.StructBlock):
    word = blocks.CharBlock(label=_("Woord"), max_length=200)
    explanation = blocks.RichTextBlock(label=_("Wat het betekent"), features=SHORT_FEATURES)
    sources = source_names()

    class Meta:
        icon = "info-circle"
        label = _("Woord met uitleg")
        template = "lessons/blocks/word.html"
        preview_value = {
            "word": "Uitbuiting",
            "explanation": "<p>Iemand verdient aan jou, en jij kunt niet weg.</p>",
            "sources": [],
        }
        description = _("Een moeilijk woord, uitgelegd waar het voor het eerst staat.")
        label_format = "{word}"
