"""Everything that writes about who was asked to join a team, and about their joining.

The link in a mail holds 256 random bits; only its hash is kept.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import create_learner, tie_learner
from accounts.cookies import LearnerToken
from accounts.link_tokens import hash_of, new_link_token
from accounts.models import Learner, User
from classrooms.audit import write_down
from classrooms.models import Classroom, Enrolment, TeamInvitation
from classrooms.nicknames import new_nickname
from classrooms.roster import Outcome, Planned, Row, plan

DAYS = 14
# Of one team, open at the same time: what one list can hold.
MOST_OPEN = 500
TRIES = 12
# Of one mail; the next one may well go through.
OF_ONE_ADDRESS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)
log = structlog.get_logger("doorzien.classrooms")


class NoRosterError(Exception):
    """This class has no list of names: it is no team, it is over, or nobody confirmed its
    organisation."""


class TooManyInvitationsError(Exception):
    """The team would have more open invitations than it may."""


class InvitationGoneError(Exception):
    """The link was used, taken back or is over."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many mails went out, and how many could not."""

    count: int
    failed: int


def may_invite(classroom: Classroom) -> bool:
    """Whether mails go out for this team. 1 query where the organisation is not at hand.

    Not for an organisation that somebody typed in: anybody can, and would send mail to
    whomever they like, under a name that they made up.
    """
    return (
        classroom.is_team
        and not classroom.is_archived
        and not classroom.organisation.is_provisional
    )


def plan_invitations(*, classroom: Classroom, rows: Sequence[Row], now: datetime) -> list[Planned]:
    """What would happen with each row of a file. Writes nothing. 3 queries, however many rows."""
    invitations = TeamInvitation.objects.filter(classroom=classroom)
    invited = set(invitations.open(at=now).values_list("email", flat=True))  # type: ignore[attr-defined]
    named = dict(
        classroom.enrolments.current()  # type: ignore[attr-defined]
        .filter(is_named=True, learner__user__isnull=False)
        .values_list("learner__user_id", "learner__user__email")
    )
    accepted = invitations.filter(accepted_by_id__in=named)
    in_team = {(email or "").lower() for email in named.values()}
    in_team |= set(accepted.values_list("email", flat=True))
    return plan(rows, in_team=in_team, invited=invited)


def invite_team(*, classroom: Classroom, rows: Sequence[Row], user: User, now: datetime) -> Sent:
    """Sends a link to everybody on the list who is not in the team and not invited.

    A second time it invites nobody. Whom a mail could not be sent to is not invited, so that the
    same list can be tried again. Raises ``NoRosterError`` and ``TooManyInvitationsError``.
    11 queries, however many rows.
    """
    sending = _store(classroom, rows, user, now)
    failed = send_invitations(classroom, sending)
    TeamInvitation.objects.filter(pk__in=failed, accepted_at__isnull=True).delete()
    return Sent(len(sending) - len(failed), len(failed))


@transaction.atomic
def _store(
    classroom: Classroom, rows: Sequence[Row], user: User, now: datetime
) -> list[tuple[TeamInvitation, str]]:
    # One at a time: two presses of the button are one list.
    room = Classroom.objects.select_for_update().get(pk=classroom.pk)
    if not may_invite(room):
        raise NoRosterError
    planned = plan_invitations(classroom=room, rows=rows, now=now)
    new = [one.row for one in planned if one.outcome == Outcome.INVITE]
    if not new:
        return []
    invitations = TeamInvitation.objects.filter(classroom=room)
    invitations.filter(email__in=[row.email for row in new]).delete()  # what is over
    if invitations.open(at=now).count() + len(new) > MOST_OPEN:  # type: ignore[attr-defined]
        raise TooManyInvitationsError
    tokens = [new_link_token() for _row in new]
    made = TeamInvitation.objects.bulk_create(
        TeamInvitation(
            classroom=room,
            name=row.name,
            email=row.email,
            token_hash=hash_of(token),
            expires_at=now + timedelta(days=DAYS),
        )
        for row, token in zip(new, tokens, strict=True)
    )
    write_down("invite_team", classroom=room, user=user, count=len(made))
    return list(zip(made, tokens, strict=True))


def send_invitations(
    classroom: Classroom, sending: Iterable[tuple[TeamInvitation, str]]
) -> list[int]:
    """Mails each their link, in the language of who is asking; the numbers of those that failed.

    An address that the mail server refuses does not stop the others; a mail server that is gone
    does.
    """
    failed: list[int] = []
    connection = get_connection()
    is_gone = False
    for invitation, token in sending:
        if is_gone:
            failed.append(invitation.pk)
            continue
        try:
            connection.open()
            _mail(classroom, invitation, token, connection).send()
        except OSError as error:  # also what smtplib raises
            # Its text holds the address; its kind does not.
            log.error("team_invitation_not_sent", kind=type(error).__name__)
            failed.append(invitation.pk)
            is_gone = not isinstance(error, OF_ONE_ADDRESS)
    connection.close()
    return failed


