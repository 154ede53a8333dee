from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from organisations.models import Role

if TYPE_CHECKING:
    from accounts.models import User


class ClassroomQuerySet(models.QuerySet):
    def taught_by(self, user: User) -> ClassroomQuerySet:
        """The user's own classes, in organisations where they still have a role."""
        return self.filter(
            teacher_id=user.pk,
            organisation__roles__user_id=user.pk,
            organisation__roles__name=Role.Name.TEACHER,
        )

    def open_for_joining(self, *, at: datetime) -> ClassroomQuerySet:
        return self.filter(join_opens_at__lte=at, join_closes_at__gt=at, is_archived=False)


class EnrolmentQuerySet(models.QuerySet):
    def current(self) -> EnrolmentQuerySet:
        """Who is in the class now."""
        return self.filter(removed_at__isnull=True)


class AssignmentQuerySet(models.QuerySet):
    def open(self, *, at: datetime) -> AssignmentQuerySet:
        return self.filter(opens_at__lte=at)
