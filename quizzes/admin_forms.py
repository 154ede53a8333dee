"""The editor's forms, where Wagtail's own do not do."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from wagtail.admin.forms.models import WagtailAdminModelForm

_packed: dict[tuple[int, str | None], tuple[Any, str]] = {}


def share_definition(widget: Any) -> None:
    """Gives the widget of a block its description, made once per process and language.

    Wagtail makes it for each form anew. All questions of a quiz have the same block, with
    every kind of question in it: 0.3 s per question, before this.
    """
    place = id(widget.block_def), get_language()
    if place not in _packed:
        _packed[place] = widget.js_context, widget.block_json
    widget._js_context, widget._block_json = _packed[place]


class QuestionForm(WagtailAdminModelForm):
    """One question of a quiz. Its key travels along, so that it outlives every draft."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    copied_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    copied_from_quiz = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        share_definition(self.fields["body"].widget)

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
