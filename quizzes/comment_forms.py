"""What is typed about a quiz."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.comment_models import TEXT_LENGTH
from quizzes.models import BankQuestion

CHOICE_LENGTH = 70


class CommentField(forms.CharField):
    """Counts a new line as one character, and says it when a text is too long: a browser that
    is told how long a text may be cuts off what is pasted, and says nothing."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class CommentForm(forms.Form):
    """The text of a reply, or other words for what stands there."""

    text = CommentField(
        label=gettext_lazy("Opmerking"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Schrijf eerst een tekst."),
            "max_length": gettext_lazy(
                "Deze tekst is te lang: %(show_value)d tekens. Er passen er %(limit_value)d."
            ),
        },
    )


def shortened(question: BankQuestion) -> str:
    """How a question is called in a list: its number and first words."""
    words = Truncator(question.prompt).chars(CHOICE_LENGTH)
    place = _("Vraag %(number)s") % {"number": question.number}
    return _("%(place)s: %(message)s") % {"place": place, "message": words} if words else place


class NewCommentForm(CommentForm):
    """A comment, and what it is about: the quiz as a whole, or a question of its draft."""

    about = forms.ChoiceField(
        label=gettext_lazy("Waarover"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "Deze vraag staat niet in het opgeslagen concept. Sla de quiz eerst op, of kies "
                "een andere vraag."
            )
        },
    )
    field_order = ("about", "text")

    def __init__(self, *args: Any, questions: Iterable[BankQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {str(question.key): question for question in questions}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", _("De hele quiz")),
            *((key, shortened(question)) for key, question in self.questions.items()),
        ]

    @property
    def question(self) -> BankQuestion | None:
        return self.questions.get(self.cleaned_data["about"])
