"""Everything that writes images, recordings and documents."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from hashlib import sha1
from io import BytesIO

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from media.containers import read_container
from media.models import CustomDocument, CustomImage, Recording

KEPT_FOLDER = "kept_images"
KEPT_RECORDINGS = "kept_recordings"
KEPT_SIZE = 1600  # pixels, at most, of what is not a drawing


@dataclass(frozen=True)
class KeptImage:
    """A copy that no later change of the picture reaches. ``name`` is where the storage has it."""

    name: str
    width: int
    height: int


def keep_copy(image: CustomImage) -> KeptImage:
    """A copy of the picture as it is now, for what must never change afterwards.

    Replacing or deleting a picture deletes its file and its sizes, so whoever has to show
    this picture for good needs a file of their own. It is named for what is in it: the same
    picture is kept once, and a copy is never written over. A photo is made smaller, which
    also takes out where it was made.
    """
    if image.is_svg():
        name = f"{KEPT_FOLDER}/{image.get_file_hash()}.svg"
        if not default_storage.exists(name):
            with image.file.storage.open(image.file.name, "rb") as drawing:
                _save_once(name, ContentFile(drawing.read()))
        return KeptImage(name, image.width, image.height)
    name = f"{KEPT_FOLDER}/{image.get_file_hash()}.webp"
    if not default_storage.exists(name):
        with image.file.storage.open(image.file.name, "rb") as photo:
            _save_once(name, ContentFile(_smaller(photo)))
    with default_storage.open(name, "rb") as kept, Image.open(kept) as photo:
        return KeptImage(name, *photo.size)


def _smaller(photo: File) -> bytes:
    """Upright, and without what a camera writes beside the picture."""
    made = BytesIO()
    with Image.open(photo) as original:
        upright = ImageOps.exif_transpose(original).convert("RGBA")
        upright.thumbnail((KEPT_SIZE, KEPT_SIZE))
        upright.save(made, "WEBP", quality=82)
    return made.getvalue()


def _save_once(name: str, content: File) -> None:
    saved = default_storage.save(name, content)
    if saved != name:  # somebody else was first, with the same file
        default_storage.delete(saved)


@dataclass(frozen=True)
class KeptRecording:
    """A copy that no later change of the recording reaches, with its captions and texts.

    ``name`` and ``captions`` are where the storage has the files.
    """

    kind: str
    name: str
    captions: str
    poster: KeptImage | None
    language: str
    tenths: int
    description: str
    credit: str


def keep_recording(recording: Recording) -> KeptRecording:
    """A copy of the recording as it is now; see ``keep_copy``.

    Its captions are written anew from what was read in them, so that nothing else that an
    editor put there goes along.
    """
    original_name = str(recording.file.name)
    name = f"{KEPT_RECORDINGS}/{recording.file_hash}{os.path.splitext(original_name)[1]}"
    if not default_storage.exists(name):
        with recording.file.storage.open(original_name, "rb") as original:
            _save_once(name, original)
    captions = recording.captions_file.encode()
    captions_name = f"{KEPT_RECORDINGS}/{sha1(captions, usedforsecurity=False).hexdigest()}.vtt"
    if not default_storage.exists(captions_name):
        _save_once(captions_name, ContentFile(captions))
    poster = keep_copy(recording.poster) if recording.poster else None
    return KeptRecording(
        kind=recording.kind,
        name=name,
        captions=captions_name,
        poster=poster,
        language=recording.language,
        tenths=recording.duration_tenths,
        description=recording.description,
        credit=recording.credit,
    )


@dataclass(frozen=True)
class ImageContent:
    """A picture from a package, with what belongs to it."""

    file_name: str
    content: bytes
    title: str
    description: str
    is_decorative: bool
    credit: str

    @property
    def file_hash(self) -> str:
        """As Wagtail makes it: for telling files apart, not for safety."""
        return sha1(self.content, usedforsecurity=False).hexdigest()

    def values(self) -> dict[str, str | bool]:
        """What an image in the database can be compared with."""
        values = asdict(self)
        del values["content"], values["file_name"]
        return {**values, "file_hash": self.file_hash}


def image_values(image: CustomImage) -> dict[str, str | bool]:
    """The same values of an image as it stands."""
    names = ("title", "description", "is_decorative", "credit", "file_hash")
    return {name: getattr(image, name) for name in names}


@transaction.atomic
def save_package_image(
    *, image: CustomImage | None, package_file: str, new: ImageContent
) -> CustomImage:
    """Makes the image, or brings it up to date; the old file goes after the commit.

    A file that was written stays when the transaction is undone: the caller deletes it.
    """
    image = image or CustomImage(package_file=package_file)
    old = image.file.name if image.pk and image.file_hash != new.file_hash else ""
    image.title = new.title
    image.description = new.description
    image.is_decorative = new.is_decorative
    image.credit = new.credit
    if image.file_hash != new.file_hash:
        image.file = ContentFile(new.content, name=new.file_name)
        image._set_image_file_metadata()
    image.save()
    if old:
        storage = image.file.storage
        image.renditions.all().delete()
        transaction.on_commit(lambda: storage.delete(old))
    return image


DESCRIBED = ("title", "language", "captions", "transcript", "description", "credit", "poster_id")


@dataclass(frozen=True)
class RecordingContent:
    """A recording from a package, with what belongs to it."""

    file_name: str
    content: bytes
    poster_id: int | None
    title: str
    language: str
    captions: str
    transcript: str
    description: str
    credit: str

    def values(self) -> dict[str, str | int | None]:
        """What a recording in the database can be compared with."""
        file_hash = sha1(self.content, usedforsecurity=False).hexdigest()
        return {**{name: getattr(self, name) for name in DESCRIBED}, "file_hash": file_hash}


def recording_values(recording: Recording) -> dict[str, str | int | None]:
    """The same values of a recording as it stands."""
    return {name: getattr(recording, name) for name in (*DESCRIBED, "file_hash")}


@transaction.atomic
def save_package_recording(
    *, recording: Recording | None, package_file: str, new: RecordingContent
) -> Recording:
    """Makes the recording, or brings it up to date; the old file goes after the commit.

    A file that was written stays when the transaction is undone: the caller deletes it.
    Raises ``containers.UnusableRecordingError``.
    """
    recording = recording or Recording(package_file=package_file)
    for name in DESCRIBED:
        setattr(recording, name, getattr(new, name))
    if recording.file_hash != new.values()["file_hash"]:
        if recording.pk:
            storage, old = recording.file.storage, str(recording.file.name)
            transaction.on_commit(lambda: storage.delete(old))
        file = ContentFile(new.content, name=new.file_name)
        recording.read_from(file, read_container(BytesIO(new.content)))
        recording.file = file
    recording.save()
    return recording


TOLD = ("title", "language", "credit")


@dataclass(frozen=True)
class DocumentContent:
    """A document from a package, with what belongs to it."""

    file_name: str
    content: bytes
    title: str
    language: str
    credit: str

    @property
    def file_hash(self) -> str:
        """As Wagtail makes it: for telling files apart, not for safety."""
        return sha1(self.content, usedforsecurity=False).hexdigest()

    def values(self) -> dict[str, str]:
        """What a document in the database can be compared with."""
        return {**{name: getattr(self, name) for name in TOLD}, "file_hash": self.file_hash}


def document_values(document: CustomDocument) -> dict[str, str]:
    """The same values of a document as it stands."""
    return {name: getattr(document, name) for name in (*TOLD, "file_hash")}


@transaction.atomic
def save_package_document(
    *, document: CustomDocument | None, package_file: str, new: DocumentContent
) -> CustomDocument:
    """Makes the document, or brings it up to date; the old file goes after the commit.

    A file that was written stays when the transaction is undone: the caller deletes it.
    """
    document = document or CustomDocument(package_file=package_file)
    for name in TOLD:
        setattr(document, name, getattr(new, name))
    if document.file_hash != new.file_hash:
        if document.pk:
            storage, old = document.file.storage, str(document.file.name)
            transaction.on_commit(lambda: storage.delete(old))
        document.file = ContentFile(new.content, name=new.file_name)
        document.file_size = len(new.content)
        document.file_hash = new.file_hash
    document.save()
    return document
