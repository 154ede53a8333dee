"""Everything that writes about who shares a class, and whose it is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from classrooms.audit import write_down
from classrooms.models import Classroom, Share
from classrooms.rights import Part
from organisations.models import Role


class NotAColleagueError(Exception):
    """Somebody who has no role in the organisation of the class, or leads it already."""


def colleagues_for(classroom: Classroom) -> QuerySet[User]:
    """Who can share the class or take it over: all who teach in its organisation but its leader."""
    roles = Role.objects.teaching().filter(organisation_id=classroom.organisation_id)  # type: ignore[attr-defined]
    people = User.objects.filter(is_active=True, pk__in=roles.values("user_id"))
    return people.exclude(pk=classroom.teacher_id).order_by("name", "email")


def _locked(classroom: Classroom, colleague: User) -> Classroom:
    """The class, held until the end of the transaction. Raises ``NotAColleagueError``."""
    found = Classroom.objects.select_for_update().get(pk=classroom.pk)
    if not colleagues_for(found).filter(pk=colleague.pk).exists():
        raise NotAColleagueError
    return found


@transaction.atomic
def share_classroom(
    *, classroom: Classroom, colleague: User, part: str, user: User | None
) -> Share:
    """Lets a colleague teach the class too, or see its numbers; also to change which of the two.

    Raises ``NotAColleagueError``.
    """
    room = _locked(classroom, colleague)
    share, _made = Share.objects.update_or_create(
        classroom=room, user=colleague, defaults={"part": part}
    )
    _write("share", room, user, colleague, part=part)
    return share


@transaction.atomic
def stop_sharing(*, classroom: Classroom, colleague: User, user: User | None) -> None:
    """The colleague no longer sees the class. Nothing of the class changes."""
    gone, _each = Share.objects.filter(classroom=classroom, user=colleague).delete()
    if gone:
        _write("unshare", classroom, user, colleague)


@transaction.atomic
def hand_over(
    *, classroom: Classroom, colleague: User, user: User | None, keeps_teaching: bool = True
) -> Classroom:
    """The class is the colleague's from now. Who led it goes on as co-teacher, or not at all.

    Learners notice nothing. Raises ``NotAColleagueError``.
    """
    room = _locked(classroom, colleague)
    before = room.teacher
    Share.objects.filter(classroom=room, user=colleague).delete()
    room.teacher = colleague
    room.save(update_fields=["teacher"])
    if keeps_teaching:
        Share.objects.create(classroom=room, user=before, part=Part.CO_TEACHER)
    _write("hand_over", room, user, colleague)
    return room


def _write(
    action: str, classroom: Classroom, user: User | None, colleague: User, **more: Any
) -> None:
    write_down(action, classroom=classroom, user=user, colleague=colleague.public_id, **more)
