import gettext
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import django
import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.translations import Faults, compare, texts_in, update

ENGLISH = "nplurals=2; plural=(n != 1);"
APPS = ("lessons", "media", "quizzes", "site")


def djangos_plural_forms(language: str) -> str:
    """The rule for counted texts that Django's own catalogue has; ours must have the same."""
    folder = Path(django.__file__).parent / "conf" / "locale"
    return gettext.translation("django", folder, [language]).info().get("plural-forms", ENGLISH)


class Command(BaseCommand):
    help = "Fails when a Dutch text has no translation, or a translation no text."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--update", action="store_true", help="write new entries and drop unused ones"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        texts = texts_in([settings.BASE_DIR / app for app in APPS])
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        bad = 0
        for language in languages:
            path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
            catalogue = self.open(path, language)
            if options["update"]:
                update(texts, catalogue, settings.BASE_DIR)
                path.parent.mkdir(parents=True, exist_ok=True)
                catalogue.save(str(path))
            faults = compare(texts, catalogue)
            self.report(language, faults)
            bad += bool(faults)
        if bad and not options["update"]:
            raise CommandError("Translations are not complete. New texts go in with --update.")
        self.stdout.write(f"{len(texts)} texts in {len(languages) + 1} languages")

    def open(self, path: Path, language: str) -> polib.POFile:
        if path.exists():
            return polib.pofile(str(path), wrapwidth=88)
        catalogue = polib.POFile(wrapwidth=88)
        catalogue.metadata = {
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": djangos_plural_forms(language),
        }
        return catalogue

    def report(self, language: str, faults: Faults) -> None:
        kinds = {
            "missing": [text.msgid for text in faults.missing],
            "fuzzy": faults.fuzzy,
            "no longer used": faults.obsolete,
            "other placeholders": faults.broken,
        }
        for kind, msgids in kinds.items():
            for msgid in msgids:
                self.stderr.write(f"{language}: {kind}: {msgid!r}")
