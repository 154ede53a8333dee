"""Where allauth's account flow meets our limits."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.limits import client_address, count_failure, is_over
from accounts.models import User

SHOWN_MESSAGES = {
    "account/messages/email_confirmation_sent.txt",
    "account/messages/email_deleted.txt",
    "socialaccount/messages/account_connected.txt",
    "usersessions/messages/sessions_logged_out.txt",
}

WAYS_TO_SHOW_WHO_YOU_ARE = {
    "account_reauthenticate": _("Met je wachtwoord"),
    "mfa_reauthenticate": _("Met een code van je app, of een herstelcode"),
    "mfa_reauthenticate_webauthn": _("Met een passkey"),
}


def login_limits(request: HttpRequest, email: str) -> dict[str, str]:
    return {
        "login_per_address": client_address(request),
        "login_per_account": email.strip().lower(),
    }


def code_limits(request: HttpRequest, email: str) -> dict[str, str]:
    return {
        "login_per_address": client_address(request),
        "login_code_per_account": email.strip().lower(),
    }


class AccountAdapter(DefaultAccountAdapter):
    """Counts wrong passwords in the database, for all processes together."""

    # One text for a wrong password and for an address that nobody has (S-37).
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens."
        ),
        "incorrect_code": _("Deze code klopt niet. Kijk of het die uit de nieuwste mail is."),
        "too_many_login_attempts": _("Te veel pogingen. Wacht even en probeer het opnieuw."),
        "email_taken": _("Er is al een account met dit e-mailadres. Log in."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if is_over(login_limits(request, credentials.get("email", ""))):
            raise ValidationError(
                _("Te vaak een verkeerd wachtwoord. Wacht een kwartier en probeer het opnieuw."),
                code="too_many_login_attempts",
            )

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        count_failure(login_limits(request, credentials.get("email", "")))

    def login(self, request: HttpRequest, user: User) -> None:
        """However somebody came in, they are out when the browser closes."""
        super().login(request, user)
        request.session.set_expiry(0)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Not when somebody else signs in with it by now: two may ask for one address."""
        others = User.objects.exclude(pk=email_address.user_id)
        if others.filter(email__iexact=email_address.email).exists():
            return False
        return super().confirm_email(request, email_address)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """allauth's ways, in our words."""
        words = {reverse(name): text for name, text in WAYS_TO_SHOW_WHO_YOU_ARE.items()}
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": words[way["url"]]} for way in ways]

    def get_client_ip(self, request: HttpRequest) -> str:
        """allauth's own limits count the same address as ours do (S-34)."""
        return client_address(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """No "you are signed in as …" on a smart board; only what a page cannot say itself."""
        if level >= messages.ERROR or message_template in SHOWN_MESSAGES:
            super().add_message(request, level, message_template, *args, **kwargs)
