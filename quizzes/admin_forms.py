"""The editor's forms, where Wagtail's own do not do."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django import forms
from wagtail.admin.forms.models import WagtailAdminModelForm


class QuestionForm(WagtailAdminModelForm):
    """One question of a quiz. Its key travels along, so that it outlives every draft."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    copied_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    copied_from_quiz = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_key(self) -> UUID:
        """What was sent, for a question that is not in the database yet; else its own."""
        sent = self.cleaned_data["key"]
        return self.instance.key if self.instance.pk or sent is None else sent

    class Media:
        css: ClassVar = {"all": ["css/admin/quiz-editor.css"]}
        js: ClassVar = [
            forms.Script(f"js/admin/{name}.js", type="module")
            for name in ("question-entry", "question-panel", "question-outline", "question-bank")
        ]


HIDDEN_FIELDS = ["key", "copied_from", "copied_from_quiz"]
