"""Who may do what with classes."""

from __future__ import annotations

from typing import Any

from organisations.models import Role


def organisation_role(user: Any) -> Role | None:
    """The role under which this user makes classes; ``None`` for who has none. 1 query."""
    teaching = user.roles.filter(name=Role.Name.TEACHER).select_related("organisation")
    return teaching.order_by("pk").first()


def can_teach(user: Any) -> bool:
    """Whether the user may have classes. 1 query."""
    return user.is_active and organisation_role(user) is not None
