"""Helplines as screens show them, kept in memory for a few seconds.

Help must be there when nothing else is: without a database the screens show what was
read last, or else what came with the site (S-79).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError

from helplines.helpline_file import shipped_helplines
from helplines.models import Helpline

# ``(request) -> HTML``: who knows a visitor adds the help that is near to them.
OWN_HELP_HOOK = "describe_own_help"
log = structlog.get_logger("doorzien.helplines")
_known: tuple[float, dict[str, Helpline]] | None = None


def _shipped() -> dict[str, Helpline]:
    return {
        entry.slug: Helpline(slug=entry.slug, **entry.columns()) for entry in shipped_helplines()
    }


def all_helplines() -> dict[str, Helpline]:
    """Every helpline by slug, in order. No query when warm, else 1. Never fails."""
    global _known
    now = time.monotonic()
    if _known is None or now - _known[0] >= settings.LESSON_RECHECK_SECONDS:
        try:
            helplines = {helpline.slug: helpline for helpline in Helpline.objects.all()}
        except (DatabaseError, InterfaceError):
            log.error("helplines_not_read")
            helplines = _known[1] if _known else _shipped()
        _known = (now, helplines)
    return _known[1]


def helplines_by_slug(slugs: Iterable[str]) -> list[Helpline]:
    """These helplines in this order. One that was deleted since is left out, and so is one of a
    region: it comes by itself, for who is there (``helplines_near``)."""
    known = all_helplines()
    return [known[slug] for slug in slugs if slug in known and known[slug].is_national]


def helplines_near(municipality: str, *, for_professionals: bool) -> list[Helpline]:
    """Those of the region, for young people and everybody or for who works with them; beside the
    national ones and never instead. No query when warm. Never fails."""
    return [
        helpline
        for helpline in all_helplines().values()
        if municipality in helpline.municipalities
        and (for_professionals or helpline.for_whom != Helpline.ForWhom.PROFESSIONALS)
    ]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """The helplines in the order in which somebody needs them."""

    acute: list[Helpline]  # danger now
    talk: list[Helpline]  # talking without a name
    advice: list[Helpline]  # advice, help afterwards, telling what one knows
    professionals: list[Helpline]

    @property
    def to_call(self) -> list[Helpline]:
        """Whom a young person can call first, also without internet."""
        return [helpline for helpline in self.talk if helpline.phone][:3]


def help_page() -> HelpPage:
    """All national helplines, each in one group. No query when warm.

    A young person's line, or one where you can chat without a name, is for talking. An
    anonymous tip line has no chat, so it stays with advice and reporting.
    """
    page = HelpPage([], [], [], [])
    for helpline in all_helplines().values():
        if not helpline.is_national:
            continue
        if helpline.is_acute:
            page.acute.append(helpline)
        elif helpline.for_whom == Helpline.ForWhom.PROFESSIONALS:
            page.professionals.append(helpline)
        elif helpline.for_whom == Helpline.ForWhom.YOUNG_PEOPLE or (
            helpline.is_anonymous and helpline.chat_url
        ):
            page.talk.append(helpline)
        else:
            page.advice.append(helpline)
    return page


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    global _known
    _known = None
