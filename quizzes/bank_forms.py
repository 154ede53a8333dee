"""What an editor may ask of the question bank."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from quizzes.audiences import LANGUAGES, Audience
from quizzes.models import BankQuestion, Quiz
from quizzes.question_types import QUESTION_TYPES
from quizzes.question_types.base import FORMS_OF_EXPLOITATION

KINDS = [(name, question_type.label) for name, question_type in QUESTION_TYPES.items()]
USES = [
    ("live", _("in een quiz die online staat")),
    ("draft", _("alleen in een concept")),
    ("copied", _("in meer dan één quiz")),
]


def texts_in(name: str) -> list[tuple[str, str]]:
    """What editors wrote in this field, once each. 1 query."""
    rows = BankQuestion.objects.exclude(**{name: ""}).values_list(name, flat=True).distinct()
    texts = {text for row in rows for text in row.split("\n")}
    return [(text, text) for text in sorted(texts, key=str.casefold)]


def originals() -> QuerySet[Quiz]:
    """Quizzes that are no translation: of those the bank holds the questions."""
    return Quiz.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("title")


class BankFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Soort"), choices=KINDS)
    form = django_filters.ChoiceFilter(
        label=_("Vorm van uitbuiting"), choices=FORMS_OF_EXPLOITATION
    )
    signal = django_filters.ChoiceFilter(label=_("Signaal"), choices=lambda: texts_in("signal"))
    belief = django_filters.ChoiceFilter(
        label=_("Overtuiging"), choices=lambda: texts_in("beliefs"), method="with_belief"
    )
    audience = django_filters.ChoiceFilter(
        label=_("Voor wie"), field_name="quiz__audience", choices=Audience.choices
    )
    language = django_filters.ChoiceFilter(
        label=_("Taal"), field_name="quiz__language", choices=LANGUAGES
    )
    use = django_filters.ChoiceFilter(label=_("Gebruik"), choices=USES, method="with_use")
    quiz = django_filters.ModelChoiceFilter(label=_("Quiz"), queryset=lambda _request: originals())

    class Meta:
        model = BankQuestion
        fields: list[str] = []

    def with_belief(self, questions: QuerySet, name: str, value: str) -> QuerySet:
        return questions.filter(beliefs__contains=value)

    def with_use(self, questions: Any, name: str, value: str) -> QuerySet:
        if value == "copied":
            return questions.copied()
        return questions.filter(quiz__live=value == "live")


class ChooseForm(forms.Form):
    """The same, smaller, for the list in the editor of a quiz."""

    zoek = forms.CharField(label=_("Zoek in de tekst"), required=False, max_length=200)
    soort = forms.ChoiceField(
        label=_("Soort"),
        required=False,
        choices=[("", _("alle")), *KINDS],
    )
    vorm = forms.ChoiceField(
        label=_("Vorm van uitbuiting"),
        required=False,
        choices=[("", _("alle")), *FORMS_OF_EXPLOITATION],
    )


class CopyForm(forms.Form):
    into: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Kopieer naar"), queryset=originals()
    )
