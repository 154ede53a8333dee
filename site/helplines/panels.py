"""What must be looked at again, and what depends on it, above an editor's form."""

from __future__ import annotations

from typing import Any

from django.forms import Media
from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.admin.panels import Panel

# ``(thing, request) -> a component or None``: who knows what depends on a thing stands above it.
HOOK = "describe_freshness"


class FreshnessPanel(Panel):
    """Filled by the apps that hear ``HOOK``; not there when they have nothing to say."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "helplines/admin/freshness_panel.html"

        @cached_property
        def components(self) -> list[Any]:
            if self.instance.pk is None:
                return []
            found = [hear(self.instance, self.request) for hear in hooks.get_hooks(HOOK)]
            return [component for component in found if component is not None]

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.components)

        @property
        def media(self) -> Media:
            return sum((one.media for one in self.components), Media())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "components": self.components}
