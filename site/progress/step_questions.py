"""The questions in steps of a lesson as one learner has them: open, or answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import uuid4

from accounts.cookies import LearnerToken
from lessons.compiled import CompiledStep
from quizzes.in_step import answered_in_steps
from quizzes.packing import Piece
from quizzes.rendering import Where
from quizzes.step_rendering import answered_pieces


def questions_of(
    steps: Iterable[CompiledStep], token: LearnerToken | None
) -> Mapping[str, list[Piece]]:
    """By their place in the page. No query without questions or a cookie, else 1."""
    placed = [one for step in steps for one in step.questions]
    if not placed:
        return {}
    answered = answered_in_steps(token, {one.found.question.key for one in placed})
    attempt, tag = uuid4(), token.tag if token else ""
    pieces = {}
    for one in placed:
        where = Where(one.found.slug, attempt, tag, one.step_path)
        known = answered.get(one.found.question.key)
        pieces[one.place] = (
            answered_pieces(one.found, known, where) if known else where.fill(one.template)
        )
    return pieces
