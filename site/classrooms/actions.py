"""Everything that writes about classes; joining has a module of its own (joining.py)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.actions import replace_return_code
from accounts.models import Learner, User
from accounts.return_codes import ReturnCode
from accounts.tickets import Ticket
from classrooms.audit import write_down
from classrooms.codes import new_join_code
from classrooms.joining import CodeNotOpenError, Joined, join_classroom
from classrooms.models import Assignment, Classroom, Enrolment
from classrooms.preparing import asks_for_preparation
from classrooms.windows import is_allowed
from lessons.models import LessonPackagePage, LessonPage
from organisations.models import Organisation
from quizzes.models import Quiz

__all__ = [
    "AlreadyAssignedError",
    "CodeNotOpenError",
    "Joined",
    "ProvisionalLimitError",
    "WindowError",
    "assign",
    "change_assignment",
    "close_joining",
    "create_classroom",
    "is_full",
    "join_classroom",
    "note_export",
    "open_joining",
    "remove_enrolment",
    "rename_classroom",
    "replace_join_code",
    "replace_return_code_for",
    "replace_return_codes",
    "restore_enrolment",
    "unassign",
]


class WindowError(ValueError):
    """Joining may not stay open until then: it is in the past or too far ahead."""


# Of an organisation that nobody confirmed: enough to begin with, too few to do harm with (S-13).
MOST_PROVISIONAL = 3


class ProvisionalLimitError(Exception):
    """An organisation that nobody confirmed has as many classes as it may."""


def is_full(organisation: Organisation) -> bool:
    """Whether no class can be added. No query for an organisation that was confirmed, else 1."""
    if not organisation.is_provisional:
        return False
    return organisation.classrooms.filter(archived_at=None).count() >= MOST_PROVISIONAL


class AlreadyAssignedError(Exception):
    """The class has this package, lesson or quiz already."""


def _with_new_code(classroom: Classroom) -> None:
    """Saves the class under a code that no other class has."""
    for _attempt in range(10):
        classroom.join_code = new_join_code()
        try:
            with transaction.atomic():
                classroom.save()
        except IntegrityError:  # taken: one in a thousand million
            continue
        return
    raise RuntimeError("no free class code found in ten attempts")


@transaction.atomic
def create_classroom(
    *,
    user: User,
    organisation: Organisation,
    name: str,
    join_until: datetime,
    now: datetime,
    kind: str = Classroom.Kind.CLASS,
) -> Classroom:
    """A class of this teacher, open for joining from now. Raises ``WindowError``, and
    ``ProvisionalLimitError`` where nobody confirmed the organisation."""
    if not is_allowed(until=join_until, now=now):
        raise WindowError
    if organisation.is_provisional:
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if is_full(organisation):
        raise ProvisionalLimitError
    classroom = Classroom(
        organisation=organisation,
        teacher=user,
        name=name,
        kind=kind,
        join_opens_at=now,
        join_closes_at=join_until,
    )
    _with_new_code(classroom)
    write_down("create", classroom=classroom, user=user)
    return classroom


@transaction.atomic
def rename_classroom(*, classroom: Classroom, name: str, user: User | None) -> Classroom:
    classroom.name = name
    classroom.save(update_fields=["name"])
    write_down("rename", classroom=classroom, user=user)
    return classroom


@transaction.atomic
def open_joining(
    *, classroom: Classroom, until: datetime, now: datetime, user: User | None
) -> Classroom:
    """Opens the class for joining, until then. Raises ``WindowError``."""
    if not is_allowed(until=until, now=now):
        raise WindowError
    classroom.join_opens_at = now
    classroom.join_closes_at = until
    classroom.save(update_fields=["join_opens_at", "join_closes_at"])
    write_down("open", classroom=classroom, user=user)
    return classroom


@transaction.atomic
def close_joining(*, classroom: Classroom, now: datetime, user: User | None) -> Classroom:
    """Nobody new gets in from now. Who is in, stays in."""
    classroom.join_opens_at = min(classroom.join_opens_at, now)
    classroom.join_closes_at = min(classroom.join_closes_at, now)
    classroom.save(update_fields=["join_opens_at", "join_closes_at"])
    write_down("close", classroom=classroom, user=user)
    return classroom


@transaction.atomic
def replace_join_code(*, classroom: Classroom, user: User | None) -> Classroom:
    """Another code for the same class; the old one is worth nothing from now."""
    _with_new_code(classroom)
    write_down("new_code", classroom=classroom, user=user)
    return classroom


@transaction.atomic
def remove_enrolment(*, enrolment: Enrolment, now: datetime, user: User | None) -> Enrolment:
    """Takes a learner out of the class. Their work stays theirs; it can be undone."""
    enrolment.removed_at = now
    enrolment.save(update_fields=["removed_at"])
    write_down("remove", classroom=enrolment.classroom, user=user, enrolment=enrolment.public_id)
    return enrolment


@transaction.atomic
def restore_enrolment(*, enrolment: Enrolment, user: User | None) -> Enrolment:
    enrolment.removed_at = None
    enrolment.save(update_fields=["removed_at"])
    write_down("restore", classroom=enrolment.classroom, user=user, enrolment=enrolment.public_id)
    return enrolment


@transaction.atomic
def replace_return_code_for(
    *, enrolment: Enrolment, user: User | None, ticket: Ticket | None = None
) -> ReturnCode:
    """A new return code for a learner who lost theirs, to be handed over in person.

    The old code and every device of the learner are signed out. With a ticket, a double
    click gives the same code twice.
    """
    learner = Learner.objects.select_for_update().get(pk=enrolment.learner_id)
    if ticket is not None and (same := ticket.code_of(learner)):
        return same
    code = replace_return_code(learner=learner, ticket=ticket)
    write_down(
        "return_code", classroom=enrolment.classroom, user=user, enrolment=enrolment.public_id
    )
    return code


@transaction.atomic
def replace_return_codes(
    *, classroom: Classroom, user: User | None, ticket: Ticket
) -> list[tuple[Enrolment, ReturnCode]]:
    """A new return code for everybody in the class, by nickname; the old ones are dead.

    With the same ticket the same codes. 6 queries per learner.
    """
    enrolments = list(classroom.enrolments.current().select_related("learner"))  # type: ignore[attr-defined]
    given = []
    for enrolment in enrolments:
        enrolment.classroom = classroom
        # Each learner a ticket of their own, that follows from the one in the form.
        own = Ticket(f"{ticket.seed}:{enrolment.public_id}")
        given.append(
            (enrolment, replace_return_code_for(enrolment=enrolment, user=user, ticket=own))
        )
    return given


@transaction.atomic
def assign(
    *,
    classroom: Classroom,
    thing: LessonPackagePage | LessonPage | Quiz,
    now: datetime,
    user: User | None,
    opens_at: datetime | None = None,
    due_on: date | None = None,
    note: str = "",
    learners: Collection[Enrolment] = (),
) -> Assignment:
    """Gives the class, or only these learners of it, a package, a lesson or a quiz, to be seen
    at once or from ``opens_at``. Raises ``AlreadyAssignedError``.

    One that can touch somebody deeply waits for ``preparing.prepare_classroom``.
    """
    field = {LessonPackagePage: "package", LessonPage: "lesson", Quiz: "quiz"}[type(thing)]
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                classroom=classroom,
                opens_at=opens_at or now,
                due_on=due_on,
                note=note,
                is_for_some=bool(learners),
                waits_for_preparation=asks_for_preparation(thing),
                **{field: thing},
            )
    except IntegrityError as error:
        raise AlreadyAssignedError from error
    assignment.for_enrolments.set(learners)
    write_down("assign", classroom=classroom, user=user, assignment=assignment.public_id)
    return assignment


@transaction.atomic
def change_assignment(
    *,
    assignment: Assignment,
    opens_at: datetime | None,
    due_on: date | None,
    note: str,
    now: datetime,
    user: User | None,
    learners: Collection[Enrolment] = (),
) -> Assignment:
    """Another day, note or for whom; ``opens_at`` empty means at once, no ``learners`` the whole
    class. What learners did stays.

    What is open stays as it was opened when no day is given.
    """
    assignment.opens_at = opens_at or min(assignment.opens_at, now)
    assignment.due_on = due_on
    assignment.note = note
    assignment.is_for_some = bool(learners)
    assignment.save(update_fields=["opens_at", "due_on", "note", "is_for_some"])
    assignment.for_enrolments.set(learners)
    write_down(
        "change_assignment",
        classroom=assignment.classroom,
        user=user,
        assignment=assignment.public_id,
    )
    return assignment


@transaction.atomic
def unassign(*, assignment: Assignment, user: User | None) -> None:
    """Takes the assignment away. What learners did stays."""
    classroom, public_id = assignment.classroom, assignment.public_id
    assignment.delete()
    write_down("unassign", classroom=classroom, user=user, assignment=public_id)


def note_export(*, classroom: Classroom, user: User, kind: str) -> None:
    """Writes down that the overview of this class left the site as a file."""
    write_down("export", classroom=classroom, user=user, kind=kind)
