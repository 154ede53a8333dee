"""A certificate as an Open Badge 3.0: a signed text that says itself whether it is real.

The only module that knows openbadgeslib, a library of few hands: what we ask of it is here, and
``tests/certificates/test_badges.py`` checks what comes out without it too. Decision 0039.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import jwt
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3Signer,
    OpenBadgeCredential,
    build_did_document,
    build_status_list_credential,
    status_entry,
)

from certificates.badge_keys import BadgeKey, badge_keys, signing_key
from certificates.models import Certificate, RevokedBadge

ALGORITHM = "ES256"
PLACES = 131_072  # in one list of revoked badges: the least that the standard allows
LIST_COUNTS_FOR = timedelta(days=1)


class KeyedSigner(OB3Signer):
    """Also says which key signed (``kid``), so that a badge outlives a new key."""

    def __init__(self, key: BadgeKey) -> None:
        super().__init__(key.private, algorithm=ALGORITHM)
        self.kid = key_id(key)

    def sign_payload(self, payload: dict[str, Any]) -> str:
        headers = {"kid": self.kid, "jwk": self._public_jwk()}
        return jwt.encode(payload, self._load_privkey(), algorithm=ALGORITHM, headers=headers)


def issuer_did() -> str:
    """did:web of this site: whoever checks a badge finds ``did_document`` there."""
    place = urlsplit(settings.BASE_URL).netloc.replace(":", "%3A")
    path = reverse("certificates:issuer").removesuffix("did.json").strip("/").replace("/", ":")
    return f"did:web:{place}:{path}"


def key_id(key: BadgeKey) -> str:
    return f"{issuer_did()}#{key.name}"


def did_document() -> dict[str, Any]:
    """The public keys of the issuer, the newest first."""
    to_jwk = jwt.algorithms.ECAlgorithm.to_jwk
    methods = [(key.name, to_jwk(key.public, as_dict=True)) for key in badge_keys()]
    return build_did_document(issuer_did(), methods)


def signed_badge(certificate: Certificate) -> str:
    """The badge as a compact JWT. Raises ``NoBadgeKeyError``. No query.

    Whose it is stands in it as a salted hash of the e-mail address, as wallets expect it. No name:
    that is on the page that the badge leads to, for as long as the holder wants.
    """
    verify = _address("certificates:verify", certificate.public_id)
    email = certificate.user.email or ""
    credential = OpenBadgeCredential(
        id=verify,
        issuer=Issuer(id=issuer_did(), name="Doorzien", url=settings.BASE_URL),
        recipient_id=None,
        identifiers=[IdentityObject.create(email, salt=certificate.public_id)] if email else [],
        achievement=Achievement(
            id=f"urn:uuid:{certificate.package_key}",
            name=certificate.title,
            description=_("Leerpad %(title)s, versie %(version)s.")
            % {"title": certificate.title, "version": certificate.version},
            criteria_narrative=_("Alle lessen van het leerpad gedaan en de toets gehaald."),
            achievement_type="Certificate",
        ),
        issuance_date=_start(certificate.issued_on),
        expiration_date=_start(certificate.valid_until + timedelta(days=1)),
        evidence_url=verify,
        credential_status=[
            status_entry(
                _address("certificates:revoked", certificate.pk // PLACES),
                "revocation",
                certificate.pk % PLACES,
            )
        ],
    )
    return KeyedSigner(signing_key()).sign(credential)


def signed_revoked_list(number: int, *, now: datetime) -> str:
    """Which badges of this list were revoked, as a signed JWT. Raises ``NoBadgeKeyError``.

    A list of bits: it says of a badge whether it counts, and nothing about whose it is. 1 query.
    """
    first = number * PLACES
    places = RevokedBadge.objects.filter(place__range=(first, first + PLACES - 1))
    document = build_status_list_credential(
        issuer_did(),
        _address("certificates:revoked", number),
        "revocation",
        [place - first for place in places.values_list("place", flat=True)],
        issued=now,
        valid_until=now + LIST_COUNTS_FOR,
    )
    payload = {**document, "iss": issuer_did(), "jti": document["id"], "nbf": int(now.timestamp())}
    return KeyedSigner(signing_key()).sign_payload(payload)


def _address(name: str, *arguments: Any) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"


def _start(day: Any) -> datetime:
    """The first moment of the day here, in UTC."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone()).astimezone(UTC)
