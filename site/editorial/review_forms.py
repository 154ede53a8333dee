"""What a reviewer fills in: the checklist, or which points fail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from editorial.checklist import CHECKLIST
from editorial.reason_forms import reason_field


class _CommentForm(forms.Form):
    comment = forms.CharField(
        label=_("Opmerking (mag leeg)"), required=False, widget=forms.Textarea({"rows": 2})
    )


class ApproveForm(_CommentForm):
    """Every point is ticked, or nothing is approved."""

    field_order = [*(point.name for point in CHECKLIST), "comment"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for point in CHECKLIST:
            self.fields[point.name] = forms.BooleanField(
                label=point.label,
                help_text=point.hint,
                error_messages={
                    "required": _("Klopt dit niet? Vraag dan om veranderingen, en zeg welk punt.")
                },
            )
        self.order_fields(self.field_order)


class ApproveWithReasonForm(ApproveForm):
    """For what is hard to read, or holds a word to avoid."""

    field_order = [*(point.name for point in CHECKLIST), "reason", "comment"]
    reason = reason_field()


class RejectForm(_CommentForm):
    """At least one point that fails: its writer must know what to change."""

    failing = forms.MultipleChoiceField(
        label=_("Welk punt is niet in orde?"),
        choices=[(point.name, point.label) for point in CHECKLIST],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één punt.")},
    )
    field_order = ["failing", "comment"]
