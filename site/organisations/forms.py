"""What a teacher tells us when signing up, besides e-mail and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.actions import found_organisation
from organisations.models import Organisation


class TeacherSignupForm(forms.Form):
    """allauth puts its own fields under these (``ACCOUNT_SIGNUP_FORM_CLASS``)."""

    name = forms.CharField(
        label=_("Je naam"),
        max_length=100,
        required=False,
        help_text=_("Mag leeg blijven. Leerlingen zien je naam niet."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation_name = forms.CharField(
        label=_("School of organisatie"),
        max_length=120,
        error_messages={"required": _("Vul de naam van je school of organisatie in.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_kind = forms.ChoiceField(
        label=_("Wat voor organisatie is dat?"),
        choices=Organisation.Kind.choices,
        initial=Organisation.Kind.SCHOOL,
        error_messages={"required": _("Kies wat voor organisatie het is.")},
    )

    def signup(self, _request: HttpRequest, user: User) -> None:
        """Called by allauth inside the request that makes the user."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        found_organisation(
            user=user,
            name=self.cleaned_data["organisation_name"],
            kind=self.cleaned_data["organisation_kind"],
        )
