from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from helplines.actions import load_helplines
from helplines.helpline_file import DATA_FILE, HelplineFileError, read_helplines


class Command(BaseCommand):
    help = "Loads the helplines from a YAML file. What an editor changed stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DATA_FILE)
        parser.add_argument(
            "--overwrite", action="store_true", help="also what an editor changed since"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            entries = read_helplines(path.read_text(encoding="utf-8"))
        except (OSError, HelplineFileError) as error:
            raise CommandError(f"{path.name}: {error}") from error
        loaded = load_helplines(entries=entries, overwrite=options["overwrite"])
        for slug in loaded.left_alone:
            self.stdout.write(f"'{slug}' was changed by an editor: left alone (--overwrite)")
        self.stdout.write(
            f"helplines: {len(loaded.created)} new, {len(loaded.updated)} changed, "
            f"{len(loaded.unchanged)} the same, {len(loaded.left_alone)} left alone"
        )
