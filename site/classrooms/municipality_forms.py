"""In which municipality the organisation of a teacher is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classrooms.forms import ContentSelect
from organisations.municipalities import municipalities


class MunicipalityForm(forms.Form):
    """A list: typing the first letters finds a name, also without a script."""

    municipality = forms.ChoiceField(
        label=_("Gemeente"),
        required=False,
        widget=ContentSelect,  # names are Dutch, or Frisian
        error_messages={"invalid_choice": _("Kies een gemeente uit de lijst.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [
            (one.code, f"{one.name} ({one.also_called})" if one.also_called else one.name)
            for one in municipalities().values()
        ]
        self.fields["municipality"].choices = [("", _("Geen gemeente")), *names]  # type: ignore[attr-defined]
