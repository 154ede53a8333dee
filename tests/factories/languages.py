"""The small package in two languages: Dutch, and an English that only differs in its titles."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.test import Client

from lessons.actions import LoadResult
from tests.conftest import browser
from tests.factories.lessons import SMALL_PACKAGE, load_small_package

ENGLISH = {
    "language: nl": "language: en",
    "title: Klein pakket": "title: Little package",
    "title: Kleine quiz": "title: Little quiz",
    "title: Les een": "title: Lesson one",
    "prompt: Wie mag je bellen?": "prompt: Whom may you call?",
}


def make_bilingual(into: Path) -> Path:
    """A folder with the package, and its translation in ``en/``."""
    folder = Path(shutil.copytree(SMALL_PACKAGE, into / "small"))
    (folder / "en").mkdir()
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for dutch, english in ENGLISH.items():
            text = text.replace(dutch, english)
        (folder / "en" / path.name).write_text(text, encoding="utf-8")
    return folder


def load_bilingual(into: Path) -> LoadResult:
    return load_small_package(make_bilingual(into))


def reading(language: str, client: Client | None = None) -> Client:
    """Somebody who chose this language."""
    client = client or browser()
    client.cookies["language"] = language
    return client
