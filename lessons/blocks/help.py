"""Who helps, and what the teacher knows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class HelplineCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    intro = blocks.CharBlock(label=_("Inleiding"), required=False, max_length=300)
    helplines = blocks.ListBlock(
        SnippetChooserBlock("helplines.Helpline"), label=_("Hulplijnen"), min_num=1
    )

    class Meta:
        icon = "help"
        label = _("Hulpkaart")
        template = "lessons/blocks/helpline_card.html"


class TeacherNoteBlock(blocks.RichTextBlock):
    class Meta:
        icon = "edit"
        label = _("Notitie voor de docent")
        template = "lessons/blocks/teacher_note.html"
