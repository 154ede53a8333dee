"""What stands beside an explanation or a score band: a picture, a recording, where to go on.

Every kind of question has it, and every band. All of it is for after the answer: nothing here
is public (S-20).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from media.actions import keep_copy, keep_recording
from media.models import CustomImage, Recording
from media.players import player
from media.times import clock
from quizzes.question_types.folding import drop_blank_entries
from quizzes.question_types.recordings import kept_lines, undescribed
from signals.models import Signal

ALT_LENGTH = 200


class SupplementBlock(blocks.StructBlock):
    """All of it may be left empty."""

    image = ImageChooserBlock(
        label=_("Beeld"),
        required=False,
        help_text=_("Een nieuwe versie van het beeld telt pas als je de quiz weer publiceert."),
    )
    alt = blocks.CharBlock(
        label=_("Wat is er te zien?"),
        required=False,
        max_length=ALT_LENGTH,
        help_text=_("Voor wie het beeld niet ziet. Of vink hieronder 'alleen versiering' aan."),
    )
    decorative = blocks.BooleanBlock(label=_("Alleen versiering"), required=False)
    recording = SnippetChooserBlock(
        Recording,
        label=_("Opname"),
        required=False,
        help_text=_("Een nieuwe versie van de opname telt pas als je de quiz weer publiceert."),
    )
    # By name: lessons stand above quizzes.
    lesson = blocks.PageChooserBlock(
        page_type="lessons.LessonPage",
        label=_("Les om verder te lezen"),
        required=False,
        help_text=_("De link staat er alleen zolang de les gepubliceerd is."),
    )
    signal = SnippetChooserBlock(
        Signal,
        label=_("Signaal om over verder te lezen"),
        required=False,
        help_text=_("De link staat er alleen zolang het signaal gepubliceerd is."),
    )
    helplines = blocks.ListBlock(
        SnippetChooserBlock("helplines.Helpline"),
        label=_("Hulplijnen"),
        required=False,
        default=[],
        help_text=_("Wie hierbij kan helpen. Een of twee is genoeg."),
    )

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        if f"{prefix}-helplines-count" not in data:  # a form that was opened before there were any
            return self.get_default()
        value = super().value_from_datadict(data, files, prefix)
        drop_blank_entries(value)
        return value

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:  # a draft, in which any of it may be open
            return cleaned
        errors: dict[str, Exception] = {}
        has_alt = bool(cleaned["alt"].strip())
        if cleaned["image"] and cleaned["decorative"] == has_alt:
            errors["alt"] = ValidationError(
                _("Schrijf wat er te zien is, of vink 'alleen versiering' aan. Niet allebei.")
            )
        if has_alt and not cleaned["image"]:
            errors["image"] = ValidationError(_("Kies het beeld waar de tekst eronder bij hoort."))
        if cleaned["recording"] and (error := undescribed(cleaned["recording"])):
            errors["recording"] = error
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned


def compile_supplement(value: Mapping[str, Any] | None) -> dict[str, Any]:
    """The ``supplement`` of a question or band in an edition; no such field where all is empty.

    Pictures and recordings are copied. A lesson's title and address stay as they are now; of
    a helpline or signal only its slug, because a number may change and must then be the new one.
    """
    if not value:
        return {}
    alt = "" if value["decorative"] else (value["alt"] or "").strip()
    # One that was deleted since is empty.
    helplines = [helpline.slug for helpline in value["helplines"] if helpline is not None]
    found = {
        **_compile_image(value["image"], alt),
        **_compile_recording(value["recording"]),
        **_compile_lesson(value["lesson"]),
        **({"signal": signal.slug} if (signal := value.get("signal")) is not None else {}),
        **({"helplines": helplines} if helplines else {}),
    }
    return {"supplement": found} if found else {}


def _compile_image(image: CustomImage | None, alt: str) -> dict[str, Any]:
    if image is None:
        return {}
    kept = keep_copy(image)
    return {"image": {**asdict(kept), "credit": image.credit}, "alt": alt}


def _compile_recording(recording: Recording | None) -> dict[str, Any]:
    if recording is None:
        return {}
    return {"recording": asdict(keep_recording(recording)), "lines": kept_lines(recording)}


def _compile_lesson(lesson: Any) -> dict[str, Any]:
    parts = lesson.get_url_parts() if lesson is not None else None
    if parts is None:  # gone, or outside the site
        return {}
    return {
        "lesson": {
            "page": lesson.pk,
            "title": lesson.title,
            "path": parts[2],
            "language": lesson.locale.language_code,
        }
    }


def shown_supplement(content: Mapping[str, Any]) -> dict[str, Any]:
    """For ``quizzes/_supplement.html``: of a question or a band, after the answer.

    Nothing where there is no picture and no recording. Lessons, signals and helplines are in
    ``quizzes.links``: these depend on the moment.
    """
    kept = content.get("supplement") or {}
    return {**_shown_image(kept), **_shown_recording(kept)}


def _shown_image(kept: Mapping[str, Any]) -> dict[str, Any]:
    image = kept.get("image")
    if image is None:
        return {}
    url = default_storage.url(image["name"])
    return {"image": {**image, "url": url, "alt": kept["alt"]}}


def _shown_recording(kept: Mapping[str, Any]) -> dict[str, Any]:
    recording = player(kept.get("recording"))
    if recording is None:
        return {}
    lines = [{**line, "time": clock(line["start"])} for line in kept["lines"]]
    return {"recording": recording, "lines": lines}
