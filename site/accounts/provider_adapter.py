"""Where allauth's signing in elsewhere meets our rules: who is let in, and what they are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.claims_mapping import OidcProvider, PupilError, UnknownRoleError
from accounts.limits import client_address, count_failure
from accounts.models import User
from accounts.provider import UnreachableError

log = structlog.get_logger("doorzien.sign_in")


def refuse(request: HttpRequest, reason: str) -> ImmediateHttpResponse:
    """A page that says why not and what to do. Of who was nobody here, no session stays either."""
    if not request.user.is_authenticated:
        request.session.flush()
    page = render(request, "socialaccount/refused.html", {"reason": reason}, status=403)
    return ImmediateHttpResponse(page)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _(
            "Zo kun je straks niet meer inloggen. Kies eerst een wachtwoord, met een e-mailadres "
            "erbij."
        ),
        "connected_other": _("Dit hoort al bij een ander account."),
    }

    @contextmanager
    def refusing(self, request: HttpRequest) -> Iterator[None]:
        try:
            yield
        except PupilError:
            raise refuse(request, "pupil") from None
        except UnknownRoleError:
            raise refuse(request, "unknown_role") from None

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those of the settings, and of no table: no query, and no way in for who can write one."""
        return [
            app_of(one)
            for one in settings.OIDC_PROVIDERS.values()
            if provider in {None, one.provider_id} and client_id in {None, one.client_id}
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """What came along is kept beside the login; whose address is taken goes no further."""
        person = sociallogin.person
        sociallogin.state["organisation"] = person.organisation
        sociallogin.state["is_teacher"] = person.is_teacher
        is_connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        if not sociallogin.is_existing and not is_connecting:
            self.refuse_a_taken_address(request, sociallogin)

    def refuse_a_taken_address(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An account is never connected or taken over by its address. At most 2 queries."""
        for address in sociallogin.email_addresses:
            if (
                User.objects.filter(email__iexact=address.email).exists()
                or EmailAddress.objects.filter(email__iexact=address.email).exists()
            ):
                raise refuse(request, "taken")

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        """The address and nothing else; ``None`` when there is none, as two may have none."""
        user: User = sociallogin.user
        user.email = data.get("email") or None
        return user

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whoever's organisation we do not know says first what the account is for."""
        return bool(sociallogin.state["organisation"])

    def validate_disconnect(
        self, account: SocialAccount, accounts: QuerySet[SocialAccount]
    ) -> None:
        """Not the only way in. A provider that was taken out of the settings is none."""
        user = account.user
        others = accounts.exclude(pk=account.pk).filter(provider__in=settings.OIDC_PROVIDERS)
        if not (user.has_usable_password() and user.email) and not others.exists():
            raise ValidationError(self.error_messages["no_password"], code="no_password")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Our page, with what to do. Only what may have been a guess counts as a failure: a
        provider that is down must not lock a school out of its passwords."""
        if error == AuthError.CANCELLED:
            return
        if exception is None:
            count_failure({"login_per_address": client_address(request)})
        name = type(exception).__name__ if exception else "state"
        log.warning("sign_in_elsewhere_failed", provider=provider.app.provider_id, reason=name)
        is_down = isinstance(exception, UnreachableError)
        context = {"name": provider.name, "is_down": is_down}
        page = render(
            request,
            "socialaccount/authentication_error.html",
            context,
            status=502 if exception else 400,
        )
        raise ImmediateHttpResponse(page)


def app_of(provider: OidcProvider) -> SocialApp:
    """As allauth wants it; never saved."""
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.provider_id,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.secret,
        settings={"server_url": provider.issuer, "scope": provider.scope},
    )
