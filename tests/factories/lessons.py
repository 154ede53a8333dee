"""A small lesson package for tests, brought in the way every package is."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from helplines.models import Helpline
from lessons.actions import LoadResult, load_package
from lessons.models import CataloguePage, LessonPackagePage, LessonPage
from media.models import CustomImage
from tests.remembered import Remembered

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


publish_small_package = Remembered(load_small_package)
publish_every_block = Remembered(load_every_block)


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


def add_lesson(package: LessonPackagePage, slug: str, *, steps: int) -> LessonPage:
    """A published lesson with a photo in its last step."""
    content = BytesIO()
    Image.new("RGB", (2000, 1200), (200, 80, 40)).save(content, "JPEG")
    photo = CustomImage(title="Plein", description="Een plein.")
    photo.file = ContentFile(content.getvalue(), name="plein.jpg")
    photo._set_image_file_metadata()
    photo.save()
    blocks: list[list[dict[str, Any]]] = [
        [{"type": "text", "value": f"<p>Dit is stap {number}.</p>"}]
        for number in range(1, steps + 1)
    ]
    blocks[-1].append({"type": "image", "value": {"image": photo.pk, "alt": "Een plein."}})
    page = LessonPage(
        title=f"Les {slug}",
        slug=slug,
        summary="Een les.",
        minutes=5,
        before="<p>Niets</p>",
        short_version="<p>Kort</p>",
        steps=[
            {"type": "step", "value": {"title": f"Stap {number}", "minutes": 1, "blocks": step}}
            for number, step in enumerate(blocks, start=1)
        ],
    )
    package.add_child(instance=page)
    page.save_revision(clean=False).publish()
    return page
