from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.translations import compile_translations


class Command(BaseCommand):
    help = "Makes .mo files of .po files that are newer."
    requires_system_checks: list[str] = []  # must work while a text is still broken

    def handle(self, *args: Any, **options: Any) -> None:
        for locale in settings.LOCALE_PATHS:
            for path in compile_translations(locale):
                self.stdout.write(f"made {path.relative_to(settings.BASE_DIR)}")
