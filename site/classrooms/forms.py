"""What learners and teachers fill in about classes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from accounts.forms import CodeInput
from classrooms.models import Classroom
from classrooms.windows import LONGEST_DAYS, end_of_day


class JoinForm(forms.Form):
    """The class code, and who is joining when this device knows somebody.

    ``known`` is "work" when the device holds work of somebody without a class, "member"
    when it holds somebody who is in a class.
    """

    code = forms.CharField(
        label=_("Klascode"),
        max_length=40,
        help_text=_("Acht tekens. Hoofdletters en streepje hoeven niet."),
        error_messages={"required": _("Vul de klascode in.")},
        widget=CodeInput(placeholder="XXXX-XXXX"),
    )
    who = forms.ChoiceField(
        label=_("Ben jij dat?"),
        choices=[("same", _("Ja, dat ben ik")), ("other", _("Nee, ik ben iemand anders"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies of jij dat bent.")},
    )
    keep_work = forms.BooleanField(
        label=_("Neem mee wat je al deed"),
        required=False,
        help_text=_("Op dit toestel staat al werk. Is dat van jou? Vink dit dan aan."),
    )
    remember = forms.BooleanField(
        label=_("Onthoud mij op dit toestel"),
        required=False,
        help_text=_("Alleen doen als dit je eigen toestel is."),
    )

    def __init__(self, *args: Any, known: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        if known != "member":
            del self.fields["who"]
        if known != "work":
            del self.fields["keep_work"]

    def keeps_work(self) -> bool:
        return self.cleaned_data.get("keep_work") or self.cleaned_data.get("who") == "same"


# What a browser's calendar sends, and what people type where it has none; the day first,
# in both languages (English formats of Django would read 3/4 as the fourth of March).
DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]


class DayInput(forms.DateInput):
    """The browser's own calendar; where it has none, a field that takes 31-12-2026 too."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ContentSelect(forms.Select):
    """A list of titles that editors wrote, with labels of ours between them."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"lang": "nl"} | ({"dir": "ltr"} if get_language_bidi() else {})
        return option


class OpenForm(forms.Form):
    """Until which day learners can join."""

    until = forms.DateField(
        label=_("Aanmelden kan tot en met"),
        help_text=_("Vandaag is meestal genoeg. Hoogstens 14 dagen."),
        widget=DayInput,
        input_formats=DAY_FORMATS,
        error_messages={
            "required": _("Kies een dag."),
            "invalid": _("Vul een dag in, zoals 31-12-2026."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["until"].initial = today
        self.fields["until"].widget.attrs.update(
            min=today.isoformat(), max=(today + timedelta(days=LONGEST_DAYS)).isoformat()
        )

    def clean_until(self) -> datetime:
        """The end of that day."""
        day, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= day <= today + timedelta(days=LONGEST_DAYS):
            raise ValidationError(_("Kies vandaag of een dag in de komende 14 dagen."))
        return end_of_day(day, timezone.get_current_timezone())


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Naam van de klas"),
        max_length=60,
        help_text=_("Alleen jij ziet deze naam, en leerlingen die meedoen. Bijvoorbeeld: 2b."),
        error_messages={
            "required": _("Geef de klas een naam."),
            "max_length": _("Maak de naam korter: hoogstens 60 tekens."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CopyForm(OpenForm, NameForm):
    field_order = ["name", "until"]


class ClassroomForm(CopyForm):
    field_order = ["kind", "name", "until"]
    kind = forms.ChoiceField(
        label=_("Wat is het?"),
        required=False,
        choices=Classroom.Kind.choices,
        initial=Classroom.Kind.CLASS,
        widget=forms.RadioSelect,
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Classroom.Kind.CLASS
