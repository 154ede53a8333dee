"""Accounts that nobody uses: told twice, taken back by signing in, and then deleted.

Never those of who works for the site, and none that others depend on: those are counted, for
an operator to look at.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.actions import forget_notices_taken_back, note_unused_notice
from accounts.models import UnusedAccountNotice, User
from certificates.models import Certificate
from organisations.models import Role
from privacy.account_deletion import HinderedError, delete_account, hindrances
from privacy.terms import Terms

log = structlog.get_logger("doorzien.privacy")

# What the counts of apply_retention call them.
DELETED = "accounts that nobody uses"
NEEDED = "accounts that nobody uses and others depend on, kept"
OF_STAFF = "accounts that nobody uses of who works for the site, kept"


def unused_since(moment: datetime, *, now: datetime) -> QuerySet[User]:
    """Who did not sign in after this, with ``last_used``; who never did counts from the start.

    A certificate that still counts is used by whoever looks it up. 1 query, and 1 for the notices.
    """
    counting = Certificate.objects.in_force().filter(valid_until__gte=timezone.localdate(now))  # type: ignore[attr-defined]
    notices = Prefetch("unused_notices", UnusedAccountNotice.objects.order_by("sent_at"))
    found = User.objects.annotate(last_used=Coalesce("last_login", "date_joined"))
    found = found.filter(last_used__lt=moment).exclude(pk__in=counting.values("user"))
    return found.order_by("pk").prefetch_related(notices)


def of_staff() -> Q:
    """Those an operator alone takes away: whoever may enter the admin or writes for a
    municipality.
    """
    writes = Role.objects.filter(name=Role.Name.MUNICIPAL_EDITOR).values("user")
    may_enter = Q(is_superuser=True) | Q(is_staff=True) | Q(groups__isnull=False)
    return may_enter | Q(pk__in=writes)


def send_notices(terms: Terms, *, now: datetime) -> tuple[int, int]:
    """How many were told, and how many failed: those are tried again the next time.

    Who has no address, or was put out, cannot be told; the days are noted all the same. 3
    queries, and a few for each.
    """
    forget_notices_taken_back()
    sent = failed = 0
    unused = unused_since(terms.first_notice_since(now), now=now).exclude(pk__in=_staff())
    for user in unused:
        told = _told(user)
        days = terms.account_notice_due(user.last_used, told, now)  # type: ignore[attr-defined]
        if days is None or hindrances(user):
            continue
        goes_at = terms.account_goes_at(user.last_used, {**told, days: now})  # type: ignore[attr-defined]
        try:
            with transaction.atomic():  # a mail that failed was not sent
                if not note_unused_notice(user=user, days=days, now=now):
                    continue
                if user.email and user.is_active:
                    _send(user, goes_at)
                    sent += 1
        except OSError:
            log.exception("notice_not_sent")
            failed += 1
    return sent, failed


def delete_unused_accounts(
    terms: Terms, *, now: datetime, is_trial: bool = False
) -> dict[str, int]:
    """Deletes those that were told in time; how many, and how many are kept all the same.

    A trial only counts. Each is a transaction of its own. Raises ``OSError`` when the erasure
    list cannot be written.
    """
    counts = dict.fromkeys((DELETED, NEEDED, OF_STAFF), 0)
    past = unused_since(terms.account_since(now), now=now)
    counts[OF_STAFF] = past.filter(pk__in=_staff()).count()
    for user in past.exclude(pk__in=_staff()):
        if hindrances(user):
            counts[NEEDED] += 1
        elif terms.account_is_over(user.last_used, _told(user), now):  # type: ignore[attr-defined]
            counts[DELETED] += is_trial or _delete(user, terms, now)
    return counts


def _delete(user: User, terms: Terms, now: datetime) -> bool:
    """Whether it is gone: not when somebody signed in a moment ago."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if not unused_since(terms.account_since(now), now=now).filter(pk=user.pk).exists():
            return False
        try:
            delete_account(user=user, now=now)
        except HinderedError:
            return False
    return True


def _staff() -> QuerySet[User]:
    return User.objects.filter(of_staff()).values("pk")  # type: ignore[return-value]


def _told(user: User) -> dict[int, datetime]:
    """When each notice went that counts: those after the last sign-in. No query."""
    return {
        notice.days: notice.sent_at
        for notice in user.unused_notices.all()
        if notice.sent_at > user.last_used  # type: ignore[attr-defined]
    }


def _send(user: User, goes_at: datetime) -> None:
    """In the language of the site: nobody told us which one somebody reads."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {
            "date": timezone.localdate(goes_at),
            "address": settings.BASE_URL + reverse("account_login"),
        }
        text = render_to_string("privacy/mail/unused_account.txt", context)
        send_mail(_("Gebruik je je account nog?"), text, None, [str(user.email)])
