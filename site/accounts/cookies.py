"""The learner's cookie: signed, no session row, readable only by us.

Holds the learner's number and epoch, and whether this device is to be remembered. Reading it
costs no query; whoever uses it in a query must match the epoch too
(``LearnerQuerySet.holding``), so that an ended cookie is dead on the server and not only gone
from the browser.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

MAX_AGE_SECONDS = 30 * 24 * 60 * 60
# Behind the numbers in a cookie that outlives the browser; a browser does not tell us which.
REMEMBERED = "r"


@dataclass(frozen=True, slots=True)
class LearnerToken:
    """What a cookie says: which learner, and which generation of their cookies."""

    learner_id: int
    epoch: int
    # "Onthoud mij": a choice about this device, so it says nothing about who somebody is.
    is_remembered: bool = field(default=False, compare=False)

    @property
    def tag(self) -> str:
        """Marks a browser's waiting answers as this learner's. Tells nobody who that is.

        The same over sign-outs and over a new secret key, so that answers kept through
        one are still sent, and to the same learner only (R-12). A mark and no secret:
        whoever forges it has their answers refused, since the cookie says who they are.
        """
        return sha256(f"doorzien learner {self.learner_id}".encode()).hexdigest()[:16]


def signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="accounts.learner")


def learner_token(request: HttpRequest) -> LearnerToken | None:
    """The token in the request's cookie, or ``None``. No query."""
    if not hasattr(request, "_learner_token"):
        request._learner_token = _read(request)  # type: ignore[attr-defined]
    return request._learner_token  # type: ignore[attr-defined]


def _read(request: HttpRequest) -> LearnerToken | None:
    value = request.COOKIES.get(settings.LEARNER_COOKIE_NAME)
    if not value:
        return None
    try:
        learner_id, epoch, *rest = signer().unsign(value, max_age=MAX_AGE_SECONDS).split(".")
        return LearnerToken(int(learner_id), int(epoch), is_remembered=rest == [REMEMBERED])
    except (signing.BadSignature, ValueError):
        return None


def cookie_options() -> dict[str, Any]:
    return {
        "secure": settings.LEARNER_COOKIE_SECURE,
        "httponly": True,
        "samesite": "Lax",
        "path": "/",
    }


def ticket_cookie_name() -> str:
    """The cookie that lets one page show a new return code (see accounts/tickets.py)."""
    return f"{settings.LEARNER_COOKIE_NAME}-code"


def set_learner_cookie(
    response: HttpResponseBase, token: LearnerToken, *, remember: bool = False
) -> None:
    """Until the browser closes, or thirty days where the learner asked to be remembered."""
    value = f"{token.learner_id}.{token.epoch}" + (f".{REMEMBERED}" if remember else "")
    response.set_cookie(
        settings.LEARNER_COOKIE_NAME,
        signer().sign(value),
        max_age=MAX_AGE_SECONDS if remember else None,
        **cookie_options(),
    )


def delete_learner_cookie(response: HttpResponseBase) -> None:
    """Takes the learner, a code that could still be shown, and where they live off this device."""
    response.set_cookie(settings.LEARNER_COOKIE_NAME, "", max_age=0, **cookie_options())
    delete_ticket_cookie(response)
    delete_place_cookie(response)


def delete_ticket_cookie(response: HttpResponseBase) -> None:
    response.set_cookie(ticket_cookie_name(), "", max_age=0, **cookie_options())


def set_place_cookie(response: HttpResponseBase, municipality: str) -> None:
    """Which municipality this device asks help of, by code, until the browser closes.

    A choice about the device, as its language is: it stands beside the learner, never with them.
    """
    response.set_cookie(settings.PLACE_COOKIE_NAME, municipality, **cookie_options())


def delete_place_cookie(response: HttpResponseBase) -> None:
    response.set_cookie(settings.PLACE_COOKIE_NAME, "", max_age=0, **cookie_options())
