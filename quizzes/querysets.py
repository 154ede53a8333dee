from __future__ import annotations

from django.db import models


class AttemptQuerySet(models.QuerySet):
    def by(self, learner_id: int, epoch: int) -> AttemptQuerySet:
        """The attempts of the learner whose cookie this is, if it was not ended since."""
        return self.filter(learner_id=learner_id, learner__epoch=epoch)

    def submitted(self) -> AttemptQuerySet:
        return self.filter(submitted_at__isnull=False)

    def open(self) -> AttemptQuerySet:
        return self.filter(submitted_at__isnull=True)


class AnswerQuerySet(models.QuerySet):
    def counted(self) -> AnswerQuerySet:
        """The one answer per question that the mark was made of."""
        return self.filter(is_current=True)


class EditionQuerySet(models.QuerySet):
    def newest(self) -> EditionQuerySet:
        return self.order_by("-number")
