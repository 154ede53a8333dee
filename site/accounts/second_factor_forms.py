"""allauth's forms of the second step, in our words and under our limits."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import OurWords
from accounts.limits import count_failure, is_over
from accounts.models import User

CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "inputmode": "text",
    "spellcheck": "false",
    "autocapitalize": "off",
}


class CountedCode(OurWords):
    """A code of an app, or one to recover with; wrong ones count for all processes together."""

    labels = {"code": _("Code")}
    hints = {"code": _("Zes cijfers uit je app, of een van je herstelcodes.")}
    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(CODE_ATTRIBUTES)

    def clean_code(self) -> str:
        limits = {"second_factor_per_account": str(self.user.pk)}
        if is_over(limits):
            raise ValidationError(_("Te vaak een verkeerde code. Wacht een kwartier."))
        try:
            return super().clean_code()  # type: ignore[misc]
        except ValidationError:
            count_failure(limits)
            raise


class AuthenticateForm(CountedCode, base_forms.AuthenticateForm):
    pass


class ReauthenticateForm(CountedCode, base_forms.ReauthenticateForm):
    pass


class ActivateTOTPForm(CountedCode, totp_forms.ActivateTOTPForm):
    hints = {"code": _("Zes cijfers. De app toont ze zodra je de QR-code hebt gescand.")}


class ReadablePasskey:
    """Refuses what no browser sends, where allauth would stumble over it."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginPasskeyForm(ReadablePasskey, webauthn_forms.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(ReadablePasskey, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(ReadablePasskey, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(OurWords, webauthn_forms.AddWebAuthnForm):
    labels = {"name": _("Naam van deze passkey")}
    hints = {"name": _("Zodat je hem later herkent, zoals 'Mijn telefoon'.")}
    passwordless: forms.Field | None = None  # always one that can sign in by itself

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValidationError:
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error
