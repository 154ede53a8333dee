"""What the help page says about the region of who looks."""

from __future__ import annotations

import structlog
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from accounts.cookies import learner_token
from awareness.pieces import nearby_cards
from awareness.queries import is_anything_local, municipality_of_class
from organisations.chosen_place import chosen_municipality
from organisations.municipalities import name_of
from quizzes.packing import plain

log = structlog.get_logger("doorzien.awareness")


def help_near_visitor(request: HttpRequest) -> SafeString:
    """The helplines of where their class is, or else of what they chose.

    Lines for professionals only for whom we do not know as a learner. At most 1 query when warm.
    Never fails: the help page is there when the database is not (S-79).
    """
    if not is_anything_local():
        return SafeString()
    of_class = _of_class(request)
    municipality = of_class or chosen_municipality(request)
    cards = plain(
        list(nearby_cards(municipality, for_professionals=learner_token(request) is None))
    ).decode()
    context = {
        "municipality": name_of(municipality),
        "is_of_class": bool(of_class),
        "cards": mark_safe(cards),  # noqa: S308  (a template escaped it)
    }
    return render_to_string("awareness/_help_place.html", context)


def _of_class(request: HttpRequest) -> str:
    token = learner_token(request)
    if token is None:
        return ""
    try:
        return municipality_of_class(token)
    except (DatabaseError, InterfaceError):
        log.error("municipality_of_class_not_read")
        return ""
