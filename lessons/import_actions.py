"""Everything that writes when an editor brings in a package file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from accounts.models import User
from editorial.reasons import asks_for_reason, keep_reason
from lessons.actions import known_names
from lessons.loading import Loading
from lessons.models import PackageUpload
from lessons.package_archive import unpack
from lessons.package_files import PackageFolder, read_package
from lessons.package_plan import UNCHANGED, Part, plan
from lessons.package_translations import read_translations
from lessons.translation_loading import TranslationLoading

KEPT_FOR = timedelta(days=1)


class ReasonNeededError(Exception):
    """The language of these asks for a reason before it goes online; nothing was written."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


@dataclass(frozen=True)
class ReadUpload:
    """A package that was opened and read, in all its languages."""

    content: PackageFolder
    translations: list[PackageFolder]


def read_upload(packed: bytes) -> ReadUpload:
    """Opens and reads it; nothing stays on disk.

    Raises ``RefusedArchiveError`` and ``PackageError`` with every problem.
    """
    known = known_names()
    with TemporaryDirectory(prefix="doorzien-upload-") as name:
        folder = Path(name)
        unpack(BytesIO(packed), folder)
        content = read_package(folder, **known._asdict())
        translations = read_translations(folder, content, **known._asdict())
    return ReadUpload(content, translations)


def keep_upload(*, user: User, file_name: str, packed: bytes, now: datetime) -> PackageUpload:
    """Keeps the file until its sender decides. One per editor; those of yesterday go.

    Raises ``RefusedArchiveError`` and ``PackageError``; then nothing is kept. Reading comes
    before the transaction: on SQLite nobody else can save anything during that.
    """
    read_upload(packed)
    with transaction.atomic():
        PackageUpload.objects.filter(created_at__lt=now - KEPT_FOR).delete()
        PackageUpload.objects.filter(user=user).delete()
        return PackageUpload.objects.create(user=user, file_name=file_name[:200], content=packed)


def forget_upload(*, upload: PackageUpload) -> None:
    upload.delete()


def import_package(*, upload: PackageUpload, user: User, reason: str = "") -> None:
    """Brings in what is new or changed, and leaves alone what was edited here. All or nothing.

    What is published is logged under the editor's name. ``outcome`` says what became of every
    part, as it was planned in the same transaction. Raises ``ReasonNeededError``, and
    ``PackageError`` for what only the database knows, such as an address that another page has.
    """
    if upload.outcome is not None:
        return
    read = read_upload(bytes(upload.content))
    reasons = Reasons(user, reason)
    with new_files() as files, transaction.atomic():
        # A button that is pressed twice: the second finds no content any more.
        locked = PackageUpload.objects.select_for_update().get(pk=upload.pk)
        if locked.outcome is not None:
            return
        parts = plan(read.content, read.translations)
        loading = Loading(
            read.content,
            known_names(),
            False,
            lambda _line: None,
            same={part.key for part in parts if part.state == UNCHANGED},
            before_publish=reasons.ask,
            user=user,
        )
        loading.files = files
        loading.run()
        for translation in read.translations:
            TranslationLoading(translation, loading).run()
        if reasons.missing:
            raise ReasonNeededError(reasons.missing)
        locked.content = b""
        locked.outcome = [as_kept(part) for part in parts]
        locked.save(update_fields=["content", "outcome"])


@contextmanager
def new_files() -> Iterator[list[tuple[Any, str]]]:
    """The database forgets new files by itself; the folder with uploads does not."""
    files: list[tuple[Any, str]] = []
    try:
        yield files
    except BaseException:
        for storage, name in files:
            storage.delete(name)
        raise


@dataclass
class Reasons:
    """As for publishing one by one (decision 0032): one reason for all that asks for one."""

    user: User
    reason: str

    def __post_init__(self) -> None:
        self.missing: list[str] = []

    def ask(self, revision: Revision) -> None:
        report = asks_for_reason(revision)
        if report is None:
            return
        if self.reason:
            keep_reason(revision=revision, report=report, reason=self.reason, user=self.user)
        else:
            self.missing.append(str(revision.as_object()))


def as_kept(part: Part) -> dict[str, Any]:
    kept = {name: str(value) for name, value in asdict(part).items() if name != "differences"}
    return {**kept, "difference_count": len(part.differences)}
