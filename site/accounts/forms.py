"""Forms of learners who come back, and allauth's forms in our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import context, ratelimit
from allauth.socialaccount import forms as provider_forms
from allauth.socialaccount import signals as provider_signals
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import await_address
from accounts.limits import count_failure, is_over
from accounts.models import User
from accounts.queries import name_elsewhere, user_with
from accounts.return_codes import ReturnCode, parse_return_code

EMAIL = _("E-mailadres")
PASSWORD = _("Wachtwoord")
NEW_PASSWORD = _("Nieuw wachtwoord")
PASSWORD_HINT = _("Minstens 10 tekens. Een paar losse woorden achter elkaar is sterk.")


class CodeInput(forms.TextInput):
    """Where a class code or a return code is typed: as text, as it is read from the board."""

    def __init__(self, *, placeholder: str = "") -> None:
        attrs = {
            "class": "code-field__input",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }
        super().__init__(attrs | ({"placeholder": placeholder} if placeholder else {}))


class ReturnForm(forms.Form):
    """The return code as somebody copies it from a photo or a piece of paper."""

    code = forms.CharField(
        label=_("Je terugkeercode"),
        max_length=60,
        help_text=_("Drie groepjes van zes. Hoofdletters en streepjes hoeven niet."),
        error_messages={"required": _("Vul je terugkeercode in.")},
        widget=CodeInput,
    )
    remember = forms.BooleanField(
        label=_("Onthoud mij op dit toestel"),
        required=False,
        help_text=_("Alleen doen als dit je eigen toestel is."),
    )

    def return_code(self) -> ReturnCode | None:
        """The code, or ``None`` when what was typed cannot be one."""
        return parse_return_code(self.cleaned_data["code"])


class NameForm(forms.Form):
    """What somebody wants to be called on their own pages."""

    name = forms.CharField(
        label=_("Je naam"),
        max_length=100,
        required=False,
        help_text=_("Mag leeg blijven. Leerlingen zien je naam niet."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class DigestForm(forms.Form):
    """Whether somebody wants a mail each week, and in which language mails are."""

    wants_digest = forms.BooleanField(
        label=_("Mail mij elke week een overzicht"),
        required=False,
        help_text=_("Op maandag, als er iets te vertellen is. Er staat geen leerling in."),
    )
    digest_language = forms.ChoiceField(
        label=_("Taal van deze mail"),
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _("Kies een taal uit de lijst.")},
    )


class OurWords:
    """Labels and hints in our words, on top of one of allauth's forms."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    required: dict[str, Any] = {
        "login": _("Vul je e-mailadres in."),
        "email": _("Vul je e-mailadres in."),
        "password": _("Vul je wachtwoord in."),
        "code": _("Vul de code in."),
        "oldpassword": _("Vul je wachtwoord van nu in."),
        "password1": _("Vul een wachtwoord in."),
        "password2": _("Vul het wachtwoord nog een keer in."),
    }
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            if name in self.required:
                field.error_messages["required"] = self.required[name]


class LoginForm(OurWords, allauth_forms.LoginForm):
    labels = {"login": EMAIL, "password": PASSWORD}
    hints = {"password": ""}


class AskForCodeForm(OurWords, allauth_forms.RequestLoginCodeForm):
    """Where to mail the code to. As much work and as many mails for an address of nobody (S-37)."""

    labels = {"email": EMAIL}
    _user: User | None

    def clean_email(self) -> str:
        """No code for an address that was never confirmed: who made that account may be somebody
        else, and would stay in it. allauth would ask more of the database for some than for others.
        """
        email = self.cleaned_data["email"]
        if not ratelimit.consume(context.request, action="request_login_code", key=email.lower()):
            raise get_account_adapter().validation_error("too_many_login_attempts")
        mails = {"login_mail_per_account": email.lower()}
        if is_over(mails):
            raise forms.ValidationError(_("Er zijn te veel codes gevraagd. Wacht een kwartier."))
        count_failure(mails)
        self._user = user_with(email)
        return email


class LoginCodeForm(OurWords, allauth_forms.ConfirmLoginCodeForm):
    labels = {"code": _("De code uit de mail")}
    hints = {"code": _("Acht cijfers. Het streepje hoeft niet.")}

    def __init__(self, *args: Any, limits: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = limits
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """Counts wrong ones in the database: two guesses in one instant are two."""
        if is_over(self.limits):
            raise forms.ValidationError(_("Te vaak een verkeerde code. Wacht een kwartier."))
        try:
            return super().clean_code()
        except forms.ValidationError:
            count_failure(self.limits)
            raise


class SignupForm(OurWords, allauth_forms.SignupForm):
    labels = {"email": EMAIL, "password1": PASSWORD}
    hints = {"password1": PASSWORD_HINT}
    field_order = ["email", "password1", "organisation_name", "organisation_kind", "name"]


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    labels = {"email": EMAIL}


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": NEW_PASSWORD, "password2": _("Nog een keer")}
    hints = {"password1": PASSWORD_HINT}


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    labels = {
        "oldpassword": _("Je wachtwoord van nu"),
        "password1": NEW_PASSWORD,
        "password2": _("Nog een keer"),
    }
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    """For who signed in at their school and has none yet."""

    labels = {"password1": NEW_PASSWORD, "password2": _("Nog een keer")}
    hints = {"password1": PASSWORD_HINT}


class ProviderSignupForm(OurWords, provider_forms.SignupForm):
    """What signing up asks, without address and password: those are the provider's."""

    field_order = ["organisation_name", "organisation_kind", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]


class DisconnectForm(provider_forms.DisconnectForm):
    def save(self) -> None:
        """As allauth does, also for a provider that was taken out of the settings."""
        account: SocialAccount = self.cleaned_data["account"]
        account.delete()
        provider_signals.social_account_removed.send(
            sender=SocialAccount, request=self.request, socialaccount=account
        )
        get_adapter().send_notification_mail(
            "socialaccount/email/account_disconnected",
            self.request.user,
            context={"name": name_elsewhere(account.provider)},
        )


class AddEmailForm(OurWords, allauth_forms.AddEmailForm):
    labels = {"email": _("Nieuw e-mailadres")}

    def save(self, request: HttpRequest) -> EmailAddress:
        """The address that waits for its confirmation; the one of now stays until then.

        allauth would drop the one of now when that was never confirmed, and with it the
        only way to sign in.
        """
        address = await_address(user=self.user, email=self.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return address


class ReauthenticateForm(OurWords, allauth_forms.ReauthenticateForm):
    labels = {"password": PASSWORD}
