"""Everything that writes about a class that is over: into the archive, back, and a copy for
next year.

Archiving is what the page announces and what can be undone; ``ClassroomQuerySet.past_keeping``
says which classes may then be removed for good.
"""

from __future__ import annotations

from datetime import datetime, time

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from classrooms.actions import ProvisionalLimitError, assign, create_classroom, is_full
from classrooms.audit import write_down
from classrooms.models import Classroom, Share
from classrooms.school_years import over_before

__all__ = [
    "ProvisionalLimitError",
    "archive_classroom",
    "archive_past_years",
    "copy_classroom",
    "past_years",
    "restore_classroom",
]


@transaction.atomic
def archive_classroom(*, classroom: Classroom, now: datetime, user: User | None) -> Classroom:
    """Nobody can join, and learners no longer see the class. Their work stays theirs.

    Safe to repeat: the first moment counts.
    """
    classroom.archived_at = classroom.archived_at or now
    classroom.save(update_fields=["archived_at"])
    write_down("archive", classroom=classroom, user=user)
    return classroom


def past_years(*, now: datetime) -> models.QuerySet[Classroom]:
    """Classes that go into the archive by themselves at this moment; see ``school_years``."""
    day = over_before(timezone.localdate(now))
    if day is None:
        return Classroom.objects.none()
    begin = timezone.make_aware(datetime.combine(day, time.min))
    return Classroom.objects.of_before(begin)  # type: ignore[attr-defined]


def archive_past_years(*, now: datetime) -> int:
    """How many went. 1 query, and 4 for each; what was done stays done when this is stopped."""
    classrooms = list(past_years(now=now))
    for classroom in classrooms:
        archive_classroom(classroom=classroom, now=now, user=None)
    return len(classrooms)


@transaction.atomic
def restore_classroom(
    *, classroom: Classroom, user: User | None, now: datetime | None = None
) -> Classroom:
    """The class is back as it was, for the school year of now. Raises ``ProvisionalLimitError``
    where it is one too many."""
    if classroom.archived_at is not None and is_full(classroom.organisation):
        raise ProvisionalLimitError
    classroom.archived_at = None
    classroom.restored_at = now or timezone.now()
    classroom.save(update_fields=["archived_at", "restored_at"])
    write_down("unarchive", classroom=classroom, user=user)
    return classroom


@transaction.atomic
def copy_classroom(
    *, classroom: Classroom, name: str, join_until: datetime, now: datetime, user: User
) -> Classroom:
    """A new class with the same assignments and colleagues, and nobody in it yet. At most 8
    queries per assignment.

    Days by which something was due are not copied, nor what only some learners were given, nor
    what was arranged for help: that is asked again. Raises ``WindowError`` and
    ``ProvisionalLimitError``.
    """
    copy = create_classroom(
        user=user,
        organisation=classroom.organisation,
        name=name,
        kind=classroom.kind,
        join_until=join_until,
        now=now,
    )
    for_all = classroom.assignments.filter(is_for_some=False)
    for one in for_all.select_related("package", "lesson", "quiz"):
        thing = one.package or one.lesson or one.quiz
        if thing is not None:
            assign(classroom=copy, thing=thing, note=one.note, now=now, user=user)
    Share.objects.bulk_create(
        Share(classroom=copy, user=one.user, part=one.part) for one in classroom.shares.all()
    )
    write_down("copy", classroom=copy, user=user)
    return copy
