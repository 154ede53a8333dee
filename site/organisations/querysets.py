from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class RoleQuerySet(models.QuerySet):
    def of(self, user: User) -> RoleQuerySet:
        return self.filter(user_id=user.pk)

    def teaching(self) -> RoleQuerySet:
        """Roles under which somebody has classes."""
        return self.filter(name="teacher")
