"""To read, to look at and to listen to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from lessons.blocks.base import RICH_TEXT_FEATURES, SHORT_FEATURES, NamesSources, source_names
from media.documents import kind_name
from media.models import CustomDocument, Recording
from media.players import live_player
from media.times import clock
from quizzes.question_types.recordings import kept_lines, undescribed
from signals.queries import signals_called


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "block-text"
        label = _("Tekst")
        template = "lessons/blocks/text.html"
        preview_value = "<p>Een korte tekst, in gewone woorden.</p>"
        description = _("Gewone tekst.")


class EasyTextBlock(blocks.StructBlock):
    """The block before it in easy language. A learner who chose so reads it in its place."""

    text = blocks.RichTextBlock(label=_("Makkelijke tekst"), features=RICH_TEXT_FEATURES)
    checked_on = blocks.DateBlock(
        label=_("Vergeleken met de gewone tekst op"),
        required=False,
        help_text=_("Verander dit als de gewone tekst veranderde en deze tekst nog klopt."),
    )

    class Meta:
        icon = "block-easy-text"
        label = _("Makkelijk lezen")
        template = "lessons/blocks/easy_text.html"
        preview_value = {"text": "<p>Korte zinnen. Gewone woorden.</p>", "checked_on": None}
        description = _("De tekst, de casus of de tijdlijn erboven, nog eens in korte zinnen.")


class SignalCardBlock(NamesSources, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Signaal"), max_length=200)
    notice = blocks.RichTextBlock(label=_("Wat kun je zien"), features=SHORT_FEATURES)
    also_possible = blocks.RichTextBlock(
        label=_("Het kan ook iets anders zijn"), features=SHORT_FEATURES
    )
    do = blocks.RichTextBlock(label=_("Wat kun je doen"), features=SHORT_FEATURES)
    sources = source_names()

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With the page of the signal that has this title, or another name like it.

        Not on the board, where nobody presses a link.
        """
        context = super().get_context(value, parent_context)
        if not context.get("on_board"):
            found = signals_called([value["title"]], translation.get_language())
            context["signal"] = found[0] if found else None
        return context

    class Meta:
        icon = "block-signal-card"
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
        icon = "block-word"
        label = _("Woord met uitleg")
        template = "lessons/blocks/word.html"
        preview_value = {
            "word": "Uitbuiting",
            "explanation": "<p>Iemand verdient aan jou, en jij kunt niet weg.</p>",
            "sources": [],
        }
        description = _("Een moeilijk woord, uitgelegd waar het voor het eerst staat.")
        label_format = "{word}"


class RecordingBlock(blocks.StructBlock):
    """A video or something to listen to, from our own site: it never begins by itself."""

    recording = SnippetChooserBlock(
        Recording,
        label=_("Opname"),
        help_text=_("Een nieuwe versie van de opname staat meteen in de les."),
    )
    intro = blocks.CharBlock(
        label=_("Waar let je op?"), required=False, max_length=200, help_text=_("Staat erboven.")
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        recording = cleaned["recording"]
        if self.is_deferred_validation or recording is None:  # a draft, which may be unfinished
            return cleaned
        if error := undescribed(recording):
            raise StructBlockValidationError(block_errors={"recording": error})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Nothing to play while somebody who cannot see or hear it would miss something."""
        context = super().get_context(value, parent_context)
        recording: Recording | None = value["recording"]
        if recording is None or recording.missing:
            return context
        context["recording"] = live_player(recording)
        context["recording_title"] = recording.title
        context["lines"] = [
            {**line, "time": clock(line["start"])} for line in kept_lines(recording)
        ]
        return context

    def get_preview_value(self) -> Any:
        """With a recording of the library, if it has one that is ready."""
        value = super().get_preview_value()
        ready = (one for one in Recording.objects.order_by("pk")[:20] if not one.missing)
        value["recording"] = next(ready, None)
        return value

    class Meta:
        icon = "block-recording"
        label = _("Video of geluid")
        template = "lessons/blocks/recording.html"
        preview_value = {"recording": None, "intro": "Waaraan merk je dat er iets niet klopt?"}
        description = _("Een eigen opname, met ondertiteling en tekst om te lezen.")


class DownloadBlock(blocks.StructBlock):
    """A file of our own to take along. It is never opened on the page: it comes as a download."""

    document = DocumentChooserBlock(
        label=_("Document"),
        help_text=_(
            "Kies een bestand met een neutrale naam: die blijft op het apparaat van een leerling "
            "staan. Een nieuwe versie van het document staat meteen in de les."
        ),
    )
    what = blocks.CharBlock(label=_("Wat het is"), max_length=200)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``document`` is ``None`` when it was deleted. No query."""
        context = super().get_context(value, parent_context)
        document: CustomDocument | None = value["document"]
        context["document"] = document
        if document is not None:
            address = document.file.url
            context["address"] = address
            context["whole_address"] = f"{settings.BASE_URL}{address}"
            context["kind"] = kind_name(document.file_extension)
            context["size"] = document.file_size
        return context

    def get_preview_value(self) -> Any:
        """With a document of the library, if it has one."""
        value = super().get_preview_value()
        value["document"] = CustomDocument.objects.order_by("pk").first()
        return value

    class Meta:
        icon = "block-download"
        label = _("Bestand om te downloaden")
        template = "lessons/blocks/download.html"
        preview_value = {"document": None, "what": "Een invulblad voor je eigen plan."}
        description = _("Een bestand om mee te nemen, met wat het is en hoe groot.")
