"""A municipality's editor reaches what is of their own municipality; the rest is not there."""

from __future__ import annotations

import structlog
from django.http import Http404

from accounts.models import User
from awareness.queries import Place, places
from organisations.municipalities import Municipality, municipalities
from organisations.permissions import municipalities_of

log = structlog.get_logger("doorzien.access")


def own_municipality(user: User, code: str) -> Municipality:
    """Raises ``Http404``: the same for somebody else's and for none. 1 query."""
    if code in municipalities_of(user) and code in municipalities():
        return municipalities()[code]
    log.warning("access_refused", thing="municipality", account=str(user.public_id))
    raise Http404


def place_in(municipality: Municipality, slot: str) -> Place:
    """Raises ``Http404`` for a slot that no lesson has. 3 queries."""
    for place in places(municipality.code):
        if place.slot == slot:
            return place
    raise Http404
