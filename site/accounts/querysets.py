from __future__ import annotations

from django.db import models


class LearnerQuerySet(models.QuerySet):
    def holding(self, learner_id: int, epoch: int) -> LearnerQuerySet:
        """The learner of a cookie, if the cookie was not ended since."""
        return self.filter(pk=learner_id, epoch=epoch)

    def nobodys(self) -> LearnerQuerySet:
        """Those that no account owns."""
        return self.filter(user__isnull=True)
