"""What a teacher, or a professional who learns, tells us when signing up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.actions import found_organisation
from organisations.models import Organisation


class TeacherSignupForm(forms.Form):
    """allauth puts its own fields under these (``ACCOUNT_SIGNUP_FORM_CLASS``)."""

    purpose = forms.ChoiceField(
        label=_("Waarvoor maak je een account?"),
        choices=[
            ("teach", _("Ik geef les of begeleid een groep")),
            ("learn", _("Ik leer zelf, voor mijn werk")),
        ],
        initial="teach",
        required=False,
        widget=forms.RadioSelect,
    )
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
        required=False,
        help_text=_("Leer je zelf, voor je werk? Dan mag dit leeg blijven."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    organisation_kind = forms.ChoiceField(
        label=_("Wat voor organisatie is dat?"),
        choices=Organisation.Kind.choices,
        initial=Organisation.Kind.SCHOOL,
        required=False,
    )

    @property
    def is_for_own_work(self) -> bool:
        return bool(self.cleaned_data["purpose"] == "learn")

    def clean(self) -> dict[str, Any]:
        """Who learns for their own work founds no organisation, and says nothing of one."""
        cleaned = super().clean() or {}
        if cleaned.get("purpose") != "learn":
            if not cleaned.get("organisation_name") and "organisation_name" not in self.errors:
                self.add_error(
                    "organisation_name", _("Vul de naam van je school of organisatie in.")
                )
            if not cleaned.get("organisation_kind") and "organisation_kind" not in self.errors:
                self.add_error("organisation_kind", _("Kies wat voor organisatie het is."))
        return cleaned

    def signup(self, _request: HttpRequest, user: User) -> None:
        """Called by allauth inside the request that makes the user."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        if self.is_for_own_work:
            return
        found_organisation(
            user=user,
            name=self.cleaned_data["organisation_name"],
            kind=self.cleaned_data["organisation_kind"],
        )
