"""Tells who has not signed in for long that the account goes. For a timer, once a day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from privacy.unused_accounts import send_notices


class Command(BaseCommand):
    help = "Mails 60 and 14 days before an account that nobody uses is deleted, once each."

    def handle(self, *_args: Any, **_options: Any) -> None:
        sent, failed = send_notices(settings.RETENTION, now=timezone.now())
        if failed:
            raise CommandError(f"{sent} sent, {failed} not: tried again the next time.")
        self.stdout.write(f"{sent} notices sent.")
