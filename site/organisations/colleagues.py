"""Everything that a coordinator changes about colleagues.

Whoever looks after an organisation can close a colleague's way in; nobody can do that to the
last coordinator, so that there is always one.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.actions import end_sessions
from accounts.models import User
from organisations.audit import write_down
from organisations.models import Organisation, Role


class LastCoordinatorError(Exception):
    """Then nobody would look after the organisation."""


def _held(role: Role) -> Role:
    """The role, with the organisation locked: two coordinators may not remove each other."""
    Organisation.objects.select_for_update().get(pk=role.organisation_id)
    return Role.objects.select_related("organisation", "user").get(pk=role.pk)


def _keep_one(role: Role) -> None:
    coordinating = Role.objects.filter(organisation_id=role.organisation_id).coordinating()  # type: ignore[attr-defined]
    if coordinating.filter(pk=role.pk).exists() and coordinating.count() == 1:
        raise LastCoordinatorError


@transaction.atomic
def suspend(*, role: Role, now: datetime, user: User | None) -> Role:
    """From the next request on, nothing of the organisation opens for this colleague (S-08).

    Every screen asks for a role that works, whichever way somebody signed in; and wherever they
    are signed in, they are signed out. Classes and pupils' work stay. Raises
    ``LastCoordinatorError``.
    """
    role = _held(role)
    _keep_one(role)
    role.suspended_at = now
    role.save(update_fields=["suspended_at"])
    end_sessions(user=role.user)
    write_down("suspend", organisation=role.organisation, user=user, colleague=role.user.public_id)
    return role


@transaction.atomic
def resume(*, role: Role, user: User | None) -> Role:
    role = _held(role)
    role.suspended_at = None
    role.save(update_fields=["suspended_at"])
    write_down("resume", organisation=role.organisation, user=user, colleague=role.user.public_id)
    return role


@transaction.atomic
def change_role(*, role: Role, name: str, user: User | None) -> Role:
    """Teacher or coordinator. Raises ``LastCoordinatorError``."""
    role = _held(role)
    if name != Role.Name.COORDINATOR:
        _keep_one(role)
    role.name = name
    role.save(update_fields=["name"])
    write_down(
        "change_role",
        organisation=role.organisation,
        user=user,
        colleague=role.user.public_id,
        role=name,
    )
    return role


@transaction.atomic
def end_role(*, role: Role, user: User | None) -> None:
    """The colleague no longer works there. Raises ``LastCoordinatorError``.

    Their classes are handed over first (``classrooms.leaving``).
    """
    role = _held(role)
    _keep_one(role)
    role.delete()
    write_down("leave", organisation=role.organisation, user=user, colleague=role.user.public_id)
