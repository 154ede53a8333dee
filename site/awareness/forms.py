"""What a municipality fills in for one place in lessons."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awareness.models import LocalText
from classrooms.forms import DAY_FORMATS, DayInput
from classrooms.preparedness import names_somebody
from lessons.blocks import SHORT_FEATURES
from lessons.rich_text import UnusableMarkdownError, to_html

MOST_CHARACTERS = 1500
LONGEST = timedelta(days=366)  # facts about help go stale within a year
NAMES = {
    "nl": gettext_lazy("Tekst in het Nederlands"),
    "en": gettext_lazy("Tekst in het Engels"),
    "ar": gettext_lazy("Tekst in het Arabisch"),
}


class LocalTextForm(forms.Form):
    """A text for each language of the site; only the first one is needed."""

    def __init__(self, data: Any, *, texts: Mapping[str, LocalText], today: date) -> None:
        known = next(iter(texts.values()), None)
        initial: dict[str, Any] = {f"text_{code}": text.text for code, text in texts.items()}
        if known:
            initial |= {"owner": known.owner, "check_by": known.check_by}
        super().__init__(data, initial=initial)
        self.today = today
        for code, _name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=NAMES[code],
                required=False,
                max_length=MOST_CHARACTERS,
                widget=forms.Textarea(attrs={"rows": 7, "dir": "auto", "lang": code}),
            )
        self.order_fields(self.text_names)
        self.fields["text_nl"].help_text = _(
            "Korte zinnen. Een lege regel begint een alinea, een streepje een punt van een lijst, "
            "**twee sterren** maken vet. Noem functies, geen namen."
        )

    @property
    def text_names(self) -> list[str]:
        return [f"text_{code}" for code, _name in settings.LANGUAGES]

    owner = forms.CharField(
        label=gettext_lazy("Wie kijkt dit na?"),
        help_text=gettext_lazy("Een functie, geen naam. Bijvoorbeeld: beleidsmedewerker zorg."),
        max_length=100,
        error_messages={"required": gettext_lazy("Vul in welke functie dit nakijkt.")},
    )
    check_by = forms.DateField(
        label=gettext_lazy("Opnieuw nakijken voor"),
        help_text=gettext_lazy("Binnen een jaar. Je ziet hier dan dat het tijd is."),
        widget=DayInput,
        input_formats=DAY_FORMATS,
        error_messages={
            "required": gettext_lazy("Kies een dag waarop iemand dit weer nakijkt."),
            "invalid": gettext_lazy("Vul een dag in, zoals 31-12-2026."),
        },
    )

    def clean_owner(self) -> str:
        owner: str = self.cleaned_data["owner"]
        if names_somebody(owner):
            raise ValidationError(_("Schrijf een functie, geen naam."))
        return owner

    def clean_check_by(self) -> date:
        day: date = self.cleaned_data["check_by"]
        if not self.today < day <= self.today + LONGEST:
            raise ValidationError(_("Kies een dag na vandaag en binnen een jaar."))
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for name in self.text_names:
            text = values.get(name, "")
            if names_somebody(text):
                self.add_error(name, _("Noem een functie, geen naam. Bijvoorbeeld: de wijkagent."))
            try:
                to_html(text, SHORT_FEATURES)
            except UnusableMarkdownError:
                self.add_error(
                    name,
                    _(
                        "Hier kan alleen tekst staan, met vette en schuine woorden, lijsten en "
                        "links die met https:, mailto: of tel: beginnen. Haal koppen, beelden en "
                        "HTML weg."
                    ),
                )
        if not any(self.data.get(name, "").strip() for name in self.text_names):
            for name in ("owner", "check_by"):  # of nothing, nobody has to look after anything
                self.errors.pop(name, None)
        elif values.get("text_nl") == "":
            self.add_error("text_nl", _("Schrijf de tekst ook in het Nederlands."))
        return values

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code, _name in settings.LANGUAGES}
