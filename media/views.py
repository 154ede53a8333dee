"""Serves what editors uploaded, so that it can never act as a page of ours (S-52)."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import quote

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from media.containers import CONTENT_TYPES
from media.models import Recording
from media.ranges import UnsatisfiableRangeError, read_range

# What a browser may show; all else is a download. The type comes from here, never from
# looking at the content.
IMAGE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
RECORDING_TYPES = {**CONTENT_TYPES, ".vtt": "text/vtt; charset=utf-8"}
# Photos as they came in: with where they were made, and larger than any page shows them.
ORIGINALS = "original_images"
# Which folder may show which types; of all that is in another a browser gets nothing.
FOLDERS: dict[str, dict[str, str]] = {
    ORIGINALS: IMAGE_TYPES,
    "images": IMAGE_TYPES,
    "kept_images": IMAGE_TYPES,
    "recordings": RECORDING_TYPES,
    "kept_recordings": RECORDING_TYPES,
    "documents": {},
}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
A_YEAR = "public, max-age=31536000, immutable"
# A drawing is text: a fifth of it goes over the wire. Nothing in it is secret.
compressor = GZipMiddleware(lambda _request: HttpResponse())


class FilePart:
    """A file from one byte up to another, for a response that sends no more than that."""

    def __init__(self, file: Any, start: int, stop: int) -> None:
        self.file = file
        self.left = stop - start
        file.seek(start)

    def read(self, size: int = -1) -> bytes:
        part = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(part)
        return part

    def close(self) -> None:
        self.file.close()


@require_safe
def upload(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """An uploaded file. What is shown may be kept for a year: its name never comes back.

    Of a photo the copies on pages are for everybody (``media.pictures``), the original only for
    who may enter the admin.
    """
    shown_types = FOLDERS.get(path.partition("/")[0])
    if path != posixpath.normpath(path) or shown_types is None:
        raise Http404
    name = posixpath.basename(path)
    shown_type = shown_types.get(posixpath.splitext(name)[1].lower())
    is_for_editors = path.startswith(f"{ORIGINALS}/") and shown_type not in (None, "image/svg+xml")
    if is_for_editors and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    try:
        file = default_storage.open(path, "rb")
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    if shown_type is not None and shown_type in RECORDING_TYPES.values():
        response = _recording(request, file, shown_type)
    else:
        response = FileResponse(file, content_type=shown_type or "application/octet-stream")
    response["Content-Disposition"] = (
        "inline" if shown_type else f"attachment; filename*=UTF-8''{quote(name)}"
    )
    is_kept = bool(shown_type) and response.status_code != 416 and not is_for_editors
    _as_a_file(response, is_kept=is_kept)
    if shown_type == "image/svg+xml":
        compressor.process_response(request, response)
    return response


@require_safe
def captions(request: HttpRequest, recording: int, digest: str) -> HttpResponse:
    """The captions of a recording as it is now; of an older text there is nothing. 1 query."""
    found = get_object_or_404(Recording, pk=recording)
    if digest != found.captions_hash:
        raise Http404
    response = HttpResponse(found.captions_file, content_type=RECORDING_TYPES[".vtt"])
    _as_a_file(response, is_kept=True)
    return response


def _as_a_file(response: HttpResponse | FileResponse, *, is_kept: bool) -> None:
    """Never a page of ours. ``is_kept``: its name never comes back, so for a year."""
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    if is_kept:
        response["Cache-Control"] = A_YEAR
        response.is_cacheable = True  # type: ignore[union-attr]


def _recording(request: HttpRequest, file: Any, content_type: str) -> HttpResponse | FileResponse:
    """All of it, or the part that a player asks for when somebody moves to another moment."""
    try:
        # "If-Range" names a version; ours have no name to compare, so that gets all of it.
        asked = "" if "If-Range" in request.headers else request.headers.get("Range", "")
        part = read_range(asked, file.size)
    except UnsatisfiableRangeError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    if part is None:
        response = FileResponse(file, content_type=content_type)
    else:
        start, stop = part
        response = FileResponse(FilePart(file, start, stop), status=206, content_type=content_type)
        response["Content-Length"] = stop - start
        response["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    response["Accept-Ranges"] = "bytes"
    return response
