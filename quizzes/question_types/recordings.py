"""What every use of a recording in a quiz or lesson asks of it, and keeps of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from media.models import Recording

FIELDS_OF_A_RECORDING = {
    "captions": _("ondertiteling"),
    "transcript": _("transcript"),
    "description": _("wat er te zien en te horen is"),
}


def undescribed(recording: Recording) -> ValidationError | None:
    """The editor's error while somebody who cannot see or hear it would miss something."""
    if not recording.missing:
        return None
    names = ", ".join(str(FIELDS_OF_A_RECORDING[name]) for name in recording.missing)
    return ValidationError(_("Bij deze opname ontbreekt nog: %(fields)s.") % {"fields": names})


def kept_lines(recording: Recording) -> list[dict[str, Any]]:
    """Its transcript, for an edition: when each line begins, in tenths of a second."""
    return [
        {"start": line.start, "speaker": line.speaker, "text": line.text}
        for line in recording.lines
    ]
