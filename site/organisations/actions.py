"""Everything that writes about organisations."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from organisations.audit import write_down
from organisations.models import Organisation, Role
from organisations.municipalities import Municipality


@transaction.atomic
def found_organisation(*, user: User, name: str, kind: str) -> Organisation:
    """A new organisation with this user as its teacher.

    Always a new one, also when a name exists: whoever types the name of a school may not
    walk into it. Joining an existing one takes an invitation of somebody there.
    """
    organisation = Organisation.objects.create(name=name, kind=kind)
    Role.objects.create(user=user, organisation=organisation, name=Role.Name.TEACHER)
    return organisation


@transaction.atomic
def arrive(*, user: User, organisation: Organisation) -> None:
    """Who signed in at the organisation itself for the first time teaches there.

    Never more than a teacher; whoever has a role there keeps it as it is, also suspended.
    At most 3 queries.
    """
    if Role.objects.filter(user=user, organisation=organisation).of_colleagues().exists():  # type: ignore[attr-defined]
        return
    Role.objects.create(user=user, organisation=organisation, name=Role.Name.TEACHER)
    write_down("arrive", organisation=organisation, user=user, colleague=user.public_id)


@transaction.atomic
def settle_organisation(*, organisation: Organisation, municipality: str) -> None:
    """Says in which municipality it is, by code; empty for none. 1 query."""
    organisation.municipality_code = municipality
    organisation.save(update_fields=["municipality_code"])


@transaction.atomic
def appoint_municipal_editor(*, user: User, municipality: Municipality) -> Role:
    """Lets this user write for the municipality; makes its organisation when there is none.

    Safe to repeat. At most 5 queries.
    """
    organisation = Organisation.objects.filter(
        kind=Organisation.Kind.MUNICIPALITY, municipality_code=municipality.code
    ).first() or Organisation.objects.create(
        name=municipality.name,
        kind=Organisation.Kind.MUNICIPALITY,
        municipality_code=municipality.code,
        confirmed_at=timezone.now(),
    )
    role, _made = Role.objects.get_or_create(
        user=user, organisation=organisation, name=Role.Name.MUNICIPAL_EDITOR
    )
    return role


@transaction.atomic
def appoint_coordinator(*, role: Role, now: datetime) -> Role:
    """This colleague looks after the organisation from now; that also confirms it.

    Safe to repeat. 2 queries.
    """
    role.name = Role.Name.COORDINATOR
    role.suspended_at = None
    role.save(update_fields=["name", "suspended_at"])
    Organisation.objects.filter(pk=role.organisation_id, confirmed_at__isnull=True).update(
        confirmed_at=now
    )
    return role
