"""One command that makes a machine ready to serve the site. Safe to repeat."""

from __future__ import annotations

import hashlib
import json
import logging
import socket
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.staticfiles import stylesheet
from config.translations import compile_translations
from home.actions import (
    add_missing_texts,
    offer_quiz,
    set_up_editing,
    set_up_reviews,
    set_up_signals,
    set_up_site,
    starter_texts,
)
from home.models import HomePage

STARTER = settings.BASE_DIR / "lessons" / "starter"
FRONT_PACKAGE = "herken-je-dit"  # its first quiz is on the front page of a new site
APPS = ("lessons", "media", "quizzes", "site")


def fingerprint(paths: Iterable[Path], *texts: str) -> str:
    """Changes when the name or the content of any of these files changes."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path).encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()


def files_in(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


class Stamps:
    """What was done already, so that a second start does nothing twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.known = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.known = {}

    def is_new(self, name: str, mark: str) -> bool:
        return self.known.get(name) != mark

    def keep(self, name: str, mark: str) -> None:
        self.known[name] = mark
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.known, indent=1), encoding="utf-8")


class Command(BaseCommand):
    help = "Migrates, collects static files, loads what comes with the site, and the demo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also the demo schools")
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=0, help="0: do not look whether it is free")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["port"]:
            self.see_that_port_is_free(options["host"], options["port"])
        # Wagtail notes each page that it makes; here that would drown the eight lines below.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        self.stamps = Stamps(settings.VAR_DIR / "prepared.json")
        steps: list[tuple[str, Callable[[], str]]] = [
            ("translations", self.translations),
            ("database", self.database),
            ("static files", self.static_files),
            ("pages", self.pages),
            ("helplines", lambda: self.list_of("helplines")),
            ("signals", lambda: self.list_of("signals")),
            ("lesson packages", self.packages),
        ]
        if options["demo"]:
            steps.append(("demo schools", self.demo))
        for number, (name, step) in enumerate(steps, start=1):
            self.stdout.write(f"{number}/{len(steps)}  {name:<16} ", ending="")
            self.stdout.flush()
            started = time.monotonic()
            outcome = step()
            self.stdout.write(f"{outcome} ({time.monotonic() - started:.1f} s)")
        if options["demo"]:
            self.say_where_to_go()

    def see_that_port_is_free(self, host: str, port: int) -> None:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} on {host} is not free ({error.strerror}). "
                    f"Choose another: make run PORT={port + 1}"
                ) from error

    def translations(self) -> str:
        made = [path for locale in settings.LOCALE_PATHS for path in compile_translations(locale)]
        return f"{len(made)} compiled" if made else "up to date"

    def database(self) -> str:
        settings.VAR_DIR.mkdir(exist_ok=True)
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not plan:
            return "up to date"
        self.stdout.write(f"{len(plan)} migrations, about half a minute for all ... ", ending="")
        self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
        return "done"

    def static_files(self) -> str:
        own = files_in(
            *[folder for app in APPS for folder in (settings.BASE_DIR / app).rglob("static")]
        )
        lock = settings.BASE_DIR / "requirements" / "base.txt"
        mark = fingerprint([*own, lock], stylesheet())
        has_manifest = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
        if has_manifest and not self.stamps.is_new("static", mark):
            return "up to date"
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stamps.keep("static", mark)
        return "collected and compressed"

    def pages(self) -> str:
        self.is_fresh = not HomePage.objects.exists()
        home = set_up_site()
        if self.is_fresh:
            set_up_editing()
        set_up_signals()
        set_up_reviews()
        made = add_missing_texts(home=home, texts=starter_texts())
        return f"made {', '.join(made)}" if made else "up to date"

    def database_mark(self) -> str:
        """What was loaded was loaded into this database, not into another."""
        known = connection.settings_dict
        return f"{known['ENGINE']} {known['HOST']} {known['PORT']} {known['NAME']}"

    def is_due(self, name: str, mark: str) -> bool:
        """Whether files must be loaded: another content, or an empty database."""
        return self.is_fresh or self.stamps.is_new(name, mark)

    def list_of(self, app: str) -> str:
        """The file of an app that comes with the site, by the command ``load_<app>``."""
        folder = settings.SITE_DIR / app / "data"
        mark = fingerprint(files_in(folder), self.database_mark())
        if not self.is_due(app, mark):
            return "up to date"
        said = self.run_quietly(f"load_{app}")
        self.stamps.keep(app, mark)
        return said

    def packages(self) -> str:
        loaded = []
        for folder in sorted(path for path in STARTER.iterdir() if path.is_dir()):
            name = f"package {folder.name}"
            mark = fingerprint(files_in(folder), f"{self.database_mark()} with translations")
            if self.is_due(name, mark):
                loaded.append(self.run_quietly("load_package", str(folder)))
                self.stamps.keep(name, mark)
        home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
        if not home.quiz_id:
            package = yaml.safe_load((STARTER / FRONT_PACKAGE / "package.yaml").read_text("utf-8"))
            offer_quiz(home=home, slug=package["quizzes"][0])
        return " ".join(loaded) or "up to date"

    def demo(self) -> str:
        return self.run_quietly("load_demo")

    def run_quietly(self, *command: str) -> str:
        """What the command said last, and before that whatever it left alone."""
        output = StringIO()
        call_command(*command, stdout=output)
        lines = output.getvalue().strip().splitlines() or ["done"]
        return "\n     ".join([*[line for line in lines[:-1] if "left alone" in line], lines[-1]])

    def say_where_to_go(self) -> None:
        demo = json.loads((settings.VAR_DIR / "demo.json").read_text(encoding="utf-8"))
        people = [
            ("teacher", "docent/"),
            ("editor", settings.ADMIN_URL),
            ("admin", settings.ADMIN_URL),
        ]
        self.stdout.write(f"\n  The site      {demo['base_url']}/")
        self.stdout.write(
            f"  As a pupil    {demo['base_url']}/mee/  class code {demo['join_code']}"
        )
        for name, path in people:
            who = demo[name]
            self.stdout.write(
                f"  As {name:<10} {demo['base_url']}/{path}  {who['email']}  {who['password']}"
            )
        self.stdout.write("  All of it     var/demo.json")
        self.stdout.write("  Stop          Ctrl-C\n")
