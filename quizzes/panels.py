"""The questions of a quiz in the editor: all on one screen, made for writing many."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import FieldPanel, InlinePanel, get_form_for_model
from wagtail.admin.telepath import register

from quizzes.comparison import BodyComparison, QuestionsComparison
from quizzes.question_form import HIDDEN_FIELDS, QuestionForm, question_definition
from quizzes.question_types import QUESTION_TYPES


class BodyPanel(FieldPanel):
    """The question itself, of which two versions can be read beside each other."""

    def get_comparison_class(self) -> type[BodyComparison]:
        return BodyComparison


class QuestionsPanel(InlinePanel):
    """Wagtail's panel of children, with a choice of kinds beside its button and a running
    list to jump with. Both are static/js/admin/quiz-editor.js; without it this is Wagtail's."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        formset["fields"] = [*formset["fields"], *HIDDEN_FIELDS]
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=QuestionForm,
            defer_required_on_fields=["body"],
        )
        return options

    @register
    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "quizzes/admin/questions_panel.html"

        def get_comparison(self) -> list[Any]:
            wagtails = super().get_comparison()[0]
            return [partial(QuestionsComparison, *wagtails.args, **wagtails.keywords)]

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | {
                "question_types": QUESTION_TYPES.values(),
                "definition": question_definition(),
                "bank_url": reverse("question_bank:choose"),
            }
