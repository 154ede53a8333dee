"""What somebody fills in for a certificate: one name."""

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
