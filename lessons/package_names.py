"""What the pages and quizzes of a package point at, by the names that a package file uses.

Each number is looked up once: 1 query for each picture, recording, document, quiz and lesson.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.models import Page

from helplines.models import Helpline
from lessons.models import LessonPage
from lessons.package_media import MADE_NAME, made_name
from media.captions import read_captions
from media.documents import EXTENSIONS
from media.models import CustomDocument, CustomImage, Recording
from media.transcripts import from_captions, write_transcript
from quizzes.models import Quiz
from signals.models import Signal

IMAGE_ENDINGS = {".svg": ".svg", ".png": ".png", ".jpg": ".jpg", ".jpeg": ".jpg", ".webp": ".webp"}
RECORDING_ENDINGS = {one: one for one in (".mp4", ".webm", ".weba", ".m4a", ".mp3", ".ogg")}
DOCUMENT_ENDINGS = {f".{one}": f".{one}" for one in EXTENSIONS}
_FILE = re.compile(r"^[a-z0-9-]+\.[a-z0-9]+$")


class Names:
    """Of one package. ``problems`` gets what has no name in a package file."""

    def __init__(self, slug: str, package: Any = None) -> None:
        """``package`` is its page, where there is one already."""
        self.slug = slug
        there = LessonPage.objects.child_of(package) if package else LessonPage.objects.none()
        self.lessons_there = {lesson.translation_key: lesson.slug for lesson in there}
        self.images: dict[str, CustomImage] = {}
        self.recordings: dict[str, Recording] = {}
        self.documents: dict[str, CustomDocument] = {}
        self.problems: list[str] = []
        self.helplines = dict(Helpline.objects.values_list("pk", "slug"))
        self.signals = dict(Signal.objects.values_list("pk", "slug"))
        self.quiz = cache(self._quiz)
        self.lesson = cache(self._lesson)
        self._image = cache(self._find_image)
        self._recording = cache(self._find_recording)
        self._document = cache(self._find_document)

    def image(self, number: int | None, *, alt: str = "", decorative: bool | None = None) -> Any:
        """A picture with its text at this place; nothing for one that was deleted."""
        found = self._image(number) if number else None
        if found is None:
            return None
        name, image = found
        is_decorative = not alt.strip() if decorative is None else decorative
        return {
            "file": name,
            "alt": "" if is_decorative else alt,
            "decorative": is_decorative,
            "credit": image.credit,
        }

    def cover(self, image: CustomImage | None) -> Any:
        if image is None:
            return None
        return self.image(image.pk, alt="" if image.is_decorative else image.description)

    def recording(self, number: int | None) -> Any:
        found = self._recording(number) if number else None
        if found is None:
            return None
        name, one = found
        captions = self.captions(one)
        transcript = _lines(one.transcript)
        if transcript == write_transcript(from_captions(read_captions(captions).cues)):
            transcript = ""
        poster = self.cover(one.poster)
        return {
            "file": name,
            "captions": f"{PurePosixPath(name).stem}.vtt",
            "title": one.title,
            "language": one.language,
            "transcript": transcript,
            "description": one.description,
            "credit": one.credit,
            **({"poster": poster} if poster else {}),
        }

    def document(self, number: int | None) -> Any:
        found = self._document(number) if number else None
        if found is None:
            return None
        name, one = found
        return {"file": name, "title": one.title, "language": one.language, "credit": one.credit}

    def captions(self, recording: Recording) -> str:
        return _lines(recording.captions)

    def address(self, kind: str, number: str) -> str:
        """Of a link inside the site: the whole of it, because elsewhere it is another site."""
        if kind != "page" or not number.isdigit():
            return ""
        page = Page.objects.filter(pk=int(number)).first()
        return (page.full_url or "") if page else ""

    def _quiz(self, number: int | None) -> str | None:
        return Quiz.objects.filter(pk=number).values_list("slug", flat=True).first()

    def _lesson(self, number: int | None) -> str | None:
        """Nothing for a lesson of another package, which is a problem, or one that is gone."""
        lesson = LessonPage.objects.filter(pk=number).first()
        if lesson is None:
            return None
        slug = self.lessons_there.get(lesson.translation_key)
        if slug is None:
            told = _(
                "een vraag of uitslag verwijst naar ‘%(lesson)s’, een les van een ander pakket"
            )
            self.problems.append(told % {"lesson": lesson.title})
        return slug

    def _find_image(self, number: int) -> tuple[str, CustomImage] | None:
        image = CustomImage.objects.filter(pk=number).first()
        if image is None:
            return None
        name = self._file_name(image, "image", IMAGE_ENDINGS)
        self.images[name] = image
        return name, image

    def _find_recording(self, number: int) -> tuple[str, Recording] | None:
        recording = Recording.objects.select_related("poster").filter(pk=number).first()
        if recording is None:
            return None
        name = self._file_name(recording, "recording", RECORDING_ENDINGS)
        self.recordings[name] = recording
        return name, recording

    def _find_document(self, number: int) -> tuple[str, CustomDocument] | None:
        document = CustomDocument.objects.filter(pk=number).first()
        if document is None:
            return None
        name = self._file_name(document, "document", DOCUMENT_ENDINGS)
        self.documents[name] = document
        if not document.credit.strip():
            told = _("bij ‘%(title)s’ staat nog niet wie het maakte, en met welke licentie")
            self.problems.append(told % {"title": document.title})
        return name, document

    def _file_name(self, thing: Model, kind: str, endings: dict[str, str]) -> str:
        """As in the package that it came with, or else one that follows from what is in it."""
        given: Any = thing
        folder, _slash, name = given.package_file.rpartition("/")
        if folder == self.slug and _FILE.match(name) and not MADE_NAME.match(name):
            return str(name)
        ending = endings.get(PurePosixPath(given.file.name).suffix.lower())
        if ending is None:
            told = _("‘%(title)s’ is een bestand dat niet in een pakket kan: %(name)s")
            values = {"title": given.title, "name": PurePosixPath(given.file.name).name}
            self.problems.append(told % values)
        return made_name(kind, given.file_hash, ending or ".png")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
