"""Inviting colleagues by mail: a link that works once, for seven days, for one address.

The link holds 256 random bits; only its hash is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import AddressTakenError, create_invited_user
from accounts.link_tokens import hash_of, new_link_token
from accounts.models import User
from organisations.audit import write_down
from organisations.models import Invitation, Organisation, Role
from organisations.querysets import COLLEAGUE

DAYS = 7
# More open ones than this is no school inviting its teachers, but somebody sending mail.
MOST_OPEN = 60


class AlreadyHereError(Exception):
    """Who was invited works in the organisation already, or was suspended there."""


class TooManyInvitationsError(Exception):
    """The organisation has as many open invitations as it may."""


class InvitationGoneError(Exception):
    """The link was used, taken back or is over; or it is for another address."""


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, role: str, user: User, now: datetime
) -> Invitation:
    """Sends a link to this address; an earlier one to it stops working.

    Raises ``AlreadyHereError`` and ``TooManyInvitationsError``. 7 queries.
    """
    email = email.strip().lower()
    # One at a time: the bound and the one link per address hold for two tabs too.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    colleagues = Role.objects.filter(organisation=organisation, name__in=COLLEAGUE)
    if colleagues.filter(user__email__iexact=email).exists():
        raise AlreadyHereError
    earlier = organisation.invitations.filter(email=email)
    (earlier | organisation.invitations.filter(expires_at__lte=now)).delete()
    if organisation.invitations.count() >= MOST_OPEN:
        raise TooManyInvitationsError
    token = new_link_token()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token_hash=hash_of(token),
        expires_at=now + timedelta(days=DAYS),
    )
    write_down("invite", organisation=organisation, user=user, role=role)
    transaction.on_commit(partial(send_invitation, invitation, token))
    return invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """The mail; its words say nothing that harms when somebody else reads them."""
    address = settings.BASE_URL.rstrip("/") + reverse("classrooms:invitation", args=[token])
    context = {"organisation": invitation.organisation, "address": address, "days": DAYS}
    send_mail(
        _("Uitnodiging van een collega"),
        render_to_string("organisations/invitation_mail.txt", context),
        None,
        [invitation.email],
    )


@transaction.atomic
def revoke(*, invitation: Invitation, user: User) -> None:
    """The link stops working. 2 queries."""
    organisation = invitation.organisation
    invitation.delete()
    write_down("revoke", organisation=organisation, user=user)


def open_invitation(token: str, *, now: datetime) -> Invitation | None:
    """The invitation that this link is of, while it works. 1 query."""
    found = Invitation.objects.open(at=now).filter(token_hash=hash_of(token))  # type: ignore[attr-defined]
    return found.select_related("organisation").first()


@transaction.atomic
def accept(*, token: str, user: User, now: datetime) -> Role:
    """The user works there from now, in the role that stood in the mail.

    Raises ``InvitationGoneError``, also for an account with another address. 5 queries.
    """
    invitation = open_invitation(token, now=now)
    if invitation is None or invitation.email != (user.email or "").lower():
        raise InvitationGoneError
    gone, _each = Invitation.objects.filter(pk=invitation.pk).delete()
    if not gone:  # in this very moment, in another tab
        raise InvitationGoneError
    found = Role.objects.of(user).of_colleagues()  # type: ignore[attr-defined]
    role = found.filter(organisation=invitation.organisation).first()
    if role is None:
        role = Role.objects.create(
            user=user, organisation=invitation.organisation, name=invitation.role
        )
    write_down("accept", organisation=invitation.organisation, user=user, role=role.name)
    return role


@transaction.atomic
def accept_as_new(*, token: str, name: str, password: str, now: datetime) -> Role:
    """Makes the account that the invitation is for, with its address confirmed by the link.

    An account with this address that was never confirmed becomes theirs: with a new password,
    so that every session of who made it ends. Raises ``InvitationGoneError``. 9 queries.
    """
    invitation = open_invitation(token, now=now)
    if invitation is None:
        raise InvitationGoneError
    try:
        user = create_invited_user(email=invitation.email, name=name, password=password)
    except AddressTakenError as error:
        raise InvitationGoneError from error
    return accept(token=token, user=user, now=now)
