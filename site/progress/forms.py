"""What a teacher fills in about learners of a class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.models import Enrolment


class EarlierForm(forms.Form):
    """Under which nickname the pupil was here before."""

    earlier = forms.ChoiceField(
        label=gettext_lazy("Onder welke bijnaam deed deze leerling eerst mee?"),
        help_text=gettext_lazy("Vraag het aan de leerling. Twijfel je? Doe het dan niet."),
        error_messages={
            "required": gettext_lazy("Kies een bijnaam."),
            "invalid_choice": gettext_lazy("Kies een bijnaam uit de lijst."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, *, places: list[Enrolment]) -> None:
        super().__init__(data)
        self.places = {str(one.public_id): one for one in places}
        names = [(key, _name(one)) for key, one in self.places.items()]
        self.fields["earlier"].choices = [("", gettext_lazy("Kies …")), *names]  # type: ignore[attr-defined]

    def chosen(self) -> Enrolment:
        return self.places[self.cleaned_data["earlier"]]


def _name(enrolment: Enrolment) -> str:
    if enrolment.removed_at is None:
        return enrolment.nickname
    return _("%(nickname)s (uit de klas gehaald)") % {"nickname": enrolment.nickname}
