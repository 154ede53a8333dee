"""What somebody fills in for a certificate: one name; and to revoke one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Welke naam komt op je certificaat?"),
        max_length=100,
        help_text=_("Je voor- en achternaam. Wie je certificaat nakijkt, ziet deze naam."),
        error_messages={"required": _("Vul de naam in die op je certificaat komt.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> Any:
        return " ".join(self.cleaned_data["name"].split())


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom telt dit certificaat niet meer?"),
        max_length=200,
        help_text=_("De houder leest dit. Zet er geen namen van anderen in."),
        error_messages={"required": _("Vul in waarom je het certificaat intrekt.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label=_("Ik weet het zeker. Intrekken kan niet worden teruggedraaid."),
        error_messages={"required": _("Vink aan dat je het zeker weet.")},
    )

    def clean_reason(self) -> Any:
        return " ".join(self.cleaned_data["reason"].split())
