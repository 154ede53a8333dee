"""The keys that badges are signed with: a folder of PEM files, the newest name signs.

An older key stays in the folder, or its public half does, so that what it signed can still be
checked. Files are named by when they were made, and that name is the key's id in the badge.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils import timezone

PUBLIC = b"PUBLIC KEY"


class NoBadgeKeyError(Exception):
    """There is no private key to sign with."""


class UnreadableKeyError(Exception):
    """A file in the folder is no key on the curve P-256, or may not be read."""


@dataclass(frozen=True, slots=True)
class BadgeKey:
    name: str
    public: ec.EllipticCurvePublicKey
    private: ec.EllipticCurvePrivateKey | None

    def public_pem(self) -> bytes:
        return self.public.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


def badge_keys() -> list[BadgeKey]:
    """All of them, the newest first. Raises ``UnreadableKeyError``."""
    files = _files()
    if not files and settings.BADGE_KEY_MADE_WHEN_MISSING:
        make_badge_key(now=timezone.now())
        files = _files()
    return list(_read(tuple((path, path.stat().st_mtime_ns) for path in files)))


def _files() -> list[Path]:
    return sorted(Path(settings.BADGE_KEYS_ROOT).glob("*.pem"), reverse=True)


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> tuple[BadgeKey, ...]:
    return tuple(_key(path) for path, _changed in files)


def _key(path: Path) -> BadgeKey:
    try:
        content = path.read_bytes()
        if PUBLIC in content:
            private: Any = None
            public: Any = serialization.load_pem_public_key(content)
        else:
            private = serialization.load_pem_private_key(content, password=None)
            public = private.public_key()
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnreadableKeyError(path.name) from error
    if not isinstance(getattr(public, "curve", None), ec.SECP256R1):
        raise UnreadableKeyError(path.name)
    return BadgeKey(path.stem, public, private)


def signing_key() -> BadgeKey:
    """Raises ``NoBadgeKeyError``, also when a key cannot be read."""
    try:
        found = next((key for key in badge_keys() if key.private is not None), None)
    except UnreadableKeyError as error:
        raise NoBadgeKeyError from error
    if found is None:
        raise NoBadgeKeyError
    return found


def make_badge_key(*, now: datetime) -> Path:
    """A new private key, that only the site's own user can read. It signs from now on."""
    root = Path(settings.BADGE_KEYS_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = root / f"{now:%Y%m%d-%H%M%S-%f}.pem"
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    return path
