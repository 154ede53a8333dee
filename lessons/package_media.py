"""Brings in the pictures, recordings and documents of a package, or brings them up to date.

They have no revisions: whether an editor was there since the last load shows from their values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Any, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.files.storage import Storage

from lessons import package_schema as schema
from lessons.models import LoadedContent
from lessons.package_base import Document as DocumentSource
from lessons.package_base import Recording as RecordingSource
from lessons.package_base import Supplement
from lessons.package_documents import FOLDER as DOCUMENTS
from lessons.package_documents import documents_in
from lessons.package_files import PackageFolder
from lessons.package_paths import walk
from lessons.package_questions import PointAtQuestion, SpotMomentsQuestion
from lessons.package_recordings import FOLDER
from media.actions import (
    DocumentContent,
    ImageContent,
    RecordingContent,
    document_values,
    image_values,
    recording_values,
    save_package_document,
    save_package_image,
    save_package_recording,
)
from media.models import CustomDocument, CustomImage, Recording

# Of a file that came with no package: its name follows from what is in it, everywhere.
MADE_NAME = re.compile(r"^(?:image|recording|document)-([0-9a-f]{16})\.[a-z0-9]+$")


def made_name(kind: str, file_hash: str, ending: str) -> str:
    return f"{kind}-{file_hash[:16]}{ending}"


def same_file(model: type[Any], name: str, file_hash: str) -> Any:
    """What is here already of a name that was made: an editor's own, with the same in it."""
    made = MADE_NAME.match(name)
    if made is None or not file_hash.startswith(made[1]):
        return None
    return model.objects.filter(file_hash=file_hash).order_by("pk").first()


def digest_of(values: Any) -> str:
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def pictures_in(lesson: schema.Lesson) -> Iterator[schema.Image]:
    """Wherever they stand: in a block of their own, with a case, in a story."""
    return (model for _, model in walk(lesson) if isinstance(model, schema.Image))


def played_in(lesson: schema.Lesson) -> Iterator[RecordingSource]:
    return (model for _, model in walk(lesson) if isinstance(model, RecordingSource))


def supplements_in(quiz: schema.Quiz) -> list[Supplement]:
    return [one.supplement for one in (*quiz.questions, *quiz.bands) if one.supplement is not None]


def recordings_in(quiz: schema.Quiz) -> list[RecordingSource]:
    asked = [q.recording for q in quiz.questions if isinstance(q, SpotMomentsQuestion)]
    return asked + [one.recording for one in supplements_in(quiz) if one.recording is not None]


def images_in(quiz: schema.Quiz) -> list[schema.Image]:
    pictures = [q.image for q in quiz.questions if isinstance(q, PointAtQuestion)]
    pictures += [one.poster for one in recordings_in(quiz) if one.poster is not None]
    return pictures + [one.image for one in supplements_in(quiz) if one.image is not None]


def media_of(quiz: schema.Quiz, content: PackageFolder) -> list[str]:
    """What a quiz shows and plays: another file of the same name makes another edition."""
    pictures = [digest_of(content.images[image.file]) for image in images_in(quiz)]
    played = [
        digest_of([one.model_dump(), content.recordings[one.file]]) for one in recordings_in(quiz)
    ]
    return pictures + played


def wanted_images(content: PackageFolder) -> dict[str, schema.Image]:
    """Each picture once, with the texts of the place where it comes first."""
    found = {content.package.image.file: content.package.image}
    in_lessons = chain(*map(pictures_in, content.lessons))
    for image in chain(in_lessons, *map(images_in, content.quizzes)):
        found.setdefault(image.file, image)
    return found


def wanted_recordings(content: PackageFolder) -> dict[str, RecordingSource]:
    found: dict[str, RecordingSource] = {}
    in_lessons = chain(*map(played_in, content.lessons))
    for recording in chain(in_lessons, *map(recordings_in, content.quizzes)):
        found.setdefault(recording.file, recording)
    return found


def wanted_documents(content: PackageFolder) -> dict[str, DocumentSource]:
    found: dict[str, DocumentSource] = {}
    for document in chain(*map(documents_in, content.lessons)):
        found.setdefault(document.file, document)
    return found


def image_key(package_file: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"doorzien:image:{package_file}")


def recording_key(package_file: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"doorzien:recording:{package_file}")


def document_key(package_file: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"doorzien:document:{package_file}")


def image_content(content: PackageFolder, name: str, image: schema.Image) -> ImageContent:
    return ImageContent(
        file_name=name,
        content=content.images[name],
        title=image.alt[:255] or name,
        description=image.alt,
        is_decorative=image.decorative,
        credit=image.credit,
    )


