"""Sending a package, and saying that it comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.reason_forms import reason_field
from lessons.package_archive import MOST_BYTES


class UploadForm(forms.Form):
    package = forms.FileField(
        label=_("Lespakket (zip)"),
        help_text=_("Je ziet eerst wat er zou veranderen. Er wordt nog niets ingelezen."),
        widget=forms.ClearableFileInput({"accept": ".zip,application/zip"}),
        error_messages={
            "required": _("Kies een zipbestand."),
            "empty": _("Dit bestand is leeg."),
        },
    )

    def clean_package(self) -> Any:
        package = self.cleaned_data["package"]
        if package.size > MOST_BYTES:
            raise forms.ValidationError(_("Het zipbestand is groter dan 60 MB."))
        return package


class ConfirmForm(forms.Form):
    """With a reason where the language of a lesson asks for one."""

    def __init__(self, *args: Any, asks_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = reason_field()
        self.fields["reason"].required = asks_reason
