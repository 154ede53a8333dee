"""The editor's forms, where Wagtail's own do not do."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.apps import apps
from django.conf import settings
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.telepath import JSContext
from wagtail.blocks.base import BlockWidget

DEFINITION_ID = "question-definition"


@lru_cache(maxsize=len(settings.LANGUAGES))
def _described(_language: str | None) -> tuple[JSContext, SafeString]:
    """What an editor can fill in for a question, of every kind, in the current language.

    Wagtail makes this for each form anew: with 16 questions that took four seconds.
    """
    context = JSContext()
    body = apps.get_model("quizzes", "Question")._meta.get_field("body")  # models stand above this
    packed = context.pack(body.stream_block)
    return context, json_script(packed, DEFINITION_ID)


def question_definition() -> SafeString:
    """The element that every ``SharedDefinitionWidget`` in the page refers to."""
    return _described(get_language())[1]


class SharedDefinitionWidget(BlockWidget):
    """The block of a question. It refers to ``question_definition`` and does not repeat it."""

    @property
    def js_context(self) -> JSContext:
        return _described(get_language())[0]

    @property
    def block_json(self) -> str:
        return json.dumps({"_type": "doorzien.SharedDefinition", "_args": [DEFINITION_ID]})


class QuestionForm(WagtailAdminModelForm):
    """One question of a quiz. Its key travels along, so that it outlives every draft."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    copied_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    copied_from_quiz = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        body.widget = SharedDefinitionWidget(body.block, attrs=body.widget.attrs)

    def clean_key(self) -> UUID:
        """What was sent, for a question that is not in the database yet; else its own."""
        sent = self.cleaned_data["key"]
        return self.instance.key if self.instance.pk or sent is None else sent

    class Media:
        css: ClassVar = {"all": ["css/admin/quiz-editor.css"]}
        js: ClassVar = [
            "js/admin/shared-definition.js",
            *(
                forms.Script(f"js/admin/{name}.js", type="module")
                for name in (
                    "question-entry",
                    "question-panel",
                    "question-outline",
                    "question-bank",
                )
            ),
        ]


HIDDEN_FIELDS = ["key", "copied_from", "copied_from_quiz"]
