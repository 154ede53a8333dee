"""Who must, and who did, sign in in two steps."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Whether a password alone is too little: for all of the admin, and for the roles in
    ``SECOND_FACTOR_ROLES``. At most 3 queries.
    """
    if not user.is_authenticated:
        return False
    if user.is_staff or user.is_superuser or user.has_perm("wagtailadmin.access_admin"):
        return True
    return user.roles.filter(name__in=settings.SECOND_FACTOR_ROLES).exists()  # type: ignore[attr-defined]


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened, or set up, with a second step. No query."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)
