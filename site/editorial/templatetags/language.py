"""The language of a draft, in Wagtail's panel with checks."""

from __future__ import annotations

from typing import Any

from django import template

from editorial.language import Report
from editorial.texts import language_report

register = template.Library()


@register.simple_tag
def report_on_language(thing: Any) -> Report | None:
    """``None`` for a thing that is new, and for what nobody reads in Dutch."""
    return language_report(thing) if thing is not None and thing.pk else None
