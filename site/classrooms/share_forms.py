"""With whom a class is shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from classrooms.models import Classroom, Share
from classrooms.sharing import colleagues_for


class ColleagueForm(forms.Form):
    """One of the colleagues in the organisation of the class. 1 query for its choices."""

    colleague = forms.ChoiceField(
        label=_("Collega"),
        error_messages={
            "required": _("Kies een collega."),
            "invalid_choice": _("Kies een collega uit de lijst."),
        },
    )

    def __init__(self, *args: Any, classroom: Classroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.public_id): one for one in colleagues_for(classroom)}
        names = [(key, str(one)) for key, one in self.people.items()]
        self.fields["colleague"].choices = [("", _("Kies …")), *names]  # type: ignore[attr-defined]

    def chosen(self) -> User:
        return self.people[self.cleaned_data["colleague"]]


class ShareForm(ColleagueForm):
    part = forms.ChoiceField(
        label=_("Wat mag je collega?"),
        choices=Share.Name.choices,
        initial=Share.Name.CO_TEACHER,
        widget=forms.RadioSelect,
        help_text=_("Wie ook lesgeeft, ziet bijnamen en kan opdrachten geven."),
        error_messages={"required": _("Kies wat je collega mag.")},
    )
