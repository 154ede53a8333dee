"""What the account pages show."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from accounts.claims_mapping import OidcProvider
from accounts.models import User


def state_of_account(user: User) -> dict[str, Any]:
    """What the account page says about signing in. 2 queries."""
    return {
        **state_of_address(user),
        "has_second_factor": is_mfa_enabled(user),
        "providers": ways_elsewhere(),
    }


def ways_elsewhere(without: Collection[str] = ()) -> list[OidcProvider]:
    """Schools and employers where somebody can sign in; none unless configured. No query."""
    return [one for one in settings.OIDC_PROVIDERS.values() if one.provider_id not in without]


def name_elsewhere(provider_id: str) -> str:
    """What a provider is called; its id when it was taken out of the settings. No query."""
    provider = settings.OIDC_PROVIDERS.get(provider_id)
    return provider.name if provider else provider_id


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


def unconfirmed_address(user: User) -> str:
    """The address that must be confirmed before a second step can be set up; or nothing."""
    address = EmailAddress.objects.filter(user=user, verified=False).first()
    return address.email if address else ""


def user_with(email: str) -> User | None:
    """Who signs in with this address and confirmed it, unless put out. 1 query, whoever it is."""
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True)
    found = User.objects.filter(email__iexact=email, is_active=True)
    return found.filter(pk__in=confirmed.values("user")).first()
