"""The documents of a package: read from ``documents/``, and what is wrong with them.

Plain Python. A document is looked into as one that an editor uploads, and never unpacked.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lessons.package_base import Document
from lessons.package_paths import walk
from lessons.package_schema import Lesson
from media.documents import MOST_BYTES, UnusableDocumentError, check_document

FOLDER = "documents"
MISTAKES = {
    "empty": "is empty",
    "too_large": f"is larger than {MOST_BYTES // 1_000_000} MB",
    "unknown": "is another kind of file than its name says",
    "macros": "holds macros",
}


def documents_in(lesson: Lesson) -> Iterator[Document]:
    return (model for _, model in walk(lesson) if isinstance(model, Document))


def read_document(folder: Path, document: Document) -> tuple[bytes, str]:
    """What is in it, and what is wrong with it; one of the two is empty."""
    try:
        content = (folder / FOLDER / document.file).read_bytes()
    except OSError:
        return b"", f"there is no file {FOLDER}/{document.file}"
    try:
        check_document(BytesIO(content), document.file.rpartition(".")[2])
    except UnusableDocumentError as error:
        return b"", f"{FOLDER}/{document.file} {MISTAKES[error.code]}"
    return content, ""
