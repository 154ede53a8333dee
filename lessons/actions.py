"""Everything that writes lessons: bringing in a package, and what follows from publishing."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.db.models import F

from helplines.models import Helpline
from lessons.loading import Known, Loading, LoadResult, Tell
from lessons.models import ContentStamp
from lessons.package_files import read_package
from lessons.package_translations import read_translations
from lessons.translation_loading import TranslationLoading
from signals.models import Signal


def move_stamp() -> None:
    """Every process makes the lessons in its memory anew. 1 query."""
    if not ContentStamp.objects.filter(pk=1).update(number=F("number") + 1):
        ContentStamp.objects.get_or_create(pk=1, defaults={"number": 1})


def known_names() -> Known:
    """What a package may name that does not come with it. 2 queries."""
    return Known(
        helplines=dict(Helpline.objects.values_list("slug", "pk")),
        signals=dict(Signal.objects.originals().values_list("slug", "pk")),
    )


def load_package(
    *, folder: Path, overwrite: bool = False, tell: Tell = lambda _line: None
) -> LoadResult:
    """Brings the package in this folder in, or up to date, and publishes it.

    A page, quiz or picture that an editor changed since the last load is left alone,
    unless ``overwrite``. A second load of the same folder writes nothing.

    What it says in other languages (``en/``, ``ar/``) is brought in as translations.

    Raises ``PackageError`` with every problem; then nothing at all has changed.
    """
    tell(f"Reading {folder.name} ...")
    known = known_names()
    content = read_package(folder, **known._asdict())
    translations = read_translations(folder, content, **known._asdict())
    loading = Loading(content, known, overwrite, tell)
    try:
        with transaction.atomic():
            result = loading.run()
            for translation in translations:
                TranslationLoading(translation, loading).run()
            return result
    except BaseException:
        # The database forgets the new files by itself; the folder with uploads does not.
        for storage, name in loading.files:
            storage.delete(name)
        raise
