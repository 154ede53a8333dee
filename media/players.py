"""What a page needs to play a recording that an edition keeps."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage

from media.containers import CONTENT_TYPES
from media.times import clock


def player(kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """For ``media/_player.html``, from ``actions.KeptRecording`` as a dictionary.

    ``None`` when there is no recording (any more).
    """
    if kept is None:
        return None
    poster = kept["poster"]
    return {
        "kind": kept["kind"],
        "url": default_storage.url(kept["name"]),
        "format": CONTENT_TYPES[posixpath.splitext(kept["name"])[1]],
        "captions": default_storage.url(kept["captions"]),
        "poster": default_storage.url(poster["name"]) if poster else "",
        "language": kept["language"],
        "tenths": kept["tenths"],
        "length": clock(kept["tenths"]),
        "description": kept["description"],
        "credit": kept["credit"],
    }
