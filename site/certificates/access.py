"""A holder reaches their own certificates; the rest is not there."""

from __future__ import annotations

import structlog
from django.http import Http404

from accounts.models import User
from certificates.models import Certificate
from certificates.paths import NoPathError, Path, published_path

log = structlog.get_logger("doorzien.access")


def own_certificate(user: User, number: str) -> Certificate:
    """Raises ``Http404``: the same for somebody else's and for none. 1 query."""
    own = Certificate.objects.of(user).with_renewal().filter(public_id=number).first()
    if own is None:
        log.warning("access_refused", thing="certificate", account=str(user.public_id))
        raise Http404
    own.user = user
    return own


def path_or_404(slug: str) -> Path:
    """3 queries, 5 for a translation."""
    try:
        return published_path(slug)
    except NoPathError as error:
        raise Http404 from error
