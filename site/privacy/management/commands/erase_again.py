"""Erases who asked for it, after a backup brought them back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy import erasure_list
from privacy.account_deletion import erase_accounts_again
from privacy.actions import erase_again, list_path


class Command(BaseCommand):
    help = "After restoring a backup: erases again every learner and account on the erasure list."

    def handle(self, *args: Any, **options: Any) -> None:
        path = list_path()
        try:
            listed = erasure_list.read(path)
        except (OSError, ValueError) as error:
            raise CommandError(f"The erasure list cannot be read. {error}") from error
        back = erase_again(listed) + erase_accounts_again(listed)
        self.stdout.write(f"{len(listed)} on the list in {path}; {back} were back and are erased.")
