"""The editor's form of a signal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from signals.naming import folded, lines_of
from signals.words import FORMS


class SignalForm(WagtailAdminModelForm):
    forms = forms.MultipleChoiceField(
        label=gettext_lazy("Vormen van uitbuiting"),
        choices=list(FORMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """Refuses a name that leads to another signal already. 1 query."""
        cleaned = super().clean()
        own = [cleaned.get("title") or "", *lines_of(cleaned.get("also_called") or "")]
        others = type(self.instance).objects.exclude(translation_key=self.instance.translation_key)
        taken = {folded(name): other for other in others for name in other.names}
        for name in own:
            if name and (other := taken.get(folded(name))):
                field = "title" if name == own[0] else "also_called"
                message = _("‘%(name)s’ is al een naam van ‘%(other)s’.")
                error = ValidationError(message % {"name": name, "other": other.title})
                self.add_error(field, error)
        return cleaned
