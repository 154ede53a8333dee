"""Signals in the Wagtail admin, with a warning where one went stale and where each is named."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from editorial import texts
from helplines.panels import FreshnessPanel
from signals.actions import LOADED
from signals.models import Signal
from signals.reading_texts import signal_texts


def freshness(signal: Signal) -> str:
    """What the list says about when this was checked."""
    checked = {"date": date_format(signal.checked_on, "j F Y")}
    if timezone.localdate() >= signal.check_by:
        return _("⚠ Nakijken: laatst gedaan op %(date)s") % checked
    return _("Nagekeken op %(date)s") % checked


class SignalViewSet(SnippetViewSet):
    model = Signal
    icon = "view"
    menu_label = gettext_lazy("Signalen")
    add_to_admin_menu = True
    menu_order = 290
    list_display: Any = (
        "title",
        "theme",
        "audience",
        LocaleColumn(),
        LiveStatusTagColumn(),
        Column("freshness", label=gettext_lazy("Nagekeken"), accessor=freshness),
        "owner",
    )
    list_filter = ("theme", "audience", "live")
    ordering = ("position", "title")
    panels = (
        FreshnessPanel(heading=gettext_lazy("Nakijken en gebruik")),
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("slug"),
                FieldPanel("also_called"),
                FieldRowPanel([FieldPanel("theme"), FieldPanel("audience")]),
                FieldPanel("forms"),
                FieldPanel("position"),
            ],
            heading=gettext_lazy("Signaal"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("notice"),
                FieldPanel("meaning"),
                FieldPanel("also_possible"),
                FieldPanel("what_to_do"),
            ],
            heading=gettext_lazy("Wat erover gezegd wordt"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("sources"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("check_by")]),
                FieldPanel("owner"),
                FieldPanel("note_for_editor"),
            ],
            heading=gettext_lazy("Bron en controle"),
        ),
    )


hooks.register(texts.HOOK, signal_texts)
register_snippet(SignalViewSet)


@hooks.register("register_log_actions")
def register_load_action(actions: LogActionRegistry) -> None:
    actions.register_action(
        LOADED, gettext_lazy("Geladen"), gettext_lazy("Geladen uit het bestand met signalen")
    )
