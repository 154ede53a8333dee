"""Everything that writes about organisations."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from organisations.models import Organisation, Role


@transaction.atomic
def found_organisation(*, user: User, name: str, kind: str) -> Organisation:
    """A new organisation with this user as its teacher.

    Always a new one, also when a name exists: whoever types the name of a school may not
    walk into it. Joining an existing one takes an invitation of somebody there.
    """
    organisation = Organisation.objects.create(name=name, kind=kind)
    Role.objects.create(user=user, organisation=organisation, name=Role.Name.TEACHER)
    return organisation
