from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from organisations.permissions import is_teacher


def can_read_lesson_guide(user: User | AnonymousUser) -> bool:
    """Teachers and editors: the guide holds the notes that learners never see. 2 queries."""
    if not user.is_authenticated:
        return False
    return is_teacher(user) or user.has_perm("wagtailadmin.access_admin")
