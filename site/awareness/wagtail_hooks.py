"""What municipalities do stands in Wagtail's log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from awareness.actions import TAKEN_AWAY, WRITTEN


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
