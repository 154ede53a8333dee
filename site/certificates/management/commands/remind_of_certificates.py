"""Tells holders, and who coordinates them, that a certificate ends. For a timer, once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.coordinator_reminders import send_digests
from certificates.reminders import send_reminders


class Command(BaseCommand):
    help = "Sends reminders 60 and 14 days before a certificate ends, once each."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        sent, failed = map(sum, zip(send_reminders(now=now), send_digests(now=now), strict=True))
        if failed:
            raise CommandError(f"{sent} sent, {failed} not: tried again the next time.")
        self.stdout.write(f"{sent} reminders sent.")
