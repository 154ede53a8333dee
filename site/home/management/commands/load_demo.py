import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.demo import DemoNotAllowedError, load_demo
from lessons.models import LessonPackagePage


class Command(BaseCommand):
    help = "Makes two demo schools with accounts and a class, and writes var/demo.json."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            demo = load_demo()
        except DemoNotAllowedError as error:
            raise CommandError(
                "These settings refuse the demo: its passwords are known to everybody."
            ) from error
        except LessonPackagePage.DoesNotExist as error:
            raise CommandError(
                "Load the starter package first: manage.py load_package lessons/starter/..."
            ) from error
        path = settings.VAR_DIR / "demo.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(demo, indent=2) + "\n", encoding="utf-8")
        self.stdout.write("accounts and addresses are in var/demo.json")
