from __future__ import annotations

from uuid import UUID

from django.db import models


class LessonProgressQuerySet(models.QuerySet):
    def by(self, learner_id: int, epoch: int) -> LessonProgressQuerySet:
        """The progress of the learner whose cookie this is, if it was not ended since."""
        return self.filter(learner_id=learner_id, learner__epoch=epoch)

    def in_lesson(self, key: UUID) -> LessonProgressQuerySet:
        return self.filter(lesson_key=key)
