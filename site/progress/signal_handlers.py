"""Progress hears of quizzes that are done."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from progress.actions import finish_steps_with_quiz
from quizzes.models import Attempt
from quizzes.signals import attempt_submitted


@receiver(attempt_submitted, sender=Attempt)
def quiz_is_done(sender: type[Attempt], *, learner_id: int, quiz_key: str, **_kwargs: Any) -> None:
    finish_steps_with_quiz(learner_id=learner_id, quiz_key=quiz_key, now=timezone.now())
