"""Signing in at a school or an employer, and tying that to an account that is there already."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import views as allauth_views
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import DisconnectForm, ProviderSignupForm
from accounts.limits import client_address, is_over
from accounts.provider import OpenIDConnectAdapter
from accounts.queries import name_elsewhere, ways_elsewhere


def converse(request: HttpRequest, provider_id: str, view: type) -> HttpResponse:
    """One step of allauth's with this provider. 1 query before it; an error is a page of ours."""
    if provider_id not in settings.OIDC_PROVIDERS:
        raise Http404
    if is_over({"login_per_address": client_address(request)}):
        return render(request, "429.html", status=429)
    adapter = OpenIDConnectAdapter(request, provider_id)
    try:
        return view.adapter_view(adapter)(request)  # type: ignore[attr-defined, no-any-return]
    except OAuth2Error as error:
        return render_authentication_error(request, adapter.get_provider(), exception=error)


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Asks first when somebody follows a link; a form of ours goes on at once.

    By a page that leads there and not by a redirect: browsers hold every redirect after a form
    against ``form-action``, also those of a federation to a school that we cannot name.
    """
    response = converse(request, provider_id, OAuth2LoginView)
    if not isinstance(response, HttpResponseRedirect):
        return response
    context = {"redirect_to": response.url, "name": settings.OIDC_PROVIDERS[provider_id].name}
    return render(request, "socialaccount/login_redirect.html", context)


@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return converse(request, provider_id, OAuth2CallbackView)


class SignupView(allauth_views.SignupView):
    """Of whoever's organisation we do not know: what the account is for, as at sign-up."""

    form_class = ProviderSignupForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The address may have been taken since."""
        try:
            get_adapter().refuse_a_taken_address(request, self.sociallogin)
        except ImmediateHttpResponse as refusal:
            return refusal.response
        return super().post(request, *args, **kwargs)


class ConnectionsView(allauth_views.ConnectionsView):
    """Where else somebody signs in, and where else they could. 1 query, and 1 to disconnect."""

    form_class = DisconnectForm
    success_url = reverse_lazy("socialaccount_connections")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(SocialAccount.objects.filter(user=self.request.user).order_by("pk"))
        return super().get_context_data(**kwargs) | {
            "connected": [
                {"pk": row.pk, "name": name_elsewhere(row.provider), "since": row.date_joined}
                for row in rows
            ],
            "others": ways_elsewhere(without={row.provider for row in rows}),
        }
