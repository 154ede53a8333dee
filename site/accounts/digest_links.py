"""The address at which a weekly mail is stopped, also by who is not signed in.

Signed and not kept: it can do nothing else, and the same one works for ever (RFC 8058).
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User

SALT = "accounts.digest"


def stop_address(user: User) -> str:
    token = signing.dumps(str(user.public_id), salt=SALT)
    return settings.BASE_URL + reverse("accounts:stop_digest", args=[token])


def whose_digest(token: str) -> str | None:
    """The number of whom it stops the mail of; ``None`` for one that we did not sign."""
    try:
        return str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return None
