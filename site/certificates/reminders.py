"""Mail to who has a certificate that ends: 60 and 14 days before, once each.

What their coordinator gets is in ``coordinator_reminders``.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from certificates.actions import note_reminder
from certificates.coordinator_reminders import organisations_that_hear
from certificates.models import Certificate
from certificates.validity import reminder_due

log = structlog.get_logger("doorzien.certificates")


def send_reminders(*, now: datetime) -> tuple[int, int]:
    """How many were sent, and how many failed: those are tried again the next time.

    2 queries, and a few for each that is sent.
    """
    today = timezone.localdate(now)
    sent = failed = 0
    ending = Certificate.objects.ending_soon(today=today).filter(user__is_active=True)
    for certificate in ending.select_related("user").prefetch_related("reminders"):
        told = [reminder.days for reminder in certificate.reminders.all()]
        days = reminder_due(valid_until=certificate.valid_until, today=today, sent=told)
        if days is None or not certificate.user.email:
            continue
        try:
            with transaction.atomic():  # a mail that failed was not sent
                if not note_reminder(certificate=certificate, days=days, now=now):
                    continue
                _send(certificate)
        except OSError:
            log.exception("reminder_not_sent")
            failed += 1
        else:
            sent += 1
    return sent, failed


def _send(certificate: Certificate) -> None:
    with translation.override(certificate.language):
        context = {
            "certificate": certificate,
            "organisations": organisations_that_hear(certificate.user),
            "address": settings.BASE_URL + reverse("certificates:list"),
        }
        text = render_to_string("certificates/mail/reminder.txt", context)
        subject = _("Je certificaat loopt af")
    send_mail(subject, text, None, [str(certificate.user.email)])
