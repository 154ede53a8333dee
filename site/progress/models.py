"""How far a learner is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Learner
from progress.querysets import LessonProgressQuerySet


class LessonProgress(models.Model):
    """How far one learner is in one lesson, in whatever language they read it.

    ``completed_at`` is set when earned and stays, also when an editor adds a step later.
    """

    learner = models.ForeignKey(
        Learner, on_delete=models.CASCADE, related_name="lesson_progress", db_index=False
    )
    lesson_key = models.UUIDField()  # LessonPage.key
    finished_steps = models.JSONField(default=list)  # ids of step blocks
    current_step = models.CharField(max_length=36, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[LessonProgress]] = LessonProgressQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["learner", "lesson_key"], name="progress_lessonprogress_unique"
            ),
        ]
