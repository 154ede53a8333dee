"""Sends the weekly mails. For a timer, once a day: what failed on Monday goes on Tuesday."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from home.sending_digests import send_digests


class Command(BaseCommand):
    help = "Sends who asked for it a mail about the week, once a week, if there is something."

    def handle(self, *_args: Any, **_options: Any) -> None:
        sent, failed = send_digests(now=timezone.now())
        if failed:
            raise CommandError(f"{sent} sent, {failed} not: tried again the next time.")
        self.stdout.write(f"{sent} weekly mails sent.")
