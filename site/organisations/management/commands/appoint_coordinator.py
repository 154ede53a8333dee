"""Lets somebody look after their organisation, and confirms it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from organisations.actions import appoint_coordinator
from organisations.models import Role


class Command(BaseCommand):
    help = (
        "Gives a teacher's account the role of coordinator of its organisation, which is then no "
        "longer provisional. Ask the organisation first. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of an account that belongs to the organisation")
        parser.add_argument(
            "organisation", nargs="?", help="its name or id, when the account has more than one"
        )

    def handle(
        self, *_args: Any, email: str, organisation: str | None = None, **_options: Any
    ) -> None:
        roles = Role.objects.of_colleagues().filter(user__email__iexact=email)  # type: ignore[attr-defined]
        found = [
            role
            for role in roles.select_related("organisation")
            if organisation in (None, role.organisation.name, str(role.organisation.public_id))
        ]
        if not found:
            raise CommandError(f"No account with the address {email} works there.")
        if len(found) > 1:
            names = ", ".join(
                f"{role.organisation.name} ({role.organisation.public_id})" for role in found
            )
            raise CommandError(f"Say which organisation: {names}.")
        role = appoint_coordinator(role=found[0], now=timezone.now())
        self.stdout.write(
            f"{email} looks after {role.organisation.name} ({role.organisation.public_id})."
        )
