"""In which municipality somebody lives, as they type it."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.municipalities import find, like


class PlaceForm(forms.Form):
    """A name, with the list of all names behind the field: also a phone can search in it."""

    municipality = forms.CharField(
        label=gettext_lazy("In welke gemeente woon je?"),
        help_text=gettext_lazy("Typ de naam. Je hoeft niet te zeggen in welke straat of plaats."),
        max_length=100,
        widget=forms.TextInput(
            attrs={"list": "municipalities", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Typ de naam van je gemeente.")},
    )

    def clean_municipality(self) -> str:
        """Its code."""
        typed: str = self.cleaned_data["municipality"]
        found = find(typed)
        if found:
            return found.code
        near = [one.name for one in like(typed)]
        if near:
            names = ", ".join(near)
            raise ValidationError(_("Bedoel je een van deze: %(names)s?") % {"names": names})
        raise ValidationError(
            _(
                "Deze gemeente kennen we niet. Is het de naam van een dorp of een wijk? Typ dan de "
                "naam van de gemeente."
            )
        )