def recording_content(
    content: PackageFolder, source: RecordingSource, poster: int | None
) -> RecordingContent:
    file = content.recordings[source.file]
    return RecordingContent(
        file_name=source.file,
        content=file.content,
        poster_id=poster,
        title=source.title,
        language=source.language,
        captions=file.captions,
        transcript=file.transcript,
        description=source.description,
        credit=source.credit,
    )


def document_content(content: PackageFolder, source: DocumentSource) -> DocumentContent:
    return DocumentContent(
        file_name=source.file,
        content=content.downloads[source.file],
        title=source.title,
        language=source.language,
        credit=source.credit,
    )


class MayWrite(Protocol):
    def __call__(self, name: str, *, is_ours: bool, is_new: bool) -> bool: ...


class Wrote(Protocol):
    def __call__(self, name: str, key: UUID, digest: str) -> None: ...


@dataclass(frozen=True)
class PackageMedia:
    """One load of a package's files. ``files`` gets those that were written."""

    content: PackageFolder
    loaded: Mapping[UUID, LoadedContent]
    may_write: MayWrite
    wrote: Wrote
    files: list[tuple[Storage, str]]

    def load_images(self) -> dict[str, int]:
        return {name: self._image(name, one) for name, one in wanted_images(self.content).items()}

    def load_recordings(self, images: Mapping[str, int]) -> dict[str, int]:
        wanted = wanted_recordings(self.content)
        return {name: self._recording(one, images) for name, one in wanted.items()}

    def load_documents(self) -> dict[str, int]:
        wanted = wanted_documents(self.content)
        return {name: self._document(one) for name, one in wanted.items()}

    def _is_due(self, name: str, key: UUID, now: Any, new: Any) -> bool:
        """Whether to write what is there already: other than the package, and nobody's since."""
        if now == new:
            return False
        loaded = self.loaded.get(key)
        is_ours = loaded is not None and loaded.digest == digest_of(now)
        return self.may_write(name, is_ours=is_ours, is_new=False)

    def _note(self, name: str, key: UUID, saved: Any, before: str, values: Any) -> None:
        if saved.file.name != before:
            self.files.append((saved.file.storage, saved.file.name))
        self.wrote(name, key, digest_of(values))

    def _image(self, name: str, image: schema.Image) -> int:
        package_file = f"{self.content.package.slug}/{name}"
        key = image_key(package_file)
        new = image_content(self.content, name, image)
        found = CustomImage.objects.filter(package_file=package_file).first()
        if found is None and (same := same_file(CustomImage, name, new.file_hash)) is not None:
            return same.pk
        if found and not self._is_due(f"images/{name}", key, image_values(found), new.values()):
            return found.pk
        before = str(found.file.name) if found else ""
        saved = save_package_image(image=found, package_file=package_file, new=new)
        self._note(f"images/{name}", key, saved, before, image_values(saved))
        return saved.pk

    def _recording(self, source: RecordingSource, images: Mapping[str, int]) -> int:
        name = f"{FOLDER}/{source.file}"
        package_file = f"{self.content.package.slug}/{source.file}"
        key = recording_key(package_file)
        new = recording_content(
            self.content, source, images[source.poster.file] if source.poster else None
        )
        found = Recording.objects.filter(package_file=package_file).first()
        file_hash = str(new.values()["file_hash"])
        if found is None and (same := same_file(Recording, source.file, file_hash)) is not None:
            return same.pk
        if found and not self._is_due(name, key, recording_values(found), new.values()):
            return found.pk
        before = str(found.file.name) if found else ""
        saved = save_package_recording(recording=found, package_file=package_file, new=new)
        self._note(name, key, saved, before, recording_values(saved))
        return saved.pk

    def _document(self, source: DocumentSource) -> int:
        name = f"{DOCUMENTS}/{source.file}"
        package_file = f"{self.content.package.slug}/{source.file}"
        key = document_key(package_file)
        new = document_content(self.content, source)
        found = CustomDocument.objects.filter(package_file=package_file).first()
        if (
            found is None
            and (same := same_file(CustomDocument, source.file, new.file_hash)) is not None
        ):
            return same.pk
        if found and not self._is_due(name, key, document_values(found), new.values()):
            return found.pk
        before = str(found.file.name) if found else ""
        saved = save_package_document(document=found, package_file=package_file, new=new)
        self._note(name, key, saved, before, document_values(saved))
        return saved.pk
