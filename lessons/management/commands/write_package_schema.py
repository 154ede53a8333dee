from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from lessons.package_reference import schema_files


class Command(BaseCommand):
    help = "Writes docs/package-format/*.schema.json from the code that reads packages."

    def handle(self, **_options: Any) -> None:
        folder = settings.BASE_DIR / "docs" / "package-format"
        folder.mkdir(exist_ok=True)
        for name, text in schema_files().items():
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/package-format/{name}")
