from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from classrooms.rights import PARTS_WITH, Part, Right
from organisations.models import Role

if TYPE_CHECKING:
    from accounts.models import User


class ClassroomQuerySet(models.QuerySet):
    def open_to(self, user: User, right: Right) -> ClassroomQuerySet:
        """Classes with which the user has this right: their own and those that they share.

        Only in organisations where they still have a role.
        """
        share = self.model._meta.get_field("shares").related_model
        parts = PARTS_WITH[right]
        shared = share._default_manager.filter(
            classroom_id=OuterRef("pk"), user_id=user.pk, part__in=parts
        )
        role = Role.objects.of(user).teaching()  # type: ignore[attr-defined]
        is_theirs = Q(teacher_id=user.pk)
        if len(parts) > 1:
            is_theirs |= Q(Exists(shared))
        return self.filter(
            is_theirs, Exists(role.filter(organisation_id=OuterRef("organisation_id")))
        )

    def with_part_of(self, user: User) -> ClassroomQuerySet:
        """Each class with ``part``: what the user is in it, when they share it; else empty."""
        share = self.model._meta.get_field("shares").related_model
        mine = share._default_manager.filter(classroom_id=OuterRef("pk"), user_id=user.pk)
        return self.annotate(
            part=models.functions.Coalesce(
                models.Subquery(mine.values("part")[:1]), models.Value(Part.LEADER)
            )
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
