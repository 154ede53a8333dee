"""What happened to somebody: made up, or told by who lived it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from lessons.blocks.base import (
    SHORT_FEATURES,
    IllustrationBlock,
    NamesSources,
    SeveralBlock,
    source_line,
    source_names,
)
from media.models import CustomImage


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
        icon = "block-quote"
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
        icon = "block-case"
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


class FrameBlock(IllustrationBlock):
    """A picture of a story with the words that go with it."""

    text = blocks.CharBlock(label=_("Tekst bij dit beeld"), max_length=200)

    class Meta:
        label = _("Beeld")
        label_format = "{text}"


class PictureStoryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    frames = SeveralBlock(FrameBlock(), label=_("Beelden"), min_num=2, max_num=8)

    def get_preview_value(self) -> Any:
        """With pictures of the library, if it has any: a story without them shows nothing."""
        value = super().get_preview_value()
        pictures = CustomImage.objects.order_by("pk")[: len(value["frames"])]
        for frame, picture in zip(value["frames"], pictures, strict=False):
            frame["image"] = picture
        return value

    class Meta:
        icon = "block-picture-story"
        label = _("Beeldverhaal")
        template = "lessons/blocks/picture_story.html"
        preview_value = {
            "title": "Op het plein",
            "frames": [
                {"image": None, "alt": "", "decorative": True, "caption": "", "text": text}
                for text in ("Sam zit op een bankje.", "Jay komt erbij zitten.")
            ],
        }
        description = _("Een verhaal in beelden, een voor een.")


class MessageBlock(blocks.StructBlock):
    sender = blocks.ChoiceBlock(
        label=_("Van wie"),
        choices=[
            ("me", _("van de lezer")),
            ("other", _("van de ander")),
            ("note", _("wat er intussen gebeurt")),
        ],
    )
    text = blocks.CharBlock(label=_("Tekst"), max_length=200)

    class Meta:
        icon = "comment"
        label = _("Bericht")
        label_format = "{text}"


class ChatStoryBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    other = blocks.CharBlock(label=_("Verzonnen naam van de ander"), max_length=200)
    messages = SeveralBlock(MessageBlock(), label=_("Berichten"), min_num=2, max_num=30)

    class Meta:
        icon = "block-chat-story"
        label = _("Chat om te lezen")
        template = "lessons/blocks/chat_story.html"
        preview_value = {
            "title": "Een bericht van Jay",
            "other": "Jay",
            "messages": [
                {"sender": "other", "text": "Zin om iets te doen?"},
                {"sender": "me", "text": "Wat dan?"},
                {"sender": "note", "text": "Een dag later"},
                {"sender": "other", "text": "Kom je nog?"},
            ],
        }
        description = _("Een verzonnen gesprek op een telefoon, dat de lezer met iemand heeft.")


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(label=_("Wanneer"), max_length=200)
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    text = blocks.RichTextBlock(label=_("Wat er gebeurt"), features=SHORT_FEATURES)

    class Meta:
        icon = "time"
        label = _("Moment")
        label_format = "{when}: {title}"


class TimelineBlock(NamesSources, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    moments = SeveralBlock(MomentBlock(), label=_("Momenten"), min_num=2, max_num=12)
    sources = source_names()

    class Meta:
        icon = "block-timeline"
        label = _("Tijdlijn")
        template = "lessons/blocks/timeline.html"
        preview_value = {
            "title": "Hoe het ging",
            "moments": [
                {"when": "Week 1", "title": "Een cadeau", "text": "<p>Sam krijgt schoenen.</p>"},
                {"when": "Week 3", "title": "Een klusje", "text": "<p>Sam moet iets doen.</p>"},
            ],
            "sources": [],
        }
        description = _("Wat na wat kwam.")
