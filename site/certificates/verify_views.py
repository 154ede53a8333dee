"""What anybody can check: one certificate by its number, and the keys and list behind badges."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.limits import client_address, count_failure, is_over
from certificates.badge_keys import NoBadgeKeyError, UnreadableKeyError
from certificates.badges import PLACES, did_document, signed_revoked_list
from certificates.models import Certificate
from certificates.numbers import ALPHABET, LENGTH

NUMBER = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def limits(request: HttpRequest) -> dict[str, str]:
    return {"certificate_per_address": client_address(request), "certificate_everywhere": ""}


@require_safe
def verify(request: HttpRequest, certificate: str) -> HttpResponse:
    """Whether this certificate counts, whose it is and of what: nothing more. 2 queries.

    The name is there on purpose: without it, a certificate of somebody else would pass. Unknown
    numbers are counted, and after too many nothing is said about any.
    """
    if is_over(limits(request)):
        return render(request, "429.html", status=429)
    found = None
    if NUMBER.fullmatch(certificate):
        found = Certificate.objects.with_renewal().filter(public_id=certificate).first()
    if found is None:
        count_failure(limits(request))
        response = render(request, "certificates/unknown.html", status=404)
    else:
        state = found.state(today=timezone.localdate())
        context = {"certificate": found, "state": state}
        response = render(request, "certificates/verify.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
def issuer(_request: HttpRequest) -> HttpResponse:
    """The keys that our badges are signed with (did:web). No query."""
    try:
        document = did_document()
    except (UnreadableKeyError, ValueError) as error:  # without a key there is no issuer
        raise Http404 from error
    return open_to_all(JsonResponse(document, content_type="application/did+json"))


@require_safe
def revoked(_request: HttpRequest, list_number: int) -> HttpResponse:
    """Which badges count no longer: bits without names. 2 queries."""
    newest = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if list_number > newest // PLACES:
        raise Http404
    try:
        signed = signed_revoked_list(list_number, now=timezone.now())
    except NoBadgeKeyError as error:
        raise Http404 from error
    return open_to_all(HttpResponse(signed, content_type="application/vc+jwt"))


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Wallets in a browser read it from another site; there is nothing personal in it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
