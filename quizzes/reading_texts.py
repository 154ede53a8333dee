"""What is read in a quiz, question by question, for who checks its language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from editorial.language import Passage
from editorial.texts import Texts, field_passage, stream_passages
from quizzes.audiences import Audience
from quizzes.models import Quiz


def quiz_texts(thing: Any) -> Texts | None:
    """``None`` for another thing, and for a quiz in another language."""
    if not isinstance(thing, Quiz) or thing.language != "nl":
        return None
    return Texts(list(_passages(thing)), thing.audience == Audience.YOUNG_PEOPLE)


def _passages(quiz: Quiz) -> Iterator[Passage]:
    for name in ("title", "intro"):
        yield field_passage(quiz, name)
    for number, question in enumerate(quiz.questions.all()):
        at = Passage(f"{number + 1}", f"#inline_child_questions-{number}", "")
        if question.section:
            yield Passage(at.where, at.anchor, question.section)
        yield from stream_passages(question.body, at)
    yield from stream_passages(quiz.bands, Passage("", "#id_what_you_can_do-label", ""))
    yield field_passage(quiz, "what_you_can_do")
