"""What the account pages show."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import User


def state_of_address(user: User) -> dict[str, Any]:
    """Whether the address of now is confirmed, and which one waits for it. 1 query."""
    addresses = list(EmailAddress.objects.filter(user=user))
    now = (user.email or "").lower()
    return {
        "is_confirmed": any(one.verified and one.email.lower() == now for one in addresses),
        "waiting": next(
            (one for one in addresses if not one.verified and one.email.lower() != now), None
        ),
    }