def _mail(
    classroom: Classroom, invitation: TeamInvitation, token: str, connection: BaseEmailBackend
) -> EmailMessage:
    """Its words say nothing that harms when somebody else reads them."""
    address = settings.BASE_URL.rstrip("/") + reverse("classrooms:team_invitation", args=[token])
    context = {"classroom": classroom, "address": address, "days": DAYS}
    text = render_to_string("classrooms/team_invitation_mail.txt", context)
    subject = _("Uitnodiging van een collega")
    return EmailMessage(subject, text, None, [invitation.email], connection=connection)


def invite_again(*, invitation: TeamInvitation, user: User, now: datetime) -> Sent:
    """A new link to the same person; the one before it stops working.

    Raises ``NoRosterError``, and ``InvitationGoneError`` when it was accepted.
    """
    room, token = invitation.classroom, new_link_token()
    if not may_invite(room):
        raise NoRosterError
    with transaction.atomic():
        changed = TeamInvitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(
            token_hash=hash_of(token), expires_at=now + timedelta(days=DAYS)
        )
        if not changed:
            raise InvitationGoneError
        write_down("invite_team", classroom=room, user=user, count=1)
    failed = send_invitations(room, [(invitation, token)])
    return Sent(1 - len(failed), len(failed))


@transaction.atomic
def withdraw(*, invitation: TeamInvitation, user: User) -> None:
    """The link stops working. Who accepted stays in the team. Raises ``InvitationGoneError``."""
    gone, _each = TeamInvitation.objects.filter(pk=invitation.pk, accepted_at=None).delete()
    if not gone:
        raise InvitationGoneError
    write_down("withdraw", classroom=invitation.classroom, user=user)


def open_team_invitation(token: str, *, now: datetime) -> TeamInvitation | None:
    """The invitation that this link is of, while it works. 1 query."""
    found = TeamInvitation.objects.open(at=now).filter(token_hash=hash_of(token))  # type: ignore[attr-defined]
    return found.select_related("classroom__organisation", "classroom__teacher").first()


@transaction.atomic
def join_team(
    *, token: str, user: User, now: datetime, work: LearnerToken | None = None
) -> LearnerToken:
    """The account takes part in the team; what its devices need to work as this learner.

    With ``work`` what was done on this device, and is nobody's, comes along. Raises
    ``InvitationGoneError``. At most 12 queries, more only for a clash of nicknames.
    """
    invitation = open_team_invitation(token, now=now)
    if invitation is None:
        raise InvitationGoneError
    # First of all: a second press, in another tab, waits here and then comes too late.
    mine = TeamInvitation.objects.filter(pk=invitation.pk, accepted_at=None)
    if not mine.update(accepted_at=now, accepted_by=user):
        raise InvitationGoneError
    room = invitation.classroom
    enrolment = room.enrolments.filter(learner__user=user).order_by("-is_named", "pk").first()
    if enrolment is None:
        learner = _learner(user, work)
        enrolment = _enrol(room, learner)
    else:
        enrolment.is_named, enrolment.removed_at = True, None
        enrolment.save(update_fields=["is_named", "removed_at"])
    write_down("join_team", classroom=room, user=user)
    return token_of(enrolment.learner)


def _learner(user: User, work: LearnerToken | None) -> Learner:
    """Who takes part: of this device, of another device of the account, or somebody new."""
    tied = tie_learner(token=work, user=user) if work is not None else None
    if tied is not None:
        return Learner.objects.get(pk=tied.learner_id)
    learner = Learner.objects.filter(user=user).order_by("-pk").first()
    if learner is None:
        learner = create_learner()
        Learner.objects.filter(pk=learner.pk).update(user=user)
    return learner


def _enrol(classroom: Classroom, learner: Learner) -> Enrolment:
    for _attempt in range(TRIES):
        taken = set(classroom.enrolments.values_list("nickname", flat=True))
        try:
            with transaction.atomic():
                return Enrolment.objects.create(
                    classroom=classroom,
                    learner=learner,
                    nickname=new_nickname(taken),
                    is_named=True,
                )
        except IntegrityError:  # somebody took it in this very moment
            continue
    raise RuntimeError("no free nickname found")


def token_of(learner: Learner) -> LearnerToken:
    """What a device of the learner's own account gets."""
    return LearnerToken(learner.pk, learner.epoch)
