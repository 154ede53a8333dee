"""What a page needs to play a recording: one that an edition keeps, or as it is now."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.urls import reverse

from media.containers import CONTENT_TYPES
from media.models import Recording
from media.pictures import picture_address
from media.times import clock

POSTER_WIDTH = 960  # pixels


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


def live_player(recording: Recording) -> dict[str, Any]:
    """For ``media/_player.html``, of a recording as an editor has it now. No query."""
    name = str(recording.file.name)
    return {
        "kind": recording.kind,
        "url": recording.file.url,
        "format": CONTENT_TYPES[posixpath.splitext(name)[1]],
        "captions": reverse("media:captions", args=[recording.pk, recording.captions_hash]),
        "poster": picture_address(recording.poster, width=POSTER_WIDTH) if recording.poster else "",
        "language": recording.language,
        "tenths": recording.duration_tenths,
        "length": clock(recording.duration_tenths),
        "description": recording.description,
        "credit": recording.credit,
    }
