"""Serves what editors uploaded, so that it can never act as a page of ours (S-52)."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.views.decorators.http import require_safe

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
IMAGE_FOLDERS = frozenset({"original_images", "images", "kept_images"})
DOCUMENT_FOLDERS = frozenset({"documents"})
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
A_YEAR = "public, max-age=31536000, immutable"
# A drawing is text: a fifth of it goes over the wire. Nothing in it is secret.
compressor = GZipMiddleware(lambda _request: HttpResponse())


@require_safe
def upload(request: HttpRequest, path: str) -> FileResponse:
    """An uploaded file. Pictures may be kept for a year (their names never come back)."""
    folder = path.partition("/")[0]
    if path != posixpath.normpath(path) or folder not in IMAGE_FOLDERS | DOCUMENT_FOLDERS:
        raise Http404
    try:
        file = default_storage.open(path, "rb")
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    name = posixpath.basename(path)
    image_type = IMAGE_TYPES.get(posixpath.splitext(name)[1].lower())
    is_picture = folder in IMAGE_FOLDERS and image_type is not None
    response = FileResponse(file, content_type=image_type or "application/octet-stream")
    response["Content-Disposition"] = (
        "inline" if is_picture else f"attachment; filename*=UTF-8''{quote(name)}"
    )
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    if is_picture:
        response["Cache-Control"] = A_YEAR
        response.is_cacheable = True  # type: ignore[attr-defined]
    if image_type == "image/svg+xml":
        compressor.process_response(request, response)
    return response
