"""What bringing in a package would do, part by part, before anything is done. Reads only.

A part that is here already is written as a file would have it, and compared with the file. Which
parts may be written follows from ``LoadedContent``, as in ``loading``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Model
from pydantic import BaseModel, ValidationError

from lessons import package_schema as schema
from lessons.markdown_writing import to_markdown
from lessons.models import LessonPackagePage, LessonPage, LoadedContent
from lessons.package_base import Document, Image, Recording
from lessons.package_content import school_types
from lessons.package_differences import Difference, differences
from lessons.package_documents import FOLDER as DOCUMENTS
from lessons.package_files import PackageFolder
from lessons.package_media import (
    digest_of,
    document_content,
    document_key,
    image_content,
    image_key,
    images_in,
    recording_content,
    recording_key,
    recordings_in,
    same_file,
    wanted_documents,
    wanted_images,
    wanted_recordings,
)
from lessons.package_names import Names
from lessons.package_paths import walk
from lessons.package_questions.scales import Telling
from lessons.package_recordings import FOLDER
from lessons.package_texts import MARKDOWN_FIELDS
from lessons.package_writing import as_written
from lessons.part_writing import PartWriting
from lessons.rich_text import to_html
from media.actions import document_values, image_values, recording_values
from media.models import CustomDocument, CustomImage
from media.models import Recording as KeptRecording
from quizzes.models import Quiz

NEW, CHANGED, UNCHANGED, KEPT = "new", "changed", "unchanged", "kept"


@dataclass(frozen=True)
class Part:
    """A page, quiz or file of a package. ``name`` is as ``LoadResult`` names it."""

    kind: str  # package, lesson, quiz, image, recording, document
    name: str
    title: str
    state: str  # one of the four above
    key: UUID
    language: str = ""
    differences: tuple[Difference, ...] = field(default=())

    @property
    def is_written(self) -> bool:
        return self.state in (NEW, CHANGED)


def plan(content: PackageFolder, translations: list[PackageFolder]) -> list[Part]:
    """Every part of the package. Some queries per part that is here already."""
    loaded = {one.key: one for one in LoadedContent.objects.all()}
    files = list(_files(content, loaded))
    changed = {part.name for part in files if part.is_written}
    parts = list(Planning(content, loaded, changed).parts())
    for translation in translations:
        parts += Planning(translation, loaded, changed, original=content).parts()
    return parts + files


class Planning:
    """One language of a package."""

    def __init__(
        self,
        content: PackageFolder,
        loaded: dict[UUID, LoadedContent],
        changed_files: set[str],
        original: PackageFolder | None = None,
    ) -> None:
        self.content = content
        self.loaded = loaded
        self.changed_files = changed_files
        self.language = content.package.language if original else ""
        self.page = self.find(LessonPackagePage, content.package.id)
        self.write = PartWriting(Names(content.package.slug, self.page))

    def find(self, model: type[Any], key: UUID) -> Any:
        found = model.objects.filter(key=key).select_related("locale").first()
        if not self.language or found is None:
            return found
        shared = model.objects.filter(translation_key=found.translation_key)
        return shared.filter(locale__language_code=self.language).select_related("locale").first()

    def parts(self) -> Iterator[Part]:
        package = self.content.package
        yield self.part("package", package, self.page, self.package_now())
        for lesson in self.content.lessons:
            page = self.find(LessonPage, lesson.id)
            now = self.write.lesson(page) if page else None
            yield self.part("lesson", lesson, page, now)
        for quiz in self.content.quizzes:
            found = self.find(Quiz, quiz.id)
            now = self.write.quiz(found, package.audience) if found else None
            yield self.part("quiz", quiz, found, now, self.files_of(quiz))

    def package_now(self) -> dict[str, Any] | None:
        """With those of the file's lessons that are here, in the order in which they are."""
        if self.page is None:
            return None
        wanted = set(self.content.package.lessons)
        here = LessonPage.objects.child_of(self.page).order_by("path")
        slugs = [one for one in here.values_list("slug", flat=True) if one in wanted]
        quizzes = list(self.content.package.quizzes)
        now = self.write.package(self.page, self.content.package.id)
        return {**now, "lessons": slugs, "quizzes": quizzes}

    def files_of(self, quiz: schema.Quiz) -> list[str]:
        names = [f"images/{one.file}" for one in images_in(quiz)]
        return names + [f"{FOLDER}/{one.file}" for one in recordings_in(quiz)]

    def part(
        self,
        kind: str,
        source: Any,
        found: Any,
        now: dict[str, Any] | None,
        files: list[str] | None = None,
    ) -> Part:
        key = uuid5(source.id, self.language) if self.language else source.id
        then = comparable(source)
        told: list[Difference] = []
        if now is not None:
            told = list(differences(comparable_written(type(source), now), then))
            if self.language:  # it has the address of what it translates
                told = [one for one in told if one.place != ("slug",)]
            told += [
                Difference(("file",), "", name)
                for name in dict.fromkeys(files or ())
                if name in self.changed_files
            ]
        return Part(
            kind=kind,
            name=f"{self.language}/{source.slug}" if self.language else source.slug,
            title=source.title,
            state=self.state(found, key, bool(told)),
            key=key,
            language=self.language or settings.LANGUAGE_CODE,
            differences=tuple(told),
        )

    def state(self, found: Any, key: UUID, differs: bool) -> str:
        if found is None:
            return NEW
        if not differs:
            return UNCHANGED
        loaded = self.loaded.get(key)
        is_free = found.live and not found.locked
        is_ours = loaded and is_free and loaded.revision_id == found.latest_revision_id
        return CHANGED if is_ours else KEPT


