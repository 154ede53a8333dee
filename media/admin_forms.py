"""The editor's form of a recording: what is in the file is read, never believed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from media.captions import read_captions
from media.containers import MOST_BYTES, Container, UnusableRecordingError, read_container
from media.transcripts import LONGEST_LINE, MOST_LINES, from_captions, read_transcript
from media.transcripts import write_transcript as written

FILE_MISTAKES = {
    "empty": _("Dit bestand is leeg."),
    "too_large": _("Dit bestand is groter dan %(most)s MB. Maak het kleiner of korter."),
    "unknown": _(
        "Dit is geen bestand dat elke browser speelt. Maak er MP4, WebM, M4A, MP3 of Ogg van."
    ),
    "no_track": _("In dit bestand zit geen beeld en geen geluid."),
    "no_duration": _("In dit bestand staat niet hoe lang het duurt. Sla het opnieuw op."),
}
CAPTION_MISTAKES = {
    "not_webvtt": _("Regel %(line)s: het eerste woord moet WEBVTT zijn."),
    "no_timing": _("Regel %(line)s: hier hoort een tijd, zoals 00:01.000 --> 00:04.000."),
    "bad_timing": _("Regel %(line)s: schrijf de tijd als 00:01.000 --> 00:04.000."),
    "backwards": _("Regel %(line)s: het einde moet later zijn dan het begin."),
    "too_early": _("Regel %(line)s: dit begint eerder dan de regel ervoor."),
    "too_late": _("Regel %(line)s: dit begint pas als de opname voorbij is."),
    "empty": _("Regel %(line)s: er staan geen woorden bij deze tijd."),
    "too_long": _("Regel %(line)s: dit is te lang om te lezen. Maak er twee van."),
    "no_cues": _("Er staat geen enkele regel ondertiteling in."),
}
TRANSCRIPT_MISTAKES = {
    "no_time": _("Regel %(line)s: begin met een tijd en woorden, zoals '0:12 Jay: hoi'."),
    "not_later": _("Regel %(line)s: deze tijd moet later zijn dan die ervoor."),
    "too_late": _("Regel %(line)s: dit begint pas als de opname voorbij is."),
    "too_long": _("Regel %(line)s: langer dan %(longest)s tekens. Maak er twee van."),
    "too_many": _("Regel %(line)s: dit zijn er meer dan %(most)s."),
}


class RecordingForm(WagtailAdminModelForm):
    """Reads kind and duration from the file, and makes a transcript of the captions."""

    container: Container | None = None

    def clean_file(self) -> File:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        try:
            self.container = read_container(file)
        except UnusableRecordingError as error:
            message = FILE_MISTAKES[error.code] % {"most": MOST_BYTES // 1_000_000}
            raise ValidationError(message, code=error.code) from error
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.container is not None:  # there is a new file
            self.instance.read_from(cleaned["file"], self.container)
        tenths = self.instance.duration_tenths  # of nothing when the file was refused
        captions = read_captions(cleaned["captions"], tenths=tenths)
        if cleaned["captions"] and captions.mistakes:
            self._tell("captions", captions.mistakes, CAPTION_MISTAKES)
        elif captions.cues and not cleaned["transcript"].strip():
            cleaned["transcript"] = written(from_captions(captions.cues))
        transcript = read_transcript(cleaned["transcript"], tenths=tenths)
        if transcript.mistakes:
            self._tell("transcript", transcript.mistakes, TRANSCRIPT_MISTAKES)
        if cleaned.get("poster") and self.instance.kind == "audio":
            self.add_error("poster", _("Dit is geluid: er is geen beeld bij."))
        return cleaned

    def _tell(self, field: str, mistakes: Any, messages: Any) -> None:
        values = {"longest": LONGEST_LINE, "most": MOST_LINES}
        told = [messages[one.code] % {"line": one.line, **values} for one in mistakes[:10]]
        self.add_error(field, told)

    def save(self, commit: bool = True) -> Any:
        """The old file goes when a new one came, after the commit."""
        old = self.initial.get("file") if self.container is not None else None
        recording = super().save(commit)
        if old:
            name, storage = old.name, old.storage
            transaction.on_commit(lambda: storage.delete(name))
        return recording
