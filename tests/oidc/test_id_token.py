"""Which ID tokens are believed: the rule, with tokens that no honest provider would send."""

from __future__ import annotations

import hmac
import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from accounts.id_token import IdTokenError, nonce_of, read_id_token

KEY, OTHER = (rsa.generate_private_key(65537, 2048) for _number in range(2))
ISSUER, CLIENT, NONCE = "https://school.example", "doorzien", nonce_of("secret of the session")


def jwk(key: rsa.RSAPrivateKey, **more: str) -> dict[str, Any]:
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), **more}


KEYS = {"keys": [jwk(KEY, kid="a", alg="RS256", use="sig"), jwk(OTHER, kid="b", use="enc")]}


def claims(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {"iss": ISSUER, "sub": "x", "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": NONCE}
    return {name: value for name, value in {**good, **other}.items() if value is not None}


def signed(key: Any = KEY, algorithm: str = "RS256", kid: str | None = "a", **other: Any) -> str:
    return jwt.encode(claims(**other), key, algorithm, headers={"kid": kid} if kid else None)


def read(token: str, keys: dict[str, Any] = KEYS) -> dict[str, Any]:
    return read_id_token(token, keys=keys, issuer=ISSUER, client_id=CLIENT, nonce=NONCE)


@pytest.mark.parametrize(
    "other", [{}, {"kid": None}, {"aud": [CLIENT]}, {"aud": [CLIENT, "b"], "azp": CLIENT}]
)
def test_a_good_token_is_read(other):
    assert read(signed(**other))["sub"] == "x"


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://school.example/"},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "b"], "azp": "b"},
        {"exp": int(time.time()) - 120},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"exp": None},
        {"key": OTHER},
        {"key": OTHER, "kid": "b"},
        {"kid": "nobody"},
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(other):
    with pytest.raises(IdTokenError):
        read(signed(**other))


def test_a_token_without_a_signature_is_refused():
    for token in (jwt.encode(claims(), None, "none", headers={"kid": "a"}), "", "x.y.z"):
        with pytest.raises(IdTokenError):
            read(token)


def test_a_token_signed_with_the_public_key_as_a_password_is_refused():
    """The old trick: what everybody can read, used as if it were a shared secret."""
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = jwt.utils.base64url_encode(b'{"alg":"HS256","kid":"a","typ":"JWT"}')
    body = head + b"." + jwt.utils.base64url_encode(json.dumps(claims()).encode())
    seal = hmac.new(public, body, "sha256").digest()
    with pytest.raises(IdTokenError):
        read((body + b"." + jwt.utils.base64url_encode(seal)).decode())


@pytest.mark.parametrize("keys", [{}, {"keys": []}, {"keys": "x"}, {"keys": [7]}, {"keys": [{}]}])
def test_a_provider_without_usable_keys_is_refused(keys):
    with pytest.raises(IdTokenError):
        read(signed(), keys)


def test_two_keys_and_a_token_that_names_none_is_refused():
    with pytest.raises(IdTokenError):
        read(signed(kid=None), {"keys": [jwk(KEY, kid="a"), jwk(OTHER, kid="b")]})
