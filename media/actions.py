"""Everything that writes images and documents."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha1

from django.core.files.base import ContentFile
from django.db import transaction

from media.models import CustomImage


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
