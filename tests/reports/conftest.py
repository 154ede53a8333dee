"""A class that did things, for the teacher's reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from classrooms.actions import Joined
from quizzes.actions import save_answer
from quizzes.models import Quiz
from quizzes.queries import newest_edition
from reports.columns import clear_memory
from tests.factories.quizzes import key

Answers = dict[str, str]


@pytest.fixture(autouse=True)
def _fresh_columns() -> None:
    clear_memory()


@pytest.fixture
def do_quiz() -> Callable[..., None]:
    """Answers questions of a quiz of one-answer questions: name of question → a, b or c."""

    def do(
        joined: Joined, quiz: Quiz, answers: Answers, *, sure: str = "", now: datetime | None = None
    ) -> None:
        attempt = uuid4()
        edition = newest_edition(quiz.slug)
        for name, letter in answers.items():
            save_answer(
                token=joined.token,
                edition=edition,
                attempt_key=attempt,
                question_key=key(f"{quiz.slug}-{name}"),
                answer_key=uuid4(),
                sent={"choice": [key(f"{name}-{letter}")], "sure": sure},
                learner_tag=joined.token.tag,
                now=now or timezone.now(),
            )

    return do
