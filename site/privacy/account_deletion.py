"""Somebody who signs in deletes the account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.actions import end_sessions
from accounts.models import Learner, User
from classrooms.models import Classroom, TeamInvitation
from organisations.models import Organisation, Role
from privacy import erasure_list
from privacy.actions import erase_learners, list_path


@dataclass(frozen=True)
class Hindrances:
    """What must be arranged first, so that nobody else is left with nothing."""

    classrooms: list[Classroom] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    is_last_administrator: bool = False

    def __bool__(self) -> bool:
        return bool(self.classrooms or self.organisations or self.is_last_administrator)


class HinderedError(Exception):
    """Something must be arranged first (``hindrances``)."""


def hindrances(user: User) -> Hindrances:
    """Classes that are not in the archive, organisations with colleagues and no other coordinator,
    and a site without an administrator. At most 4 queries, and 2 per organisation looked after.
    """
    looked_after = Organisation.objects.filter(
        roles__user=user, roles__name=Role.Name.COORDINATOR
    ).order_by("pk")
    return Hindrances(
        classrooms=list(Classroom.objects.filter(teacher=user).in_use().order_by("pk")),
        organisations=[one for one in looked_after if _needs(one, user)],
        is_last_administrator=user.is_superuser
        and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists(),
    )


def _needs(organisation: Organisation, user: User) -> bool:
    """Whether others work there, and none of them can look after it."""
    others = Role.objects.filter(organisation=organisation).exclude(user=user)
    colleagues = others.of_colleagues().filter(user__is_active=True)  # type: ignore[attr-defined]
    return colleagues.exists() and not others.coordinating().exists()  # type: ignore[attr-defined]


@transaction.atomic
def delete_account(*, user: User, now: datetime) -> None:
    """The account, its roles, certificates, archived classes and the work done with it go.

    On the list first, so that no backup brings it back. Of attempts the numbers stay; what an
    editor wrote stays without the name. Raises ``HinderedError`` when something must be arranged
    first, ``OSError`` when the list cannot be written; then nothing is gone.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if hindrances(user):
        raise HinderedError
    own = list(Learner.objects.filter(user=user).values_list("pk", flat=True))
    theirs = Learner.objects.with_merged(own).values_list("public_id", flat=True)  # type: ignore[attr-defined]
    erasure_list.add(list_path(), [*theirs, user.public_id], at=now)
    _erase(user, own)


def erase_accounts_again(public_ids: Iterable[UUID]) -> int:
    """After a backup was put back: those on the list that came back. How many. Their classes go
    along: nobody can open them any more."""
    back = User.objects.filter(public_id__in=list(public_ids))
    count = 0
    for user in back:
        with transaction.atomic():
            _erase(user, list(Learner.objects.filter(user=user).values_list("pk", flat=True)))
        count += 1
    return count


def _erase(user: User, learner_ids: list[int]) -> None:
    erase_learners(learner_ids)
    Classroom.objects.filter(teacher=user).delete()
    TeamInvitation.objects.to(user).delete()  # type: ignore[attr-defined]
    for entries in (PageLogEntry, ModelLogEntry):
        entries.objects.filter(user=user).update(user=None)
    end_sessions(user=user)
    user.delete()
