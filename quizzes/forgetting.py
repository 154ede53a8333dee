"""What stays of attempts whose learner is erased: numbers that lead to nobody."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import UTC

from django.db.models.functions import Trunc

from quizzes.models import Answer, Attempt

PER_STATEMENT = 500


def _month_of(field: str) -> Trunc:
    return Trunc(field, "month", tzinfo=UTC)


def cut_attempts_loose(learner_ids: Collection[int]) -> int:
    """Takes the learners away from their attempts. How many attempts that were.

    Stays: which choices were made in which edition, for the figures of editors. Goes: whose it
    was, the keys by which a device knew it, which time it was of the same learner, and every
    moment but the month. 4 statements per 500 attempts. Must run inside a transaction.
    """
    attempts = list(Attempt.objects.filter(learner_id__in=learner_ids).only("pk"))
    for start in range(0, len(attempts), PER_STATEMENT):
        some = attempts[start : start + PER_STATEMENT]
        numbers = [attempt.pk for attempt in some]
        answers: list[Answer] = list(Answer.objects.filter(attempt_id__in=numbers).only("pk"))
        for attempt in some:
            attempt.key = uuid.uuid4()
        for answer in answers:
            answer.key = uuid.uuid4()
        Answer.objects.bulk_update(answers, ["key"], batch_size=PER_STATEMENT)
        Attempt.objects.bulk_update(some, ["key"], batch_size=PER_STATEMENT)
        Answer.objects.filter(attempt_id__in=numbers).update(created_at=_month_of("created_at"))
        Attempt.objects.filter(pk__in=numbers).update(
            learner=None,
            number=None,
            started_at=_month_of("started_at"),
            submitted_at=_month_of("submitted_at"),
        )
    return len(attempts)
