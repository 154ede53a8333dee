"""Where allauth's account flow meets our limits."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.limits import client_address, count_failure, is_over


def login_limits(request: HttpRequest, email: str) -> dict[str, str]:
    return {
        "login_per_address": client_address(request),
        "login_per_account": email.strip().lower(),
    }


class AccountAdapter(DefaultAccountAdapter):
    """Counts wrong passwords in the database, for all processes together."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if is_over(login_limits(request, credentials.get("email", ""))):
            raise ValidationError(
                _("Te vaak een verkeerd wachtwoord. Wacht een kwartier en probeer het opnieuw."),
                code="too_many_login_attempts",
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        count_failure(login_limits(request, credentials.get("email", "")))
