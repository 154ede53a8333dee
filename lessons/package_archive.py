"""Opens a package that somebody sends: a zip, of which nothing is believed (S-60, S-61).

Plain Python. Every name must be one that a package knows, before any file is opened; what is
written gets that name, in a folder of our own, which is emptied again when a file is refused.
What is *in* the files ``package_files`` reads: Markdown without scripts, pictures without
scripts, recordings by what their bytes are.
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from PIL import Image

from media.documents import UnusableDocumentError, check_document

MOST_BYTES = 60_000_000  # of the zip
MOST_UNPACKED = 120_000_000
MOST_FILES = 400
MOST_TEXT = 400_000  # of one YAML file or file with captions
MOST_TEXTS = 4_000_000  # of all of them: reading YAML takes a second per 250 kB
MOST_DRAWING = 2_000_000
MOST_PHOTO = 15_000_000
MOST_RECORDING = 50_000_000
MOST_DOCUMENT = 20_000_000
MOST_PIXELS = 40_000_000
MOST_RATIO = 100  # how much larger a file may get than it is in the zip
SMALL = 100_000  # below which a ratio says nothing
MOST_PER_NAME = 400  # bytes of the list at the end of the zip

_END = b"PK\x05\x06"
_END_SIZE = 22
_TEXT = re.compile(
    r"^(?:(?:en|ar)/)?(?:package\.yaml|[a-z0-9]+(?:-[a-z0-9]+)*\.(?:lesson|quiz)\.yaml)$"
)
_MEDIA = {
    re.compile(r"^images/[a-z0-9-]+\.svg$"): MOST_DRAWING,
    re.compile(r"^images/[a-z0-9-]+\.(?:png|jpg|webp)$"): MOST_PHOTO,
    re.compile(r"^recordings/[a-z0-9-]+\.vtt$"): MOST_TEXT,
    re.compile(r"^recordings/[a-z0-9-]+\.(?:mp4|webm|weba|m4a|mp3|ogg)$"): MOST_RECORDING,
}
_DOCUMENT = re.compile(r"^documents/[a-z0-9-]+\.(?:csv|docx|odp|ods|odt|pdf|pptx|txt|xlsx)$")
_MEDIA[_DOCUMENT] = MOST_DOCUMENT
_FOLDERS = frozenset({"images/", "recordings/", "documents/", "en/", "ar/"})
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh",
             b"\x28\xb5\x2f\xfd")  # fmt: skip
_ARCHIVE_NAME = re.compile(r"\.(?:zip|gz|tgz|tar|7z|rar|xz|bz2|zst|docx|xlsx|h5p|jar)$", re.I)
_PHOTOS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}


@dataclass(frozen=True)
class Refusal:
    """One thing for which a package is refused: a code, and the name in the zip, if any."""

    code: str
    name: str = ""


class RefusedArchiveError(Exception):
    """Nothing was written. ``refusals`` says why."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(f"{one.code} {one.name}".strip() for one in refusals))
        self.refusals = refusals


