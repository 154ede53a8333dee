"""For somebody who lost both their phone and their recovery codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import remove_second_factors
from accounts.models import User


class Command(BaseCommand):
    help = "Takes the second step away from an account, and signs it out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of an account that exists")

    def handle(self, *_args: Any, email: str, **_options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        count = remove_second_factors(user=user)
        self.stdout.write(f"{email}: {count} taken away; signed out everywhere.")
