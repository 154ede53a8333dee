"""The questions that stand in steps: which they are, and which a package file may put there.

Plain Python: raw steps as Wagtail keeps them, and the models of a package file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lessons import package_schema as schema
from lessons.package_blocks import QuestionBlock
from lessons.package_paths import walk
from lessons.package_questions import TwoSidesQuestion
from quizzes.kinds import KINDS, may_stand_in_step


def question_keys_in(steps: Iterable[Any]) -> list[str]:
    """The keys of the questions that stand in raw steps, in order."""
    return [
        block["value"]["question"]
        for step in steps
        for block in step["value"]["blocks"]
        if block["type"] == "question" and block["value"].get("question")
    ]


def wrong_questions(
    lesson: schema.Lesson, quizzes: Iterable[schema.Quiz]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Where a lesson asks what is not in the package, or cannot be asked in a step."""
    quiz_of = {one.id: (quiz, one) for quiz in quizzes for one in quiz.questions}
    for location, block in walk(lesson):
        if not isinstance(block, QuestionBlock):
            continue
        where = (*location, "question")
        if block.question not in quiz_of:
            yield where, f"there is no question '{block.question}' in this package"
            continue
        quiz, question = quiz_of[block.question]
        if not may_stand_in_step(KINDS[quiz.kind], quiz.draw_count, len(quiz.questions)):
            message = "explains later, or draws its questions: none of them can stand in a step"
            yield where, f"the quiz '{quiz.slug}' {message}"
        elif isinstance(question, TwoSidesQuestion):
            yield where, "a question of this type cannot stand in a step: chance decides its order"
