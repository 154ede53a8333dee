"""Helplines in the Wagtail admin, with a warning where a number went stale."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from helplines.actions import LOADED
from helplines.freshness import must_be_checked
from helplines.models import Helpline
from helplines.panels import FreshnessPanel
from organisations.municipalities import name_of


def freshness(helpline: Helpline) -> str:
    """What the list says about when this was checked."""
    today = timezone.localdate()
    if must_be_checked(checked_on=helpline.checked_on, check_by=helpline.check_by, today=today):
        return _("⚠ Nakijken: laatst gedaan op %(date)s") % {"date": helpline.checked_on}
    return _("Nagekeken op %(date)s") % {"date": helpline.checked_on}


def region(helpline: Helpline) -> str:
    """What the list says about where it helps."""
    if helpline.is_national:
        return _("Overal")
    return ", ".join(name_of(code) or code for code in helpline.municipalities)


class HelplineViewSet(SnippetViewSet):
    model = Helpline
    icon = "help"
    menu_label = gettext_lazy("Hulplijnen")
    add_to_admin_menu = True
    menu_order = 300
    list_display = (
        "name",
        "phone",
        "for_whom",
        Column("region", label=gettext_lazy("Waar"), accessor=region),
        Column("freshness", label=gettext_lazy("Nagekeken"), accessor=freshness),
        "owner",
    )
    list_filter = ("for_whom", "is_acute")
    search_fields = ("name", "what")
    ordering = ("position", "name")
    panels = (
        FreshnessPanel(heading=gettext_lazy("Nakijken en gebruik")),
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("slug"),
                FieldPanel("what"),
                FieldPanel("for_whom"),
                FieldPanel("municipalities"),
            ],
            heading=gettext_lazy("Wie helpt met wat"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_link")]),
                FieldPanel("url"),
                FieldPanel("chat_url"),
                FieldPanel("hours"),
                FieldPanel("languages"),
                FieldRowPanel(
                    [FieldPanel("is_free"), FieldPanel("is_anonymous"), FieldPanel("is_acute")]
                ),
                FieldPanel("position"),
            ],
            heading=gettext_lazy("Hoe je er komt"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_title"),
                FieldPanel("source_url"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("check_by")]),
                FieldPanel("owner"),
                FieldPanel("note_for_editor"),
            ],
            heading=gettext_lazy("Bron en controle"),
        ),
    )


register_snippet(HelplineViewSet)


@hooks.register("register_log_actions")
def register_load_action(actions: LogActionRegistry) -> None:
    actions.register_action(
        LOADED, gettext_lazy("Geladen"), gettext_lazy("Geladen uit het bestand met hulplijnen")
    )
