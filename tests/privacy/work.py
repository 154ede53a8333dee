"""What learners of these tests did."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from accounts.models import Learner
from quizzes.models import Answer, Attempt, Quiz
from tests.factories.quizzes import key

CHOSEN = str(key("een-a"))


def did_a_quiz(learner: Learner, quiz: Quiz, *, at: datetime) -> Attempt:
    """An attempt with three answers, all given at that moment."""
    edition = quiz.editions.get()
    attempt = Attempt.objects.create(
        key=uuid4(), learner=learner, quiz=quiz, edition=edition, number=1,
        question_count=len(edition.content["questions"]), answered_count=3, available=20,
    )  # fmt: skip
    Attempt.objects.filter(pk=attempt.pk).update(started_at=at)
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt, key=uuid4(), question_key=question["key"], won=0, available=1,
            given={"choice": [CHOSEN]}, created_at=at,
        )
        for question in edition.content["questions"][:3]
    )  # fmt: skip
    return attempt
