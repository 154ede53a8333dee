"""allauth's screens of the second step. Only what somebody needs is routed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base_views
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth, flows
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from accounts.account_views import AlsoWhileACodeIsOnItsWay
from accounts.middleware import WANTED, to_second_step
from accounts.permissions import needs_second_factor, used_second_factor
from accounts.queries import unconfirmed_address


def by_second_step(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who has a second step changes it with one: not with a password, in a session from before.

    allauth takes either. 1 query.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_mfa_enabled(request.user) and not used_second_factor(request):
            return to_second_step(request)
        return view(request, *args, **kwargs)

    return guarded


class IndexView(base_views.IndexView):
    """What is on, what can be added, and whether this person must. 6 queries at most."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "is_required": settings.SECOND_FACTOR_REQUIRED and needs_second_factor(user),
            "unconfirmed": unconfirmed_address(user),
            "wanted": self.request.session.get(WANTED),
        }


class ViewRecoveryCodesView(recovery_views.ViewRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.session.get(WANTED)
        return super().get_context_data(**kwargs) | {"wanted": wanted}


class AddPasskeyView(webauthn_views.AddWebAuthnView):
    """Always one that can sign in by itself and asks for a finger, a face or a PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context


class RemovePasskeyView(webauthn_views.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            self.refuse_the_last()
        except ValidationError as error:
            messages.error(self.request, error.messages[0])
            return redirect("mfa_index")
        return super().form_valid(form)

    def refuse_the_last(self) -> None:
        adapter = get_adapter()
        authenticator: Authenticator = self.get_object()
        if not adapter.can_delete_authenticator(authenticator):
            raise adapter.validation_error("cannot_delete_authenticator")


class LoginPasskeyView(AlsoWhileACodeIsOnItsWay, webauthn_views.LoginWebAuthnView):
    def form_valid(self, form: Form) -> HttpResponse:
        """As allauth does, but back to the page that was asked for."""
        authenticator = form.cleaned_data["credential"]
        login = Login(
            user=authenticator.user,
            redirect_url=get_next_redirect_url(self.request),
        )
        return flows.perform_passwordless_login(self.request, authenticator, login)
