"""Makes the key that certificates are signed with as badges."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from certificates.badge_keys import make_badge_key


class Command(BaseCommand):
    help = "Makes a new key for badges. It signs from now on; older ones still check."

    def handle(self, *_args: Any, **_options: Any) -> None:
        path = make_badge_key(now=timezone.now())
        self.stdout.write(f"{path} was made. Keep a copy apart from the database.")
