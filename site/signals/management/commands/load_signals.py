from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from signals.actions import load_signals
from signals.signal_file import DATA_FILE, SignalFileError, read_signals


class Command(BaseCommand):
    help = "Loads the signals from a YAML file. What an editor changed stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DATA_FILE)
        parser.add_argument(
            "--overwrite", action="store_true", help="also what an editor changed since"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        try:
            entries = read_signals(path.read_text(encoding="utf-8"))
        except (OSError, SignalFileError) as error:
            raise CommandError(f"{path.name}: {error}") from error
        loaded = load_signals(entries=entries, overwrite=options["overwrite"])
        for name in loaded.left_alone:
            self.stdout.write(f"'{name}' was changed by an editor: left alone (--overwrite)")
        self.stdout.write(
            f"signals: {len(loaded.created)} new, {len(loaded.updated)} changed, "
            f"{len(loaded.unchanged)} the same, {len(loaded.left_alone)} left alone"
        )
