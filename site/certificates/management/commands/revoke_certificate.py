"""Revokes a certificate."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates.actions import AlreadyRevokedError, revoke_certificate
from certificates.models import Certificate
from certificates.numbers import typed


class Command(BaseCommand):
    help = "Revokes a certificate: whoever checks it sees that from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="as it stands on the certificate")
        parser.add_argument("--reason", required=True, help="what its holder reads")

    def handle(self, *_args: Any, number: str, reason: str, **_options: Any) -> None:
        certificate = Certificate.objects.filter(public_id=typed(number)).first()
        if certificate is None:
            raise CommandError("No certificate has this number.")
        if not reason.strip() or len(reason.strip()) > 200:
            raise CommandError("Give a reason of at most 200 signs.")
        try:
            revoke_certificate(
                certificate=certificate, reason=reason.strip(), now=timezone.now(), user=None
            )
        except AlreadyRevokedError as error:
            raise CommandError("It was revoked before.") from error
        self.stdout.write(f"{certificate.title} of {certificate.issued_on} was revoked.")
