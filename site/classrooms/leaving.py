"""Somebody no longer works in an organisation: their classes first, then their role."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from classrooms.models import Classroom, Share
from classrooms.sharing import hand_over
from organisations.colleagues import end_role
from organisations.models import Role


class ClassesLeftError(Exception):
    """There are classes, and nobody was named to take them over."""


@transaction.atomic
def leave_organisation(*, role: Role, heir: User | None, user: User | None) -> None:
    """Ends the role; classes go to ``heir``, with everything that learners did.

    Raises ``ClassesLeftError``, ``NotAColleagueError`` and ``LastCoordinatorError``; then nothing
    has changed.
    """
    rooms = list(Classroom.objects.filter(organisation=role.organisation, teacher=role.user))
    if rooms and heir is None:
        raise ClassesLeftError
    for room in rooms:
        if heir is not None:
            hand_over(classroom=room, colleague=heir, user=user, keeps_teaching=False)
    Share.objects.filter(classroom__organisation=role.organisation, user=role.user).delete()
    end_role(role=role, user=user)
