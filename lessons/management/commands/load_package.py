from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lessons.actions import load_package
from lessons.package_files import PackageError


class Command(BaseCommand):
    """Exit code 1 and every problem with file and line when the package is not good."""

    help = "Loads a lesson package from a folder, or brings it up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder that holds package.yaml")
        parser.add_argument(
            "--overwrite", action="store_true", help="also replace what an editor changed since"
        )

    def handle(self, *, path: Path, overwrite: bool, **_options: Any) -> None:
        if not path.is_dir():
            raise CommandError(f"There is no folder {path}")
        try:
            load_package(folder=path.resolve(), overwrite=overwrite, tell=self.say)
        except PackageError as error:
            count = len(error.problems)
            raise CommandError(
                f"{path.name} was not loaded: {count} "
                f"{'problem' if count == 1 else 'problems'}.\n{error}"
            ) from error

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
