"""Helplines as screens show them, kept in memory for a few seconds."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.conf import settings

from helplines.models import Helpline

_known: tuple[float, dict[str, Helpline]] | None = None


def all_helplines() -> dict[str, Helpline]:
    """Every helpline by slug, in order. No query when warm, else 1."""
    global _known
    now = time.monotonic()
    if _known is None or now - _known[0] >= settings.LESSON_RECHECK_SECONDS:
        _known = (now, {helpline.slug: helpline for helpline in Helpline.objects.all()})
    return _known[1]


def helplines_by_slug(slugs: Iterable[str]) -> list[Helpline]:
    """These helplines in this order; one that was deleted since is left out."""
    known = all_helplines()
    return [known[slug] for slug in slugs if slug in known]
