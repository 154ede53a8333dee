"""What municipalities do stands in Wagtail's log; and what a region adds to the help page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from awareness.actions import TAKEN_AWAY, WRITTEN
from awareness.help_nearby import help_near_visitor
from helplines.queries import OWN_HELP_HOOK

hooks.register(OWN_HELP_HOOK, help_near_visitor, order=1)  # after who is there in a class


@hooks.register("register_log_actions")
def register_text_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        WRITTEN,
        gettext_lazy("Lokale tekst"),
        gettext_lazy("Schreef een tekst van de gemeente in lessen"),
    )
    actions.register_action(
        TAKEN_AWAY,
        gettext_lazy("Lokale tekst weg"),
        gettext_lazy("Haalde een tekst van de gemeente uit lessen"),
    )
