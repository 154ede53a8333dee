"""How quizzes appear in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from quizzes.models import Quiz


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "help"
    menu_label = _("Quizzen")
    menu_name = "quizzes"
    menu_order = 200
    add_to_admin_menu = True
    list_display = ("title", "slug", "live", "latest_revision")
    search_fields = ("title", "slug")
    panels = (
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("slug"), FieldPanel("intro"), FieldPanel("minutes")],
            heading=_("Quiz"),
        ),
        InlinePanel("questions", heading=_("Vragen"), label=_("Vraag"), min_num=1),
        MultiFieldPanel(
            [FieldPanel("bands"), FieldPanel("what_you_can_do")], heading=_("Na de quiz")
        ),
    )


register_snippet(QuizViewSet)
