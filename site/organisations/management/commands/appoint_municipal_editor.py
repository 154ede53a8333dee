"""Lets somebody write what their municipality says in lessons."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from organisations.actions import appoint_municipal_editor
from organisations.municipalities import find


class Command(BaseCommand):
    help = "Gives an account the role of editor of a municipality. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of an account that exists")
        parser.add_argument("municipality", help="a name or a code, such as Utrecht or GM0344")

    def handle(self, *_args: Any, email: str, municipality: str, **_options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No account has the address {email}.")
        found = find(municipality)
        if found is None:
            raise CommandError(
                f"'{municipality}' is no municipality, or could be two. Give its code, as in "
                "organisations/data/municipalities.csv."
            )
        appoint_municipal_editor(user=user, municipality=found)
        self.stdout.write(f"{email} writes for {found.name} ({found.code}).")
