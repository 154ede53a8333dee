"""The card that says who is there for the learners of one class.

Rendered once per process, language and text, as a piece of a page: a lesson for a learner
runs no template.
"""

from __future__ import annotations

from functools import lru_cache

import structlog
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.cookies import LearnerToken, learner_token
from classrooms.models import Preparation
from classrooms.preparedness import HelpOnSite
from quizzes.packing import Piece, pack

log = structlog.get_logger("doorzien.classrooms")


def help_card(help_on_site: HelpOnSite) -> Piece:
    """The card in the language of the request. No query."""
    return _help_card(str(get_language()), help_on_site)


@lru_cache(maxsize=512)
def _help_card(_language: str, help_on_site: HelpOnSite) -> Piece:
    card = render_to_string("classrooms/_help_card.html", {"help": help_on_site})
    return pack(card.encode())


def help_of(token: LearnerToken) -> list[HelpOnSite]:
    """What the classes of this learner arranged, each once. 1 query."""
    current = Preparation.objects.filter(
        is_current=True,
        classroom__archived_at__isnull=True,
        classroom__enrolments__learner_id=token.learner_id,
        classroom__enrolments__learner__epoch=token.epoch,
        classroom__enrolments__removed_at__isnull=True,
    )
    return list(dict.fromkeys(one.help_on_site for one in current.order_by("classroom_id")))


def help_for_visitor(request: HttpRequest) -> SafeString:
    """The cards of whom this device knows; nothing for everybody else. At most 1 query.

    Never fails: the help page is there when the database is not (S-79).
    """
    token = learner_token(request)
    if token is None:
        return SafeString()
    try:
        found = help_of(token)
    except (DatabaseError, InterfaceError):
        log.error("help_of_class_not_read")
        return SafeString()
    cards = b"".join(help_card(one).text for one in found)
    return mark_safe(cards.decode())  # noqa: S308  (the template escaped it)
