from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from organisations.models import Role


def is_teacher(user: User | AnonymousUser) -> bool:
    """Whether this user teaches anywhere. 1 query; none for somebody who is not signed in."""
    return user.is_authenticated and Role.objects.filter(user=user, name="teacher").exists()
