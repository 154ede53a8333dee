"""allauth's screens with our forms. Only what a teacher or editor needs is routed."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from allauth.account.stages import LoginByCodeStage, LoginStage
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import forms
from accounts.adapters import code_limits
from accounts.queries import state_of_address, ways_elsewhere


class AlsoWhileACodeIsOnItsWay:
    """Who asked for a code may change their mind; allauth would send them back to fill it in."""

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseBase | None:
        if stage.key == LoginByCodeStage.key:
            return None
        return super()._redirect_to_pending_stage(request, stage)  # type: ignore[misc]


class LoginView(AlsoWhileACodeIsOnItsWay, views.LoginView):
    form_class = forms.LoginForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "providers": ways_elsewhere(),
            "code_url": self.passthrough_next_url(reverse("account_request_login_code")),
        }


class AskForCodeView(AlsoWhileACodeIsOnItsWay, views.RequestLoginCodeView):
    form_class = forms.AskForCodeForm


class LoginCodeView(views.ConfirmLoginCodeView):
    """The code that was mailed. It counts in this browser only, and once.

    Another one is asked for as the first was: allauth's own "again" mails only who has an
    account, so that how long it takes would tell (S-37).
    """

    form_class = forms.LoginCodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if not getattr(self, "_process", None) and request.method == "POST":
            messages.error(request, _("Deze code werkt niet meer. Vraag een nieuwe."))
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        limits = code_limits(self.request, self._process.state["email"])
        return {**super().get_form_kwargs(), "limits": limits}

    def form_invalid(self, form: forms.LoginCodeForm) -> HttpResponseBase:
        """An empty field is no attempt."""
        if form.has_error("code", "required"):
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_invalid(form)


class SignupView(AlsoWhileACodeIsOnItsWay, views.SignupView):
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
