"""Mail to who coordinates: whose certificate ends. One mail with all colleagues, none twice.

A coordinator hears about who works in their organisation now, by the name under which they see
them there, and of the certificate only the path and the last day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from certificates.actions import note_coordinator_reminders
from certificates.models import Certificate, CoordinatorReminder
from certificates.validity import reminder_due
from organisations.models import Organisation, Role

log = structlog.get_logger("doorzien.certificates")


@dataclass
class Digest:
    """What one coordinator is told in one mail."""

    coordinator: User
    due: dict[Certificate, int] = field(default_factory=dict)  # and which reminder it is
    ending: dict[Organisation, list[tuple[str, Certificate]]] = field(default_factory=dict)

    def add(self, organisation: Organisation, certificate: Certificate, days: int) -> None:
        self.due[certificate] = days
        name = " ".join(str(certificate.user).split())  # one line each, whatever somebody typed
        self.ending.setdefault(organisation, []).append((name, certificate))


def send_digests(*, now: datetime) -> tuple[int, int]:
    """How many mails were sent, and how many failed: those are tried again the next time.

    4 queries, and 3 for each mail.
    """
    sent = failed = 0
    for digest in digests(today=timezone.localdate(now)):
        try:
            with transaction.atomic():  # a mail that failed told nobody
                note_coordinator_reminders(
                    coordinator=digest.coordinator, due=digest.due.items(), now=now
                )
                _send(digest)
        except IntegrityError:  # somebody else is sending it; what that leaves out goes next time
            continue
        except OSError:
            log.exception("digest_not_sent")
            failed += 1
        else:
            sent += 1
    return sent, failed


def digests(*, today: date) -> list[Digest]:
    """Whom to tell about which colleagues, in the order in which certificates end. 4 queries."""
    ending = Certificate.objects.ending_soon(today=today).filter(user__is_active=True)
    certificates = list(ending.select_related("user").order_by("valid_until", "pk"))
    works_at: defaultdict[int, list[int]] = defaultdict(list)
    roles = Role.objects.filter(user__in={one.user_id for one in certificates})
    places = roles.working_together().order_by("organisation__name", "pk")  # type: ignore[attr-defined]
    for user, organisation in places.values_list("user_id", "organisation_id"):
        works_at[user].append(organisation)
    coordinators = _coordinators({one for found in works_at.values() for one in found})
    told: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    before = CoordinatorReminder.objects.filter(certificate__in=certificates)
    for certificate, coordinator, days in before.values_list(
        "certificate_id", "coordinator_id", "days"
    ):
        told[certificate, coordinator].add(days)
    found: dict[int, Digest] = {}
    for one in certificates:
        for role in (role for place in works_at[one.user_id] for role in coordinators[place]):
            due = reminder_due(
                valid_until=one.valid_until, today=today, sent=told[one.pk, role.user_id]
            )
            if due is not None and role.user_id != one.user_id:  # who reads it as the holder
                digest = found.setdefault(role.user_id, Digest(role.user))
                digest.add(role.organisation, one, due)
    return list(found.values())


def _coordinators(organisations: set[int]) -> defaultdict[int, list[Role]]:
    """Who coordinates each of these, and can be written to. 1 query."""
    found: defaultdict[int, list[Role]] = defaultdict(list)
    roles = _to_write_to().filter(organisation__in=organisations)
    for role in roles.select_related("user", "organisation").order_by("pk"):
        found[role.organisation_id].append(role)
    return found


def _to_write_to() -> Any:
    """The roles of coordinators with an address."""
    return Role.objects.coordinating().exclude(user__email=None).exclude(user__email="")  # type: ignore[attr-defined]


def organisations_that_hear(user: User) -> list[str]:
    """Where a coordinator is told when a certificate of this user ends, by name. 1 query."""
    others = _to_write_to().filter(organisation=OuterRef("organisation")).exclude(user=user)
    own = Role.objects.of(user).working_together().filter(Exists(others))  # type: ignore[attr-defined]
    return list(own.order_by("organisation__name").values_list("organisation__name", flat=True))


def _send(digest: Digest) -> None:
    """In the language of the site: nobody told us which one a coordinator reads."""
    with translation.override(settings.LANGUAGE_CODE):
        context = {"digest": digest}
        text = render_to_string("certificates/mail/coordinator_reminder.txt", context)
        subject = _("Certificaten van collega's lopen af")
        send_mail(subject, text, None, [str(digest.coordinator.email)])
