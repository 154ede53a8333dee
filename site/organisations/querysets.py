"""Which roles and invitations count."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

TEACHER, COORDINATOR = "teacher", "coordinator"
# One of these at a time in one organisation; whoever coordinates may have classes too.
COLLEAGUE = (TEACHER, COORDINATOR)


class RoleQuerySet(models.QuerySet):
    def of(self, user: User) -> RoleQuerySet:
        return self.filter(user_id=user.pk)

    def of_colleagues(self) -> RoleQuerySet:
        """Who works there, also who was suspended."""
        return self.filter(name__in=COLLEAGUE)

    def working(self) -> RoleQuerySet:
        """Roles that give something: not suspended, of an account that is in use."""
        return self.filter(suspended_at__isnull=True, user__is_active=True)

    def teaching(self) -> RoleQuerySet:
        """Roles under which somebody has classes."""
        return self.of_colleagues().filter(suspended_at__isnull=True)

    def working_together(self) -> RoleQuerySet:
        """Colleagues, as their coordinator sees them: in an organisation that was confirmed."""
        return self.of_colleagues().working().filter(organisation__confirmed_at__isnull=False)

    def coordinating(self) -> RoleQuerySet:
        """Roles under which somebody looks after an organisation."""
        return self.working().filter(name=COORDINATOR)


class InvitationQuerySet(models.QuerySet):
    def open(self, *, at: datetime) -> InvitationQuerySet:
        return self.filter(expires_at__gt=at)
