"""A document as PDF, made once and kept.

Made in a process of its own (``renderer.py``) with a limit on time, memory and size; kept on disk
under a stamp that says all that it was made of. One at a time per process of the site.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import segno
import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from printing.reading import Node, Picture

HERE = Path(__file__).resolve().parent
SECONDS = 25  # a lesson takes one
MOST_BYTES_IN = 30 * 1024**2
MOST_BYTES_OUT = 20 * 1024**2
MOST_KEPT = 500
FORMATS = frozenset({".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"})
# Should the typesetter ever be brought to ask for something: this port answers to nobody.
NO_NETWORK = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "all_proxy")}

logger = structlog.get_logger(__name__)
_one_at_a_time = Lock()


class PrintError(Exception):
    """No PDF came out: too large, too slow, or refused. The log says which."""


@dataclass
class Document:
    """What one PDF says. Its words are those of its ``language``, whoever asks for it."""

    kind: str
    title: str
    language: str
    address: str  # of the page that the QR code leads to
    licence: str = ""
    intro: list[Node] = field(default_factory=list)
    body: list[Node] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def picture(self, address: str, width: int = 0, height: int = 0) -> Picture | None:
        """Takes an uploaded picture along. ``None`` for whatever is not one of ours."""
        suffix = Path(address).suffix.lower()
        if not address.startswith(settings.MEDIA_URL) or suffix not in FORMATS:
            return None
        try:
            with default_storage.open(address.removeprefix(settings.MEDIA_URL)) as file:
                content = file.read()
        except (OSError, ValueError, SuspiciousOperation):
            return None
        name = f"{sha256(content).hexdigest()[:16]}{suffix}"
        self.files[name] = content
        return Picture(name, width, height)

    def sent(self) -> dict[str, Any]:
        """All that the renderer gets."""
        qr = BytesIO()
        segno.make(self.address, error="m", micro=False).save(qr, kind="svg", scale=8, border=2)
        parts = urlsplit(self.address)
        document = {
            "kind": self.kind,
            "title": self.title,
            "running": self.title,
            "language": self.language,
            "licence": self.licence,
            "address": self.address,
            "shown_address": (parts.netloc + parts.path).rstrip("/"),
            "intro": self.intro,
            "body": self.body,
            "words": {"page": _("Bladzijde"), "of": _("van"), "qr": _("QR-code naar de pagina")},
        }
        files = {**self.files, "qr.svg": qr.getvalue()}
        return {
            "template": template(),
            "document": document,
            "files": {name: base64.b64encode(content).decode() for name, content in files.items()},
        }


@lru_cache(maxsize=1)
def template() -> str:
    return (HERE / "sheet.typ").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def version() -> str:
    """Of the code that lays out: another one makes every PDF again."""
    files = sorted([*HERE.glob("*.py"), *HERE.glob("*.typ"), *HERE.glob("fonts/*.ttf")])
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def kept_pdf(stamp: str, make: Callable[[], Document]) -> bytes:
    """The PDF with this stamp, from disk when it was made before. Raises ``PrintError``."""
    name = sha256(f"{version()} {settings.BASE_URL} {stamp}".encode()).hexdigest()
    place = Path(settings.PRINT_ROOT) / f"{name}.pdf"
    with suppress(OSError):
        return place.read_bytes()
    if not _one_at_a_time.acquire(timeout=SECONDS):
        raise PrintError("busy")
    try:
        with suppress(OSError):  # somebody before us in the row asked for the same
            return place.read_bytes()
        made = make_pdf(make())
        _keep(place, made)
        return made
    finally:
        _one_at_a_time.release()


def private_pdf(document: Document) -> bytes:
    """For who asked, and nobody after them: nothing of it stays on disk. Raises ``PrintError``."""
    if not _one_at_a_time.acquire(timeout=SECONDS):
        raise PrintError("busy")
    try:
        return make_pdf(document)
    finally:
        _one_at_a_time.release()


def make_pdf(document: Document) -> bytes:
    """Raises ``PrintError``."""
    made = _set(document, document.sent())
    if not made.startswith(b"%PDF-"):
        raise _refused("no PDF", document)
    return made


def make_pictures(document: Document) -> list[str]:
    """Each page as it would be printed, as PNG in base 64. Raises ``PrintError``.

    For an editor who is still writing: nothing of it is kept.
    """
    if not _one_at_a_time.acquire(timeout=SECONDS):
        raise PrintError("busy")
    try:
        pages: list[str] = json.loads(_set(document, {**document.sent(), "pictures": True}))
        return pages
    finally:
        _one_at_a_time.release()


def _set(document: Document, asked: dict[str, Any]) -> bytes:
    sent = json.dumps(asked).encode()
    if len(sent) > MOST_BYTES_IN:
        raise _refused("too large", document)
    try:
        done = subprocess.run(  # noqa: S603  (our own script, nothing of a user in the command)
            [sys.executable, "-I", str(HERE / "renderer.py")],
            input=sent,
            capture_output=True,
            timeout=SECONDS,
            env=NO_NETWORK,
            cwd=HERE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("too slow", document) from error
    if done.returncode or not done.stdout:
        raise _refused(done.stderr.decode(errors="replace")[-2000:], document)
    if len(done.stdout) > MOST_BYTES_OUT:
        raise _refused("came out too large", document)
    return done.stdout


def _refused(why: str, document: Document) -> PrintError:
    logger.error("no_pdf", why=why, address=document.address, kind=document.kind)
    return PrintError(why)


def _keep(place: Path, made: bytes) -> None:
    """Whole or not at all. A full disk costs the next reader a second, and nobody an answer."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        kept = sorted(place.parent.glob("*.pdf"), key=lambda path: path.stat().st_mtime)
        for oldest in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
            oldest.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(made)
        os.replace(file.name, place)
    except OSError:
        logger.warning("pdf_not_kept", exc_info=True)
