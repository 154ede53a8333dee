"""A coordinator reaches everything through their own organisation; the rest is not there."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from classrooms.access import refuse
from classrooms.models import Move
from organisations.models import Invitation, Organisation, Role
from organisations.permissions import coordinated_role


def own_organisation(user: User) -> Organisation:
    """The one that this user coordinates. Raises ``Http404``. 1 query."""
    role = coordinated_role(user) or refuse(user, "organisation")
    return role.organisation


def colleague_in(user: User, organisation: Organisation, public_id: UUID) -> Role:
    """Somebody who works there, also when suspended. Raises ``Http404``. 1 query."""
    roles = Role.objects.filter(organisation=organisation, user__public_id=public_id)
    found = roles.of_colleagues().select_related("user", "organisation").first()  # type: ignore[attr-defined]
    return found or refuse(user, "colleague")


def invitation_in(user: User, organisation: Organisation, public_id: UUID) -> Invitation:
    found = organisation.invitations.filter(public_id=public_id).first()
    return found or refuse(user, "invitation")


def move_in(user: User, organisation: Organisation, public_id: UUID) -> Move:
    moves = Move.objects.filter(destination=organisation, public_id=public_id)
    return moves.select_related("teacher", "origin").first() or refuse(user, "move")
