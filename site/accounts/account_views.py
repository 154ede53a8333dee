"""allauth's screens with our forms. Only what a teacher or editor needs is routed."""

from __future__ import annotations

from allauth.account import views
from django.urls import reverse_lazy
from django.views.decorators.http import require_POST

from accounts import forms


class LoginView(views.LoginView):
    form_class = forms.LoginForm


class SignupView(views.SignupView):
    form_class = forms.SignupForm


class PasswordChangeView(views.PasswordChangeView):
    form_class = forms.ChangePasswordForm
    success_url = reverse_lazy("account_change_password_done")


class PasswordResetView(views.PasswordResetView):
    form_class = forms.ResetPasswordForm


class PasswordResetFromKeyView(views.PasswordResetFromKeyView):
    form_class = forms.ResetPasswordKeyForm


# A link or an image on another page may sign nobody out.
logout = require_POST(views.logout)