def unpack(packed: BinaryIO, folder: Path) -> None:
    """Writes the package's files into ``folder``, an empty one of our own.

    Raises ``RefusedArchiveError``; then the folder is as empty as it was.
    """
    _check_end(packed)
    try:
        with ZipFile(packed) as archive:
            for path, entry in _check_names(archive).items():
                content = _read(archive, entry)
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_bytes(content)
    except RefusedArchiveError:
        _empty(folder)
        raise
    except (BadZipFile, LargeZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        _empty(folder)
        raise RefusedArchiveError(Refusal("broken")) from error


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            rmtree(path)
        else:
            path.unlink()


def _check_end(packed: BinaryIO) -> None:
    """The list of names is read whole by ``zipfile``: refuse a long one before that."""
    size = packed.seek(0, 2)
    if size > MOST_BYTES:
        raise RefusedArchiveError(Refusal("too_large"))
    packed.seek(max(0, size - 65_536 - _END_SIZE))
    tail = packed.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise RefusedArchiveError(Refusal("no_zip"))
    count, length, start = struct.unpack("<HII", tail[at + 10 : at + 20])
    if 0xFFFFFFFF in (length, start) or count == 0xFFFF:  # of a zip larger than we take
        raise RefusedArchiveError(Refusal("too_many"))
    if count > MOST_FILES or length > MOST_FILES * MOST_PER_NAME:
        raise RefusedArchiveError(Refusal("too_many"))
    packed.seek(0)


def _check_names(archive: ZipFile) -> dict[str, ZipInfo]:
    """Every file under the name that it gets, or everything for which the zip is refused."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise RefusedArchiveError(Refusal("too_many"))
    top = _top(entries)
    wanted: dict[str, ZipInfo] = {}
    refused: list[Refusal] = []
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename.removeprefix(top)
        if not name or (name in _FOLDERS and not entry.file_size):
            continue
        code = _wrong_entry(entry, name) or ("twice" if name.casefold() in seen else "")
        seen.add(name.casefold())
        if code:
            refused.append(Refusal(code, _shown(entry.orig_filename)))
        else:
            wanted[name] = entry
    if sum(entry.file_size for entry in wanted.values()) > MOST_UNPACKED:
        refused.append(Refusal("too_large_inside"))
    texts = [entry for name, entry in wanted.items() if name.endswith((".yaml", ".vtt"))]
    if sum(entry.file_size for entry in texts) > MOST_TEXTS:
        refused.append(Refusal("too_much_text"))
    if not refused and "package.yaml" not in wanted:
        refused.append(Refusal("no_package"))
    if refused:
        raise RefusedArchiveError(*refused[:20])
    return wanted


def _top(entries: list[ZipInfo]) -> str:
    """The one folder in which everything stands, as when somebody packs a folder by hand."""
    tops = {entry.orig_filename.partition("/")[0] for entry in entries}
    if len(tops) != 1 or not all("/" in entry.orig_filename for entry in entries):
        return ""
    top = tops.pop()
    is_plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,80}", top)
    return f"{top}/" if is_plain else ""


def _wrong_entry(entry: ZipInfo, name: str) -> str:
    """The code of what is wrong with this entry, or nothing."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind and not stat.S_ISREG(kind):
        return "link"
    if entry.flag_bits & 0x1:
        return "encrypted"
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or ".." in parts or name[:1] in "/\\" or re.match(r"^[A-Za-z]:", name):
        return "outside"
    if _ARCHIVE_NAME.search(name) and not _DOCUMENT.match(name):
        return "nested"
    most = (
        MOST_TEXT
        if _TEXT.match(name)
        else next((most for pattern, most in _MEDIA.items() if pattern.match(name)), 0)
    )
    if not most:
        return "unknown"
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "packing"
    if entry.file_size > most:
        return "file_too_large"
    if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        return "bomb"
    return ""


def _read(archive: ZipFile, entry: ZipInfo) -> bytes:
    """What is in it, if that is what its name says. Never more than the zip says it is: what
    comes after that ``zipfile`` does not read, and its checksum is then wrong."""
    content = archive.read(entry)
    name = entry.orig_filename
    if name.startswith("documents/") or "/documents/" in name:
        _check_document(content, name)
        return content
    if content.startswith(_ARCHIVES) or content[257:262] == b"ustar":
        raise RefusedArchiveError(Refusal("nested", _shown(name)))
    ending = Path(name).suffix
    if ending in _PHOTOS:
        _check_photo(content, ending, name)
    elif ending in (".yaml", ".vtt", ".svg"):
        try:
            is_text = "\0" not in content.decode("utf-8")
        except UnicodeDecodeError:
            is_text = False
        if not is_text:
            raise RefusedArchiveError(Refusal("no_text", _shown(name)))
    return content


def _check_document(content: bytes, name: str) -> None:
    """As one that an editor uploads. One that is a zip itself is looked into, never unpacked."""
    try:
        check_document(BytesIO(content), Path(name).suffix.removeprefix("."))
    except UnusableDocumentError as error:
        raise RefusedArchiveError(Refusal("no_document", _shown(name))) from error


def _check_photo(content: bytes, ending: str, name: str) -> None:
    """By its own first bytes; a picture of a hundred megapixels is not opened (S-69)."""
    try:
        with Image.open(BytesIO(content), formats=[_PHOTOS[ending]]) as photo:
            width, height = photo.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedArchiveError(Refusal("too_many_pixels", _shown(name))) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise RefusedArchiveError(Refusal("no_picture", _shown(name))) from error
    if width * height > MOST_PIXELS:
        raise RefusedArchiveError(Refusal("too_many_pixels", _shown(name)))


def _shown(name: str) -> str:
    """For on a screen: no signs that nobody sees or that turn a line round (S-70)."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)[:120]
