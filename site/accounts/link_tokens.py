"""Addresses that are keys: whoever knows one may use it, so only its hash is kept."""

from __future__ import annotations

import hashlib
import secrets


def new_link_token() -> str:
    """256 bits, as 43 characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the database has of it; no slow hash, since nobody can guess what is so long."""
    return hashlib.sha256(token.encode()).hexdigest()
