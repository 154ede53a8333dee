"""To do, alone or together."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from lessons.blocks.base import SHORT_FEATURES


class ReflectionBlock(blocks.StructBlock):
    """Nothing is stored or sent. There is no field to type in."""

    prompt = blocks.RichTextBlock(label=_("Om over na te denken"), features=SHORT_FEATURES)

    class Meta:
        icon = "comment"
        label = _("Denk na (wordt niet bewaard)")
        template = "lessons/blocks/reflection.html"
        preview_value = {"prompt": "<p>Wie kun jij bellen?</p>"}
        description = _("Om over na te denken. Er wordt niets bewaard.")


class DiscussionBlock(blocks.StructBlock):
    question = blocks.RichTextBlock(label=_("Vraag"), features=SHORT_FEATURES)
    form = blocks.ChoiceBlock(
        label=_("Hoe"),
        choices=[
            ("pair", _("met z'n tweeën")),
            ("group", _("in een groepje")),
            ("class", _("met de klas")),
        ],
    )
    minutes = blocks.IntegerBlock(label=_("Minuten"), min_value=1, max_value=45)
    listen_for = blocks.RichTextBlock(
        label=_("Waar let je op (alleen docent)"), features=SHORT_FEATURES
    )

    class Meta:
        icon = "group"
        label = _("Gesprek")
        template = "lessons/blocks/discussion.html"
        preview_value = {
            "question": "<p>Wat zou jij doen?</p>",
            "form": "pair",
            "minutes": 3,
            "listen_for": "",
        }
        description = _("Een vraag om over te praten. Alleen docenten zien waar ze op letten.")


class QuizBlock(blocks.StructBlock):
    quiz = SnippetChooserBlock("quizzes.Quiz", label=_("Quiz"))
    intro = blocks.CharBlock(label=_("Inleiding"), required=False, max_length=200)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """``quiz`` is ``None`` when the quiz was deleted. 1 query for the number of questions."""
        context = super().get_context(value, parent_context)
        context["quiz"] = quiz = value["quiz"]
        context["question_count"] = quiz.questions.count() if quiz else 0
        return context

    class Meta:
        icon = "help"
        label = _("Quiz")
        template = "lessons/blocks/quiz.html"
