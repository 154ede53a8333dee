"""Whether an ID token was made for this very sign-in (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import jwt

# Signed with a key that only the provider has; never "none", never with our own secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
CLOCKS_DIFFER_SECONDS = 60


class IdTokenError(Exception):
    """Not a token for us, or not for this sign-in."""


def nonce_of(code_verifier: str) -> str:
    """What ties a token to the browser that began: worked out of a secret of its session."""
    return hashlib.sha256(f"nonce {code_verifier}".encode()).hexdigest()


def read_id_token(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """The claims in it. ``keys`` is the provider's JWKS. Raises ``IdTokenError``."""
    try:
        claims = jwt.decode(
            token,
            key=_key_of(token, keys),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client_id,
            leeway=CLOCKS_DIFFER_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except (jwt.PyJWTError, AttributeError, TypeError) as error:
        raise IdTokenError(type(error).__name__) from error
    if not hmac.compare_digest(str(claims["nonce"]), nonce):
        raise IdTokenError("of another sign-in")
    if not claims["sub"] or claims.get("azp", client_id) != client_id:
        raise IdTokenError("for somebody else")
    return dict(claims)


def _key_of(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key that the token names; when it names none, the only one there is."""
    all_keys = jwt.PyJWKSet.from_dict(dict(keys)).keys
    signing = [key for key in all_keys if key.public_key_use != "enc"]
    named = jwt.get_unverified_header(token).get("kid")
    fitting = [key for key in signing if named is None or key.key_id == named]
    if len(fitting) != 1:
        raise IdTokenError("unknown key")
    return fitting[0]
