"""Tells holders that a certificate ends. For a timer, once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certificates.reminders import send_reminders


class Command(BaseCommand):
    help = "Sends reminders 60 and 14 days before a certificate ends, once each."

    def handle(self, *_args: Any, **_options: Any) -> None:
        sent, failed = send_reminders(now=timezone.now())
        if failed:
            raise CommandError(f"{sent} sent, {failed} not: tried again the next time.")
        self.stdout.write(f"{sent} reminders sent.")
