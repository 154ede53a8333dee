"""A teacher who began alone takes their classes along to the organisation that invited them.

The teacher asks, a coordinator agrees, and it can be undone: classes remember with which move
they came. Learners notice nothing; nothing of a class changes but where it belongs.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from classrooms.models import Classroom, Move
from organisations.audit import write_down
from organisations.models import Organisation, Role


class MoveError(Exception):
    """There is nothing to move, or it was answered already."""


def provisional_roles(user: User) -> QuerySet[Role]:
    """Where this user began alone: no coordinator, nobody else."""
    roles = Role.objects.of(user).teaching()  # type: ignore[attr-defined]
    return roles.filter(organisation__confirmed_at__isnull=True).select_related("organisation")


def movable(user: User) -> QuerySet[Classroom]:
    """The classes that this user can take along."""
    return Classroom.objects.filter(
        teacher=user, organisation__in=provisional_roles(user).values("organisation")
    )


@transaction.atomic
def ask_to_move(*, user: User, into: Organisation) -> list[Move]:
    """Asks to bring the classes of a provisional organisation along. At most one open request
    per organisation that is left. Raises ``MoveError`` when there is nothing to bring."""
    works_there = Role.objects.of(user).teaching().filter(organisation=into).exists()  # type: ignore[attr-defined]
    origins = {room.organisation_id for room in movable(user)}
    if not origins or not works_there or into.is_provisional:
        raise MoveError
    return [
        Move.objects.get_or_create(
            teacher=user, origin_id=origin, destination=into, confirmed_at=None
        )[0]
        for origin in sorted(origins)
    ]


def _open(move: Move) -> Move:
    found = Move.objects.select_for_update().filter(pk=move.pk, confirmed_at=None).first()
    if found is None:
        raise MoveError
    return found


@transaction.atomic
def confirm_move(*, move: Move, user: User | None, now: datetime) -> Move:
    """The classes belong to the coordinator's organisation from now. Raises ``MoveError``."""
    move = _open(move)
    destination = Role.objects.filter(user=move.teacher, organisation=move.destination)
    if not destination.teaching().exists():  # type: ignore[attr-defined]
        raise MoveError
    Classroom.objects.filter(teacher=move.teacher, organisation=move.origin).update(
        organisation=move.destination, moved_with=move
    )
    Role.objects.filter(
        user=move.teacher, organisation=move.origin, name=Role.Name.TEACHER
    ).delete()
    move.confirmed_at = now
    move.save(update_fields=["confirmed_at"])
    write_down("merge", organisation=move.destination, user=user, origin=move.origin.public_id)
    return move


@transaction.atomic
def decline_move(*, move: Move) -> None:
    """The classes stay where they are. Raises ``MoveError``."""
    _open(move).delete()


@transaction.atomic
def undo_move(*, move: Move, user: User | None) -> None:
    """The classes go back to where they came from, and their teacher has a role there again.

    Not those that were handed over since. Raises ``MoveError``.
    """
    found = Move.objects.select_for_update().filter(pk=move.pk, confirmed_at__isnull=False).first()
    if found is None:
        raise MoveError
    Role.objects.get_or_create(user=found.teacher, organisation=found.origin, name="teacher")
    rooms = Classroom.objects.filter(moved_with=found, teacher=found.teacher)
    rooms.update(organisation=found.origin, moved_with=None)
    write_down("unmerge", organisation=found.destination, user=user, origin=found.origin.public_id)
    found.delete()
