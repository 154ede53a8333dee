"""How recordings appear in the Wagtail admin. Images and documents are Wagtail's own."""

from __future__ import annotations

from django.forms import ClearableFileInput
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from media.containers import CONTENT_TYPES
from media.models import Recording
from media.times import clock


def readiness(recording: Recording) -> str:
    """What the list says about what is still to be written."""
    if not recording.missing:
        return _("Klaar")
    names = [str(Recording._meta.get_field(name).verbose_name) for name in recording.missing]  # type: ignore[union-attr]
    return _("⚠ Nog schrijven: %(fields)s") % {"fields": ", ".join(names)}


class RecordingViewSet(SnippetViewSet):
    model = Recording
    icon = "media"
    menu_label = gettext_lazy("Opnames")
    menu_name = "recordings"
    menu_order = 210
    add_to_admin_menu = True
    list_display = (
        "title",
        Column("kind", label=gettext_lazy("Soort"), accessor="get_kind_display", sort_key="kind"),
        Column(
            "duration",
            label=gettext_lazy("Duur"),
            accessor=lambda row: clock(row.duration_tenths),
            sort_key="duration_tenths",
        ),
        Column("readiness", label=gettext_lazy("Te gebruiken"), accessor=readiness),
    )
    list_filter = ("kind", "language")
    ordering = ("title",)
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel(
                    "file",
                    widget=ClearableFileInput(attrs={"accept": ",".join(CONTENT_TYPES)}),
                    help_text=gettext_lazy("MP4, WebM, M4A, MP3 of Ogg, en hoogstens 50 MB."),
                ),
                FieldPanel("poster"),
                FieldPanel("language"),
                FieldPanel("credit"),
            ],
            heading=gettext_lazy("Opname"),
        ),
        MultiFieldPanel(
            [FieldPanel("captions"), FieldPanel("transcript"), FieldPanel("description")],
            heading=gettext_lazy("Voor wie het niet hoort of ziet"),
            help_text=gettext_lazy("Dit is nodig voordat je de opname in een quiz kunt gebruiken."),
        ),
    )


register_snippet(RecordingViewSet)
