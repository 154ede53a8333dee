"""A teacher reaches everything through their own classes; the rest is not there (S-02, S-03).

Who shares a class and asks for more than their part gets 403: they know that it is there (S-09).
"""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from accounts.models import User
from classrooms.models import Assignment, Classroom, Enrolment
from classrooms.rights import Right


class TeacherRequest(HttpRequest):
    """A request behind ``login_required``: somebody is signed in."""

    user: User  # type: ignore[assignment]


log = structlog.get_logger("doorzien.access")


def refuse(user: User, thing: str) -> NoReturn:
    """The same 404 for what is somebody else's and for what does not exist, and a line
    for the operator."""
    log.warning("access_refused", thing=thing, account=str(user.public_id))
    raise Http404


def refuse_classroom(user: User, public_id: UUID) -> NoReturn:
    """403 for who shares the class, 404 for everybody else. 1 query."""
    seen = Classroom.objects.open_to(user, Right.SEE_NUMBERS)
    if seen.filter(public_id=public_id).exists():
        log.warning("right_refused", thing="classroom", account=str(user.public_id))
        raise PermissionDenied
    refuse(user, "classroom")


def own_classroom(user: User, public_id: UUID, right: Right = Right.TEACH) -> Classroom:
    """The class, for who has this right with it. Raises ``Http404`` and ``PermissionDenied``.
    1 query."""
    rooms = Classroom.objects.open_to(user, right).with_part_of(user)
    return rooms.filter(public_id=public_id).first() or refuse_classroom(user, public_id)


def enrolment_in(user: User, classroom: Classroom, public_id: UUID) -> Enrolment:
    """A place in this class, also one that was taken away. Raises ``Http404``, also for one
    that was merged into another: it is nobody's any more. 1 query."""
    places = classroom.enrolments.select_related("learner").filter(learner__merged_into=None)
    enrolment = places.filter(public_id=public_id).first() or refuse(user, "enrolment")
    enrolment.classroom = classroom
    return enrolment


def assignment_in(user: User, classroom: Classroom, public_id: UUID) -> Assignment:
    assignment = (
        classroom.assignments.select_related("package", "lesson", "quiz")
        .filter(public_id=public_id)
        .first()
    ) or refuse(user, "assignment")
    assignment.classroom = classroom
    return assignment
