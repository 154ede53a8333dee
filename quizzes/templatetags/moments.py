"""Moments of a recording, in a template."""

from django import template

from media.times import clock

register = template.Library()


@register.filter
def as_clock(moment: str) -> str:
    """The key of a moment as a player shows it; nothing for what is no such key."""
    is_one = isinstance(moment, str) and moment.isascii() and moment.isdecimal()
    return clock(int(moment)) if is_one and len(moment) <= 6 else ""
