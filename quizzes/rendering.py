"""The explanation after an answer, as HTML. The same answer gives the same text, so it
is kept."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from quizzes.editions import QuestionInEdition
from quizzes.grading import Given, Mark
from quizzes.queries import get_edition


def feedback_html(
    edition_id: int, question: QuestionInEdition, given: Given, mark: Mark
) -> SafeString:
    """What is right and why. No query when the edition is in memory."""
    # The template escapes; the cache keeps the finished text.
    return mark_safe(  # noqa: S308
        _feedback_html(edition_id, question.key, given, mark, translation.get_language() or "")
    )


@lru_cache(maxsize=4096)
def _feedback_html(
    edition_id: int, question_key: str, given: Given, mark: Mark, _language: str
) -> str:
    question = get_edition(edition_id).by_key[question_key]
    return render_to_string(
        "quizzes/_feedback.html",
        {
            "question": question,
            "explanation": question.content["explanation"],
            "choices": question.type.feedback(question.content, given),
            "mark": mark,
        },
    )
