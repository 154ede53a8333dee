"""Sends the weekly mails: once a week to who asked for it, and only when there is something."""

from __future__ import annotations

from datetime import datetime

import structlog
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.actions import take_digest_week
from accounts.digest_links import stop_address
from accounts.models import User
from home.digest import Digest, digest_of, monday_of

log = structlog.get_logger("doorzien.home")


def waiting_for(now: datetime) -> QuerySet[User]:
    """Who asked for it, has a confirmed address and did not get this week's."""
    monday = monday_of(timezone.localdate(now))
    confirmed = EmailAddress.objects.filter(
        user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True
    )
    asked = User.objects.filter(Exists(confirmed), wants_digest=True, is_active=True)
    return asked.filter(Q(digest_week=None) | Q(digest_week__lt=monday)).order_by("pk")


def send_digests(*, now: datetime) -> tuple[int, int]:
    """How many mails were sent, and how many failed: those are tried again the next time.

    Each is noted and sent in one transaction: a run that is stopped, or a second one beside it,
    sends nobody two. A week in which there was nothing to tell is over too. 1 query, and those of
    ``digest_of`` and 1 for each mail.
    """
    sent = failed = 0
    week = monday_of(timezone.localdate(now))
    for user in waiting_for(now):
        try:
            with transaction.atomic(), translation.override(language_of(user)):
                if not take_digest_week(user=user, week=week):
                    continue
                digest = digest_of(user, now=now)
                if digest:
                    message_of(user, digest).send()
                    sent += 1
        except OSError:
            log.exception("digest_not_sent")
            failed += 1
    return sent, failed


def language_of(user: User) -> str:
    known = dict(settings.LANGUAGES)
    return user.digest_language if user.digest_language in known else settings.LANGUAGE_CODE


def message_of(user: User, digest: Digest) -> EmailMessage:
    """In the language that is active. Programs that show a button to stop need the headers."""
    address = stop_address(user)
    context = {
        "digest": digest,
        "stop_address": address,
        "tasks_address": settings.BASE_URL + reverse("home:mine"),
        "base_url": settings.BASE_URL,
    }
    return EmailMessage(
        _("Je week op Doorzien"),
        render_to_string("home/mail/digest.txt", context),
        to=[str(user.email)],
        headers={
            "List-Unsubscribe": f"<{address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
