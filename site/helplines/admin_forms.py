"""A helpline in the editor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from organisations.municipalities import municipalities


class HelplineForm(WagtailAdminModelForm):
    """A region is chosen as the municipalities in it."""

    municipalities = forms.MultipleChoiceField(
        label=_("Alleen in deze gemeenten"),
        required=False,
        help_text=_(
            "Kies niets voor hulp die er overal is. Anders ziet alleen wie daar woont of daar in "
            "een klas zit deze hulp, naast de landelijke. Met Ctrl (of Cmd) kies je er meer."
        ),
        widget=forms.SelectMultiple(attrs={"size": 8, "lang": "nl"}),
        error_messages={"invalid_choice": _("Kies gemeenten uit de lijst.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.code, one.name) for one in municipalities().values()]
        # A municipality that was merged since stays until somebody takes it away.
        old = [code for code in self.instance.municipalities if code not in municipalities()]
        self.fields["municipalities"].choices = [  # type: ignore[attr-defined]
            *names,
            *[(code, code) for code in old],
        ]
