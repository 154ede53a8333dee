from __future__ import annotations

from collections.abc import Iterable

from django.db import models


class LearnerQuerySet(models.QuerySet):
    def holding(self, learner_id: int, epoch: int) -> LearnerQuerySet:
        """The learner of a cookie, if the cookie was not ended since."""
        return self.filter(pk=learner_id, epoch=epoch)

    def with_merged(self, learner_ids: Iterable[int]) -> LearnerQuerySet:
        """These learners, and those whose work they took over: one person each."""
        ids = list(learner_ids)
        return self.filter(models.Q(pk__in=ids) | models.Q(merged_into__in=ids))

    def nobodys(self) -> LearnerQuerySet:
        """Those that no account owns."""
        return self.filter(user__isnull=True)
