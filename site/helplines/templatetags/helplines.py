"""Helplines in templates: one card, or a short list of several."""

from __future__ import annotations

from typing import Any

from django import template

from helplines.models import Helpline
from helplines.queries import helplines_by_slug

register = template.Library()


@register.inclusion_tag("helplines/_helpline_card.html")
def help_card(helpline: Helpline | str, heading: str = "h3") -> dict[str, Any]:
    """A compact card of a helpline, or of the one with this slug. No query when warm.

    Shows nothing for a slug that is not there (any more). ``heading`` is the level that
    fits the page.
    """
    if isinstance(helpline, str):
        found = helplines_by_slug([helpline])
        return {"helpline": found[0] if found else None, "heading": heading}
    return {"helpline": helpline, "heading": heading}
