"""Compares the list of municipalities with a newer one. Changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisations.municipalities import UnreadableListError, compare, municipalities, read_list


class Command(BaseCommand):
    help = "Says which municipalities are new, gone or renamed in a file of Statistics Netherlands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a table with codes and names")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            found = read_list(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, UnreadableListError) as error:
            raise CommandError(f"{file}: {error}") from error
        other = compare(found)
        for one in other.new:
            self.stdout.write(f"new      {one.code}  {one.name}")
        for one in other.gone:
            self.stdout.write(f"gone     {one.code}  {one.name}")
        for ours, theirs in other.renamed:
            self.stdout.write(f"renamed  {ours.code}  {ours.name} -> {theirs.name}")
        if not other.is_same:
            raise CommandError("The list in data/municipalities.csv is not the same as this one.")
        self.stdout.write(f"The same {len(municipalities())} municipalities.")
