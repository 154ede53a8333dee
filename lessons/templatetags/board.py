"""For the slides of a lesson on the board."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from lessons.board import Board, Slide

register = template.Library()


@register.simple_tag
def slide_html(board: Board, slide: Slide) -> SafeString:
    """The blocks of a slide, as a learner sees them."""
    return board.html(slide)
