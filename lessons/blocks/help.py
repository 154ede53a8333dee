"""Who helps, and what the teacher knows."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from helplines.models import Helpline
from lessons.blocks.base import SHORT_FEATURES


class HelplineCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    intro = blocks.CharBlock(label=_("Inleiding"), required=False, max_length=300)
    helplines = blocks.ListBlock(
        SnippetChooserBlock("helplines.Helpline"), label=_("Hulplijnen"), min_num=1
    )

    def get_preview_value(self) -> Any:
        """With helplines of this site, if it has any."""
        value = super().get_preview_value()
        known = Helpline.objects.order_by("position")[:2]
        value["helplines"] = self.child_blocks["helplines"].normalize(list(known))
        return value

    class Meta:
        icon = "block-helpline-card"
        label = _("Hulpkaart")
        template = "lessons/blocks/helpline_card.html"
        preview_value = {
            "title": "Praat met iemand",
            "intro": "Je mag bellen zonder je naam te zeggen.",
            "helplines": [],
        }
        description = _("Wie kan helpen, met nummer en tijden. Die houden we op één plek bij.")


class TeacherNoteBlock(blocks.RichTextBlock):
    class Meta:
        icon = "block-teacher-note"
        label = _("Notitie voor de docent")
        template = "lessons/blocks/teacher_note.html"
        preview_value = "<p>Laat leerlingen niet over zichzelf vertellen.</p>"
        description = _("Alleen docenten zien dit: in de handleiding en naast het bord.")

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(value, parent_context)
        return {**context, "for_teacher": True}


class LocalSlotBlock(blocks.StructBlock):
    """A place with a name of its own, for what differs per municipality."""

    slot = blocks.RegexBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Kenmerk van de plek"),
        max_length=60,
        help_text=_("In elke les hetzelfde voor hetzelfde, zoals 'lokale-hulp'."),
        error_messages={"invalid": _("Gebruik kleine letters, cijfers en streepjes.")},
    )
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    fallback = blocks.RichTextBlock(label=_("Landelijke tekst"), features=SHORT_FEATURES)

    class Meta:
        icon = "block-local-slot"
        label = _("Plek voor de gemeente")
        template = "lessons/blocks/local_slot.html"
        preview_value = {
            "slot": "lokale-hulp",
            "title": "Hulp bij jou in de buurt",
            "fallback": "<p>Je huisarts en je wijkteam weten wie kan helpen.</p>",
        }
        description = _("Wat per gemeente anders is. Hier staat de tekst die overal klopt.")
        label_format = "{title}"
