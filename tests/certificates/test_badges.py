"""A certificate as an Open Badge: by the library's own verifier, and without it."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from certificates.actions import delete_certificate, revoke_certificate
from certificates.badge_keys import (
    NoBadgeKeyError,
    UnreadableKeyError,
    badge_keys,
    make_badge_key,
    signing_key,
)
from certificates.badges import did_document, issuer_did, signed_badge, signed_revoked_list
from certificates.checks import badge_key_is_there
from certificates.models import Certificate
from tests.factories.certificates import make_certificate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Path:
    settings.BADGE_KEYS_ROOT = tmp_path / "keys"
    settings.BADGE_KEY_MADE_WHEN_MISSING = False
    settings.BASE_URL = "https://doorzien.example"
    return make_badge_key(now=timezone.now())


@pytest.fixture
def made() -> Certificate:
    return make_certificate()


def download(address: str) -> bytes:
    """The site, as somebody far away reads it."""
    assert address.startswith(settings.BASE_URL)
    response = Client().get(address.removeprefix(settings.BASE_URL))
    assert response.status_code == 200, address
    return response.content


def verifier() -> OB3Verifier:
    return OB3Verifier.for_issuer_did(issuer_did(), download=download)


def by_hand(token: str) -> dict[str, Any]:
    """Checks the badge with nothing but PyJWT and the keys that the site publishes."""
    document = json.loads(download(f"{settings.BASE_URL}/certificaat/uitgever/did.json"))
    header = jwt.get_unverified_header(token)
    method = next(one for one in document["verificationMethod"] if one["id"] == header["kid"])
    key = jwt.PyJWK(method["publicKeyJwk"], algorithm="ES256")
    return jwt.decode(token, key, algorithms=["ES256"], issuer=document["id"])


def test_the_librarys_own_verifier_takes_the_badge(made: Certificate) -> None:
    found = verifier().verify(signed_badge(made), check_status=True, download=download)
    assert found.achievement.name == "Klein pakket"
    assert found.issuer.id == "did:web:doorzien.example:certificaat:uitgever"


def test_a_check_without_the_library_takes_it_too(made: Certificate) -> None:
    said = by_hand(signed_badge(made))
    verify = f"https://doorzien.example/certificaat/{made.public_id}/"
    assert said["id"] == said["jti"] == verify
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    last_second = datetime.fromtimestamp(said["exp"] - 1, tz=UTC)
    assert timezone.localdate(last_second) == made.valid_until


def test_the_badge_holds_no_name_and_no_address(made: Certificate) -> None:
    said = json.dumps(by_hand(signed_badge(made)))
    assert made.holder_name not in said
    assert made.user.email not in said


def test_a_badge_with_another_word_in_it_is_refused(made: Certificate) -> None:
    head, body, signature = signed_badge(made).split(".")
    payload = json.loads(base64.urlsafe_b64decode(body + "=="))
    payload["credentialSubject"]["achievement"]["name"] = "Alles"
    changed = base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=")
    forged = f"{head}.{changed}.{signature}"
    with pytest.raises(OB3VerificationError):
        verifier().verify(forged)
    with pytest.raises(jwt.InvalidSignatureError):
        by_hand(forged)


def test_a_badge_of_another_key_is_refused(made: Certificate, tmp_path: Path) -> None:
    token = signed_badge(made)
    for path in Path(settings.BADGE_KEYS_ROOT).glob("*.pem"):
        path.unlink()
    make_badge_key(now=timezone.now())
    with pytest.raises(OB3VerificationError):
        verifier().verify(token)


def test_a_new_key_leaves_older_badges_good(made: Certificate, keys: Path) -> None:
    old = signed_badge(made)
    call_command("make_badge_key")
    new = signed_badge(made)
    assert jwt.get_unverified_header(old)["kid"] != jwt.get_unverified_header(new)["kid"]
    # The old private key may go, as long as its public half stays.
    public = next(key for key in badge_keys() if key.name == keys.stem).public_pem()
    keys.write_bytes(public)
    assert signing_key().name != keys.stem
    for token in (old, new):
        verifier().verify(token)
        by_hand(token)


def test_a_revoked_badge_is_refused_also_when_it_was_deleted(made: Certificate) -> None:
    token, number = signed_badge(made), made.pk
    revoke_certificate(certificate=made, reason="Fout.", now=timezone.now(), user=None)
    other = make_certificate()
    delete_certificate(certificate=made)
    with pytest.raises(OB3VerificationError):
        verifier().verify(token, check_status=True, download=download)
    verifier().verify(signed_badge(other), check_status=True, download=download)
    said = by_hand(signed_revoked_list(0, now=timezone.now()))
    packed = said["credentialSubject"]["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    place = next(n for n in range(len(bits) * 8) if bits[n // 8] >> (7 - n % 8) & 1)
    assert (place, len(bits)) == (number, 16_384)


def test_a_list_of_revoked_badges_counts_for_a_day(made: Certificate) -> None:
    old = signed_revoked_list(0, now=timezone.now() - timedelta(days=2)).encode()
    with pytest.raises(OB3VerificationError):
        verifier().verify(
            signed_badge(made),
            check_status=True,
            download=lambda where: old if "ingetrokken" in where else download(where),
        )


def test_a_list_that_no_badge_is_in_is_not_there(client: Client, made: Certificate) -> None:
    assert client.get(reverse("certificates:revoked", args=[0])).status_code == 200
    assert client.get(reverse("certificates:revoked", args=[1])).status_code == 404


def test_without_a_key_there_is_no_badge_and_the_operator_hears(
    client: Client, made: Certificate, keys: Path
) -> None:
    keys.unlink()
    with pytest.raises(NoBadgeKeyError):
        signed_badge(made)
    client.force_login(made.user)
    page = client.get(reverse("certificates:certificate", args=[made.public_id]))
    assert "Open Badges" not in page.content.decode()
    assert client.get(reverse("certificates:badge", args=[made.public_id])).status_code == 404
    assert client.get(reverse("certificates:issuer")).status_code == 404
    assert client.get(reverse("certificates:revoked", args=[0])).status_code == 404
    assert [message.id for message in badge_key_is_there()] == ["doorzien.I001"]


def test_a_key_of_another_kind_is_named(keys: Path) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    for content in (private, b"geen sleutel"):
        keys.write_bytes(content)
        with pytest.raises(UnreadableKeyError, match=keys.stem):
            badge_keys()
        assert [message.id for message in badge_key_is_there()] == ["doorzien.E002"]


def test_a_good_key_is_nothing_to_tell_and_only_ours_to_read(keys: Path) -> None:
    assert badge_key_is_there() == []
    assert keys.stat().st_mode & 0o077 == 0
    assert keys.parent.stat().st_mode & 0o077 == 0


def test_a_private_key_is_never_published() -> None:
    published = json.dumps(did_document())
    assert '"d"' not in published
    assert "PRIVATE" not in published


def test_on_a_laptop_a_key_is_made_by_itself(keys: Path, settings: Any) -> None:
    keys.unlink()
    settings.BADGE_KEY_MADE_WHEN_MISSING = True
    assert signing_key().private is not None
    assert len(badge_keys()) == 1
    assert badge_key_is_there() == []
