"""Joining a class: the code makes a new pseudonym, and nothing else.

Thirty learners press the button in the same minute, some of them twice. So it is five
queries with the limit's one, and a second press finds what the first one made (see
accounts/tickets.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction

from accounts.actions import create_learner, give_return_code
from accounts.cookies import LearnerToken
from accounts.models import Learner
from accounts.return_codes import ReturnCode
from accounts.tickets import Ticket, new_ticket
from classrooms.codes import tidy
from classrooms.models import Classroom, Enrolment
from classrooms.nicknames import new_nickname

# A second press comes within seconds. Later it is the next learner at this device, with
# a page that the browser kept: they are somebody else.
REPEAT_SECONDS = 120
TRIES = 12


class CodeNotOpenError(Exception):
    """No class can be joined with this code: it is wrong, closed or over. Never say which."""


class Joined(NamedTuple):
    """Who joined. ``return_code`` is ``None`` for somebody who was in the class already."""

    enrolment: Enrolment
    return_code: ReturnCode | None
    token: LearnerToken
    ticket: Ticket


def join_classroom(
    *,
    code: str,
    now: datetime,
    token: LearnerToken | None = None,
    keep_work: bool = False,
    ticket: Ticket | None = None,
) -> Joined:
    """Puts a learner in the class with this code; a new one, or this device's.

    With ``keep_work`` the learner of ``token`` joins: with a new return code, and with
    every earlier cookie dead (S-35). Without it, or when the token was ended, somebody
    new joins. Raises ``CodeNotOpenError``, after one query whatever is the matter.

    4 queries and BEGIN/COMMIT; more only for a repeat or a clash.
    """
    classroom = Classroom.objects.open_for_joining(at=now).filter(join_code=tidy(code)).first()
    if classroom is None:
        raise CodeNotOpenError
    ticket = ticket or new_ticket()
    kept = token if keep_work else None
    number = 0
    for _attempt in range(TRIES):
        return_code = ticket.code(number)
        try:
            with transaction.atomic():
                enrolment, given, joined_as = _join(classroom, kept, return_code)
                return Joined(enrolment, given, joined_as, ticket)
        except IntegrityError:
            owner = Learner.objects.filter(return_selector=return_code.selector).first()
        if owner is None:
            continue  # somebody took the nickname in this very moment
        if ticket.code_of(owner) is None:
            number += 1  # somebody else's code begins the same: one in 28 million
            continue
        earlier = owner.enrolments.filter(
            classroom=classroom, joined_at__gte=now - timedelta(seconds=REPEAT_SECONDS)
        ).first()
        if earlier is not None:
            earlier.classroom = classroom
            return Joined(earlier, return_code, LearnerToken(owner.pk, owner.epoch), ticket)
        ticket, number = new_ticket(), 0
    raise RuntimeError("no free nickname or return code found")


def _join(
    classroom: Classroom, kept: LearnerToken | None, return_code: ReturnCode
) -> tuple[Enrolment, ReturnCode | None, LearnerToken]:
    """Raises ``IntegrityError`` where the code or the nickname was just taken."""
    rows = list(classroom.enrolments.values_list("learner_id", "nickname"))
    token = None
    if kept is not None:
        if any(learner_id == kept.learner_id for learner_id, _nickname in rows):
            again = _join_again(classroom, kept)
            if again is not None:
                return again, None, kept
        token = give_return_code(token=kept, code=return_code)
    if token is None:
        learner = create_learner(return_code=return_code)
        token = LearnerToken(learner.pk, learner.epoch)
    enrolment = Enrolment.objects.create(
        classroom=classroom,
        learner_id=token.learner_id,
        nickname=new_nickname({nickname for _learner_id, nickname in rows}),
    )
    return enrolment, return_code, token


def _join_again(classroom: Classroom, kept: LearnerToken) -> Enrolment | None:
    """The place that this learner has in the class; given back if it was taken away.

    The open code is what lets somebody in, so it also lets them back in.
    """
    enrolment = classroom.enrolments.filter(
        learner_id=kept.learner_id, learner__epoch=kept.epoch
    ).first()
    if enrolment is not None and enrolment.removed_at is not None:
        enrolment.removed_at = None
        enrolment.save(update_fields=["removed_at"])
    return enrolment


def redraw_nickname(*, enrolment: Enrolment) -> Enrolment:
    """Another nickname that nobody in the class has or had. 2 queries, more only for a clash."""
    for _attempt in range(TRIES):
        taken = set(enrolment.classroom.enrolments.values_list("nickname", flat=True))
        enrolment.nickname = new_nickname(taken)
        try:
            with transaction.atomic():
                enrolment.save(update_fields=["nickname"])
        except IntegrityError:  # somebody took it in this very moment
            continue
        return enrolment
    raise RuntimeError("no free nickname found")
