"""The five points that a teacher answers before a sensitive lesson opens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from classrooms.preparedness import HelpOnSite, has_an_address, names_somebody


def nobodys_own(text: str) -> None:
    """Raises ``ValidationError`` for what belongs to one person."""
    if has_an_address(text):
        raise ValidationError(
            _("Zet hier geen mailadres of telefoonnummer. Schrijf waar de leerling heen kan lopen.")
        )
    if names_somebody(text):
        raise ValidationError(_("Schrijf een functie, geen naam. Bijvoorbeeld: de mentor."))


def _line(length: int, required: Any, **texts: Any) -> forms.CharField:
    return forms.CharField(
        max_length=length,
        validators=[MaxLengthValidator(length), nobodys_own],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": required,
            "max_length": _("Maak dit korter: hoogstens %(limit_value)d tekens."),
        },
        **texts,
    )


class PreparationForm(forms.Form):
    """All five are needed. Three lines go on the class's card, as they are typed."""

    role = _line(
        60,
        _("Vul in bij wie een leerling terechtkan."),
        label=_("1. Bij wie kan een leerling terecht?"),
        help_text=_("Een functie, geen naam. Bijvoorbeeld: de zorgcoördinator."),
    )
    place = _line(
        120,
        _("Vul in waar en wanneer."),
        label=_("2. Waar en wanneer is die te vinden?"),
        help_text=_("Bijvoorbeeld: kamer 12, elke dag na de laatste les."),
    )
    person_knows = forms.BooleanField(
        label=_("3. Die persoon weet dat deze les komt, en is er die dag."),
        error_messages={"required": _("Spreek het eerst af. Vink het dan aan.")},
    )
    aftercare = _line(
        160,
        _("Vul in wat een leerling kan doen die even weg wil, of na de les wil praten."),
        label=_("4. Wat kan een leerling doen die even weg wil, of daarna wil praten?"),
        help_text=_("Bijvoorbeeld: je mag altijd de klas uit. Ik blijf na de les in het lokaal."),
    )
    knows_what_to_do = forms.BooleanField(
        label=_(
            "5. Ik heb gelezen wat ik doe als een leerling iets vertelt: luisteren, geen geheim "
            "beloven, en dezelfde dag naar de persoon van punt 1."
        ),
        error_messages={"required": _("Lees het in de handleiding. Vink het dan aan.")},
    )

    def help_on_site(self) -> HelpOnSite:
        return HelpOnSite(*(self.cleaned_data[name] for name in HelpOnSite._fields))
