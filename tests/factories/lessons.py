"""A small lesson package for tests, brought in the way every package is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from helplines.models import Helpline
from lessons.actions import LoadResult, load_package
from lessons.models import CataloguePage, LessonPackagePage

PACKAGES = Path(__file__).parents[1] / "lessons" / "packages"
SMALL_PACKAGE = PACKAGES / "small"
EVERY_BLOCK = PACKAGES / "every-block"


def make_helpline(slug: str = "testlijn", **fields: Any) -> Helpline:
    """A helpline with a phone number and a chat."""
    values = {
        "name": "De Testlijn",
        "what": "Zij luisteren.",
        "for_whom": "young_people",
        "phone": "0800-0000",
        "phone_link": "08000000",
        "url": "",
        "chat_url": "https://example.org/chat",
        "hours": "Elke dag",
        "source_title": "Een bron",
        "source_url": "https://example.org/bron",
        "checked_on": date(2026, 1, 1),
        "check_by": date(2030, 1, 1),
        "owner": "redactie",
        **fields,
    }
    return Helpline.objects.get_or_create(slug=slug, defaults=values)[0]


def load_small_package(folder: Path = SMALL_PACKAGE, **options: Any) -> LoadResult:
    """The package with its lesson and quiz, published."""
    make_helpline()
    return load_package(folder=folder, **options)


def load_every_block(folder: Path = EVERY_BLOCK, **options: Any) -> LoadResult:
    """A package with every kind of block in its one lesson, published."""
    make_helpline("kindertelefoon")
    return load_package(folder=folder, **options)


def add_package(catalogue: CataloguePage, number: int, **fields: Any) -> LessonPackagePage:
    """A published package without lessons."""
    values = {
        "title": f"Pakket {number}",
        "slug": f"pakket-{number}",
        "big_idea": "Kijk goed",
        "summary": "<p>Tekst</p>",
        "audience": "young_people",
        "age_from": 12,
        "age_to": 15,
        "level": "vmbo",
        "minutes": 45,
        "before": "<p>Niets</p>",
        "disclosure": "<p>Luister</p>",
        "review_by": date(2030, 1, 1),
        "made_by": "Redactie",
        **fields,
    }
    return catalogue.add_child(instance=LessonPackagePage(**values))
