"""A ticket: what makes pressing a button twice the same as pressing it once.

A form that hands out a return code carries a ticket. The code follows from the ticket and
our secret key, so that the second of two clicks finds the learner that the first one made
and shows the same code. A ticket is made by us from the system's random source, signed,
and worth nothing without the secret key; it is as private as the page that it stands in.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from accounts.cookies import cookie_options, ticket_cookie_name
from accounts.models import Learner
from accounts.return_codes import ReturnCode, return_code_from

# A page may stay open for a lesson day.
MAX_AGE_SECONDS = 12 * 60 * 60
# How long the page with the code can be loaded again.
SHOWN_SECONDS = 10 * 60
TRIES = 5


@dataclass(frozen=True, slots=True)
class Ticket:
    seed: str

    def __str__(self) -> str:
        return _signer().sign(self.seed)

    def code(self, number: int) -> ReturnCode:
        """The code that goes with this ticket; the next number where a selector is taken."""
        digest = salted_hmac(
            "accounts.ticket", f"{self.seed}:{number}", algorithm="sha256"
        ).digest()
        return return_code_from(digest)

    def codes(self) -> Iterator[ReturnCode]:
        return (self.code(number) for number in range(TRIES))

    def code_of(self, learner: Learner) -> ReturnCode | None:
        """The learner's code, if it came from this ticket and was not replaced since."""
        for code in self.codes():
            if code.selector == learner.return_selector and check_password(
                code.verifier, learner.return_verifier_hash
            ):
                return code
        return None


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="accounts.ticket")


def new_ticket() -> Ticket:
    return Ticket(secrets.token_urlsafe(24))


def read_ticket(text: str, *, max_age: int = MAX_AGE_SECONDS) -> Ticket | None:
    """The ticket in a form or a cookie; ``None`` when it is not ours or too old."""
    try:
        return Ticket(_signer().unsign(text, max_age=max_age))
    except signing.BadSignature:
        return None


def set_ticket_cookie(response: HttpResponseBase, ticket: Ticket) -> None:
    """Lets the next page show the code, for ten minutes and to its own learner only."""
    response.set_cookie(
        ticket_cookie_name(), str(ticket), max_age=SHOWN_SECONDS, **cookie_options()
    )


def ticket_of(request: HttpRequest) -> Ticket | None:
    return read_ticket(request.COOKIES.get(ticket_cookie_name(), ""), max_age=SHOWN_SECONDS)
