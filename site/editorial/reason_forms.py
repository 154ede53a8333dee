"""Why something goes online although its language is hard, or holds a word to avoid."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

SHORTEST = 10


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("De taal is moeilijk, of er staat een woord dat we vermijden. Waarom kan het zo?"),
        help_text=_("Onder Controles staat wat er mis is. Je reden blijft in de geschiedenis."),
        min_length=SHORTEST,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Schrijf een reden, of pas de tekst aan."),
            "min_length": _("Schrijf iets meer: iemand leest dit later terug."),
        },
    )


class ReasonForm(forms.Form):
    reason = reason_field()
