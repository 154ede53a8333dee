"""Classes and who is in them, made by the actions that the site itself uses."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from accounts.cookies import signer
from accounts.models import User
from classrooms.actions import Joined, create_classroom, join_classroom
from classrooms.models import Classroom
from tests.factories.organisations import make_teacher


def make_classroom(
    *, teacher: User | None = None, name: str = "Klas 2b", now: datetime | None = None
) -> Classroom:
    """A class of this teacher (or of a new one), open for joining for a day."""
    teacher = teacher or make_teacher()
    now = now or timezone.now()
    return create_classroom(
        user=teacher,
        organisation=teacher.roles.first().organisation,
        name=name,
        join_until=now + timedelta(days=1),
        now=now,
    )


def make_team(teacher: User, name: str = "Team Noord") -> Classroom:
    """A team of professionals, which can be invited with a list."""
    room = make_classroom(teacher=teacher, name=name)
    room.kind = Classroom.Kind.TEAM
    room.save(update_fields=["kind"])
    return room


def enrol(classroom: Classroom, *, now: datetime | None = None) -> Joined:
    """A new learner in the class: ``.enrolment``, ``.return_code``, ``.token``."""
    return join_classroom(code=classroom.join_code, now=now or timezone.now())


def sign_in_learner(client: Client, joined: Joined) -> Client:
    """Gives the client the cookie of the learner who joined."""
    token = joined.token
    client.cookies["learner"] = signer().sign(f"{token.learner_id}.{token.epoch}")
    return client
