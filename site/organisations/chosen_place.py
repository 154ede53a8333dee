"""The municipality that somebody chose on this device. Nothing of it is in the database."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from organisations.municipalities import municipalities


def chosen_municipality(request: HttpRequest) -> str:
    """Its code; "" when none was chosen, or it is none (any more). No query."""
    code = request.COOKIES.get(settings.PLACE_COOKIE_NAME, "")
    return code if code in municipalities() else ""
