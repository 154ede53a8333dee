from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.models import LessonPackagePage

AGE_GROUPS = {
    "10-12": (10, 12, _("10 tot en met 12 jaar")),
    "13-15": (13, 15, _("13 tot en met 15 jaar")),
    "16-18": (16, 18, _("16 tot en met 18 jaar")),
    "19-99": (19, 99, _("19 jaar en ouder")),
}


class CatalogueForm(forms.Form):
    """What somebody looks for. All of it is in the address, so that a search can be shared."""

    zoek = forms.CharField(label=_("Zoek een les"), required=False, max_length=100, strip=True)
    doelgroep = forms.ChoiceField(
        required=False, choices=[("", ""), *LessonPackagePage.Audience.choices]
    )
    leeftijd = forms.ChoiceField(
        required=False,
        choices=[("", ""), *((key, label) for key, (*_ages, label) in AGE_GROUPS.items())],
    )
    pagina = forms.IntegerField(required=False, min_value=1, max_value=10_000)


@dataclass(frozen=True)
class Wish:
    """A clean form. What is not understood is left out, so that an odd link still works."""

    text: str = ""
    audience: str = ""
    age_group: str = ""
    page: int = 1

    @classmethod
    def of(cls, form: CatalogueForm) -> Wish:
        form.is_valid()
        values = form.cleaned_data
        return cls(
            text=values.get("zoek", ""),
            audience=values.get("doelgroep", ""),
            age_group=values.get("leeftijd", ""),
            page=values.get("pagina") or 1,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.audience or self.age_group)

    @property
    def is_anything(self) -> bool:
        return bool(self.text or self.audience or self.age_group)

    def address(self, **changes: str | int) -> str:
        """The query string of this wish with something changed; the first page by default."""
        values = {
            "zoek": self.text,
            "doelgroep": self.audience,
            "leeftijd": self.age_group,
            "pagina": "",
            **changes,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})