def comparable(part: BaseModel) -> dict[str, Any]:
    """A part of a file with every text as this site would write it."""
    written = as_written(part)
    for place, model in walk(part):
        at = _at(written, place)
        if at is None:
            continue
        for name, features in MARKDOWN_FIELDS.get(type(model), {}).items():
            if at.get(name):
                at[name] = to_markdown(to_html(at[name], features), features)
        if isinstance(model, Image):  # who made it is kept with the picture
            at.pop("credit", None)
        if isinstance(model, Recording | Document):  # all of it is
            at.clear()
            at["file"] = model.file
        for name, value in model:
            if isinstance(value, Decimal):
                at[name] = f"{value.normalize():f}"
            if isinstance(model, Telling) and name == "text":
                at[name] = value.strip()
    if isinstance(part, schema.Lesson):  # for who reads the file: a page keeps those of blocks
        written.pop("sources", None)
    if isinstance(part, schema.Package):
        written["school_types"] = list(school_types(part))
        written["image"] = {"file": part.image.file}
    return written


def comparable_written(model: type[BaseModel], now: dict[str, Any]) -> dict[str, Any]:
    """The same of what is here. What the schema would refuse stays as it is."""
    try:
        return comparable(model.model_validate(now))
    except ValidationError:
        return now


def _at(written: Any, place: tuple[str | int, ...]) -> Any:
    for part in place:
        if isinstance(written, dict) and part not in written:
            return None
        written = written[part]
    return written


def _files(content: PackageFolder, loaded: dict[UUID, LoadedContent]) -> Iterator[Part]:
    slug = content.package.slug
    pictures: dict[str, CustomImage | None] = {}
    for name, image in wanted_images(content).items():
        package_file = f"{slug}/{name}"
        new = image_content(content, name, image)
        found = CustomImage.objects.filter(package_file=package_file).first()
        same = None if found else same_file(CustomImage, name, new.file_hash)
        pictures[name] = found or same
        state = _state(loaded, image_key(package_file), found, image_values, new.values(), same)
        yield Part("image", f"images/{name}", image.alt or name, state, image_key(package_file))
    for name, source in wanted_recordings(content).items():
        package_file = f"{slug}/{name}"
        poster = pictures.get(source.poster.file) if source.poster else None
        fresh = recording_content(content, source, poster.pk if poster else None)
        values = fresh.values()
        kept = KeptRecording.objects.filter(package_file=package_file).first()
        twin = None if kept else same_file(KeptRecording, name, str(values["file_hash"]))
        key = recording_key(package_file)
        state = _state(loaded, key, kept, recording_values, values, twin)
        yield Part("recording", f"{FOLDER}/{name}", source.title, state, key)
    for name, told in wanted_documents(content).items():
        package_file = f"{slug}/{name}"
        brought = document_content(content, told)
        there = CustomDocument.objects.filter(package_file=package_file).first()
        like = None if there else same_file(CustomDocument, name, brought.file_hash)
        key = document_key(package_file)
        state = _state(loaded, key, there, document_values, brought.values(), like)
        yield Part("document", f"{DOCUMENTS}/{name}", told.title, state, key)


def _state(
    loaded: dict[UUID, LoadedContent],
    key: UUID,
    found: Model | None,
    values_of: Any,
    new: Any,
    same: Model | None,
) -> str:
    if found is None:
        return UNCHANGED if same else NEW
    now = values_of(found)
    if now == new:
        return UNCHANGED
    is_ours = key in loaded and loaded[key].digest == digest_of(now)
    return CHANGED if is_ours else KEPT
