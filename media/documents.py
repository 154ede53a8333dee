"""What a document really is. Plain Python: its name says nothing, its content does (S-52).

To read and to print, without anything that runs: a file with macros is refused.
"""

from __future__ import annotations

import struct
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 20_000_000
MOST_PARTS = 5_000  # of an office document, which is a zip: its list of names is read whole
MOST_PER_NAME = 400  # bytes of that list
EXTENSIONS = ("csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx")
# What people call them.
KIND_NAMES = {"docx": "Word", "pptx": "PowerPoint", "xlsx": "Excel"}
OFFICE = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
OPEN_DOCUMENT = {"odp": "presentation", "ods": "spreadsheet", "odt": "text"}
_PLAIN_CONTROLS = frozenset(b"\t\n\r\f")


class UnusableDocumentError(ValueError):
    """Not a document that may be given to people; says why in a code: empty, too_large, unknown
    (another kind of file, or another than its name says) or macros."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_name(extension: str) -> str:
    """Of a document by how its name ends: the same word in every language."""
    return KIND_NAMES.get(extension.lower(), extension.upper())


def check_document(file: BinaryIO, extension: str) -> None:
    """Raises ``UnusableDocumentError``. Leaves the file at its start. Unpacks nothing."""
    try:
        size = file.seek(0, 2)
        file.seek(0)
        if size == 0:
            raise UnusableDocumentError("empty")
        if size > MOST_BYTES:
            raise UnusableDocumentError("too_large")
        if extension == "pdf":
            is_known = file.read(5) == b"%PDF-"
        elif extension in OFFICE or extension in OPEN_DOCUMENT:
            is_known = _is_office(file, extension)
        else:
            is_known = extension in EXTENSIONS and _is_text(file.read())
        if not is_known:
            raise UnusableDocumentError("unknown")
    finally:
        file.seek(0)


def _is_text(content: bytes) -> bool:
    if any(byte < 32 and byte not in _PLAIN_CONTROLS for byte in content):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_office(file: BinaryIO, extension: str) -> bool:
    if not _has_short_list(file):
        return False
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            if any(_is_macro(name) for name in names):
                raise UnusableDocumentError("macros")
            if extension in OFFICE:
                own = OFFICE[extension]
                return "[Content_Types].xml" in names and any(
                    name.startswith(own) for name in names
                )
            kind = f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[extension]}".encode()
            with archive.open("mimetype") as told:
                return told.read(len(kind) + 1) == kind
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return False


def _has_short_list(file: BinaryIO) -> bool:
    """Whether the list of names at the end of a zip is one that may be read."""
    file.seek(max(0, file.seek(0, 2) - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    file.seek(0)
    if at < 0 or len(tail) - at < 22:
        return False
    count, length = struct.unpack("<HI", tail[at + 10 : at + 16])
    return count <= MOST_PARTS and length <= MOST_PARTS * MOST_PER_NAME


def _is_macro(name: str) -> bool:
    path = name.lower()
    return path.endswith("vbaproject.bin") or path.startswith(("basic/", "scripts/"))
