"""allauth's screens with our forms. Only what a teacher or editor needs is routed."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from accounts import forms
from accounts.queries import state_of_address, ways_elsewhere


class LoginView(views.LoginView):
    form_class = forms.LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"providers": ways_elsewhere()}


class SignupView(views.SignupView):
    form_class = forms.SignupForm


class PasswordChangeView(views.PasswordChangeView):
    form_class = forms.ChangePasswordForm
    success_url = reverse_lazy("account_change_password_done")


class PasswordSetView(views.PasswordSetView):
    """For who signs in elsewhere and has no password here."""

    form_class = forms.SetPasswordForm
    success_url = reverse_lazy("account_change_password_done")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A password goes with an address: nobody could sign in with it alone."""
        if not request.user.email:  # type: ignore[union-attr]
            return redirect("account_email")
        return super().post(request, *args, **kwargs)


class PasswordResetView(views.PasswordResetView):
    form_class = forms.ResetPasswordForm


class PasswordResetFromKeyView(views.PasswordResetFromKeyView):
    form_class = forms.ResetPasswordKeyForm


class EmailView(views.EmailView):
    form_class = forms.AddEmailForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | state_of_address(self.request.user)


class ReauthenticateView(views.ReauthenticateView):
    form_class = forms.ReauthenticateForm


# A link or an image on another page may sign nobody out.
logout = require_POST(views.logout)
