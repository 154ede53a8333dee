"""A teacher reaches everything through their own classes; the rest is not there (S-02, S-03)."""

from __future__ import annotations

from typing import NoReturn
from uuid import UUID

import structlog
from django.http import Http404, HttpRequest

from accounts.models import User
from classrooms.models import Assignment, Classroom, Enrolment


class TeacherRequest(HttpRequest):
    """A request behind ``login_required``: somebody is signed in."""

    user: User  # type: ignore[assignment]


log = structlog.get_logger("doorzien.access")


def refuse(user: User, thing: str) -> NoReturn:
    """The same 404 for what is somebody else's and for what does not exist, and a line
    for the operator."""
    log.warning("access_refused", thing=thing, account=str(user.public_id))
    raise Http404


def own_classroom(user: User, public_id: UUID) -> Classroom:
    """The teacher's class. Raises ``Http404``. 1 query."""
    classroom = Classroom.objects.taught_by(user).filter(public_id=public_id).first()
    return classroom or refuse(user, "classroom")


def enrolment_in(user: User, classroom: Classroom, public_id: UUID) -> Enrolment:
    """A place in this class, also one that was taken away. Raises ``Http404``. 1 query."""
    enrolment = classroom.enrolments.select_related("learner").filter(
        public_id=public_id
    ).first() or refuse(user, "enrolment")
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
