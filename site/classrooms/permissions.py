"""Who may do what with classes."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from classrooms.models import Classroom
from classrooms.rights import Right
from organisations.models import Role


def organisation_role(user: Any) -> Role | None:
    """The role under which this user makes classes; ``None`` for who has none. 1 query.

    One in an organisation that was confirmed comes first.
    """
    return (
        user.roles.teaching()
        .select_related("organisation")
        .order_by(F("organisation__confirmed_at").asc(nulls_last=True), "pk")
        .first()
    )


def can_teach(user: Any) -> bool:
    """Whether the user may have classes. 1 query."""
    return user.is_active and organisation_role(user) is not None


def can(user: Any, right: Right, classroom: Classroom) -> bool:
    """Whether the user has this right with the class. 1 query, the one that lists them."""
    return Classroom.objects.open_to(user, right).filter(pk=classroom.pk).exists()  # type: ignore[attr-defined]
