"""Deletes what is past its term. For a timer, each night."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from privacy.actions import apply_terms
from privacy.unused_accounts import delete_unused_accounts


class Command(BaseCommand):
    help = "Deletes what is past its term (docs/data-map.md). With --dry-run it only counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count, and delete nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        counts = apply_terms(settings.RETENTION, now=timezone.now(), is_trial=dry_run)
        counts |= delete_unused_accounts(settings.RETENTION, now=timezone.now(), is_trial=dry_run)
        for what, count in counts.items():
            self.stdout.write(f"{count:8}  {what}")
        self.stdout.write("Nothing was deleted." if dry_run else "Deleted.")
