"""Images, recordings and documents that editors upload."""

from __future__ import annotations

import os
import secrets
from hashlib import sha1
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.image_operations import FilterOperation
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.search import index

from media.admin_forms import RecordingForm
from media.captions import read_captions, write_captions
from media.containers import Container
from media.documents import UnusableDocumentError, check_document
from media.svg import UnsafeSvgError, check_svg
from media.transcripts import Line, read_transcript


class ForgetCamera(FilterOperation):
    """Takes out what a camera writes beside a picture, such as where it was made (GPS)."""

    def construct(self) -> None:
        pass

    def run(self, willow: Any, image: AbstractImage, env: dict[str, Any]) -> None:
        if image.is_svg():
            return
        for name in ("exif", "xmp", "comment", "photoshop"):
            willow.get_pillow_image().info.pop(name, None)


class BareFilter(Filter):
    """Makes a copy of a picture that holds the picture only. Wagtail keeps EXIF in JPEG and PNG."""

    @property
    def filter_operations(self) -> list[FilterOperation]:
        return [ForgetCamera("forget-camera"), *super().filter_operations]


class CustomImage(AbstractImage):
    """A picture with a text for who cannot see it, or the mark that it only decorates."""

    # Wagtail's own ``description`` is the default alt text.
    is_decorative = models.BooleanField(_("alleen versiering"), default=False)
    credit = models.CharField(_("maker of bron"), max_length=200, blank=True)
    # Where a package brought it in: "package-slug/file.svg". Finds it again on reload.
    package_file = models.CharField(max_length=200, blank=True, db_index=True, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "is_decorative", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description

    def get_upload_to(self, filename: str) -> str:
        """A name that never comes back, so that browsers may keep the file for a year."""
        stem, extension = os.path.splitext(filename)
        return super().get_upload_to(f"{stem[:40]}-{secrets.token_hex(4)}{extension.lower()}")

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        return super().generate_rendition_file(BareFilter(spec=filter.spec), source=source)

    def clean(self) -> None:
        """Not about one field: the form for many pictures at once asks the text later."""
        super().clean()
        if self.file and not self.file._committed and self.file.name.lower().endswith(".svg"):
            self._check_svg(self.file)
        if self.is_decorative == bool(self.description.strip()):
            raise ValidationError(
                _(
                    "Schrijf bij 'beschrijving' wat er te zien is, of vink 'alleen versiering' "
                    "aan. Niet allebei."
                )
            )

    def _check_svg(self, file: Any) -> None:
        file.seek(0)
        content = file.read()
        file.seek(0)
        try:
            check_svg(content)
        except UnsafeSvgError as error:
            message = _("Dit SVG-bestand doet meer dan tekenen (%(reason)s). Kies een ander.")
            raise ValidationError({"file": message % {"reason": error}}) from error


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="media_customrendition_unique",
            ),
        ]


def recording_path(_recording: Recording, filename: str) -> str:
    """A name that never comes back, so that browsers may keep the file for a year."""
    stem, extension = os.path.splitext(filename)
    return f"recordings/{slugify(stem)[:40] or 'opname'}-{secrets.token_hex(4)}{extension.lower()}"


class Recording(index.Indexed, models.Model):
    """A video, or something to listen to, with all that somebody needs who cannot see or hear it.

    It may be uploaded first and described later. What is published asks ``missing`` first.
    """

    class Kind(models.TextChoices):
        AUDIO = "audio", _("geluid")
        VIDEO = "video", _("video")

    title = models.CharField(_("titel"), max_length=200)
    file = models.FileField(_("bestand"), upload_to=recording_path)
    # These four come from the file itself (media/admin_forms.py, media/actions.py).
    kind = models.CharField(_("soort"), max_length=5, choices=Kind.choices, editable=False)
    duration_tenths = models.PositiveIntegerField(_("duur"), editable=False)  # of a second
    file_size = models.PositiveBigIntegerField(editable=False)
    file_hash = models.CharField(max_length=40, editable=False)
    poster = models.ForeignKey(
        CustomImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stilstaand beeld"),
        help_text=_("Staat er voordat een video speelt."),
    )
    language = models.CharField(
        _("taal"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    captions = models.TextField(
        _("ondertiteling"),
        blank=True,
        help_text=_(
            "In WebVTT: plak hier de inhoud van het bestand. Zet ook geluiden erin. "
            "Wie er praat, staat als <v Naam> voor de woorden."
        ),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_(
            "Elke regel begint met een tijd: '0:12 Jay: hoi'. Een geluid of iets wat je ziet, "
            "staat tussen haakjes: '0:15 (Jay geeft Sam een telefoon)'. "
            "Laat leeg om het van de ondertiteling te maken."
        ),
    )
    description = models.TextField(
        _("wat er te zien en te horen is"),
        blank=True,
        help_text=_(
            "Voor wie het niet ziet of hoort: waar het is, wie er zijn en wat ze doen. "
            "Beschrijf alles even gewoon, zodat het antwoord op een vraag er niet in staat."
        ),
    )
    credit = models.CharField(_("maker of bron, en hoe het is gemaakt"), max_length=300)
    # Where a package brought it in: "package-slug/file.ogg". Finds it again on reload.
    package_file = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)

    base_form_class = RecordingForm

    search_fields: ClassVar = [
        index.SearchField("title", boost=5),
        index.AutocompleteField("title"),
        index.SearchField("transcript"),
        index.AutocompleteField("transcript"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("opname")
        verbose_name_plural = _("opnames")
        ordering = ["title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="media_recording_kind", condition=models.Q(kind__in=["audio", "video"])
            ),
            models.CheckConstraint(
                name="media_recording_takes_time", condition=models.Q(duration_tenths__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def read_from(self, file: File, container: Container) -> None:
        """Notes what was read in a new file, and gives it the name that goes with it."""
        self.kind = "video" if container.has_video else "audio"
        self.duration_tenths = container.tenths
        self.file_size = file.size
        digest = sha1(usedforsecurity=False)  # for telling files apart, as Wagtail does
        for part in file.chunks():
            digest.update(part)
        self.file_hash = digest.hexdigest()
        file.name = os.path.splitext(file.name or "")[0] + container.extension

    @property
    def missing(self) -> list[str]:
        """Names of the fields without which nobody may be asked to watch or listen."""
        return [
            name for name in ("captions", "transcript", "description") if not getattr(self, name)
        ]

    @property
    def captions_file(self) -> str:
        """What was read in the captions, written anew: nothing else that stood there goes along."""
        return write_captions(read_captions(self.captions).cues)

    @property
    def captions_hash(self) -> str:
        """Names this text of the captions, so that browsers may keep it for a year."""
        return sha1(self.captions_file.encode(), usedforsecurity=False).hexdigest()

    @property
    def lines(self) -> tuple[Line, ...]:
        return read_transcript(self.transcript).lines


WRONG_DOCUMENTS = {
    "empty": _("Dit bestand is leeg. Kies een ander."),
    "too_large": _("Dit bestand is groter dan 20 MB. Maak het kleiner, of maak er twee van."),
    "unknown": _(
        "Wat in dit bestand staat, past niet bij de naam. Bewaar het opnieuw als PDF en probeer "
        "het nog eens."
    ),
    "macros": _("In dit bestand zitten macro's. Bewaar het zonder macro's, of als PDF."),
}


class CustomDocument(AbstractDocument):
    """Something to read or to print, which a lesson may offer as a download."""

    language = models.CharField(
        _("taal"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    credit = models.CharField(_("maker of bron, en licentie"), max_length=300, blank=True)
    # Where a package brought it in: "package-slug/file.pdf". Finds it again on reload.
    package_file = models.CharField(max_length=200, blank=True, db_index=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "language", "credit")

    def clean(self) -> None:
        """Checks a new file by its content, not only by its name."""
        super().clean()
        if self.file and not self.file._committed:
            try:
                check_document(self.file.file, self.file_extension.lower())
            except UnusableDocumentError as error:
                raise ValidationError({"file": WRONG_DOCUMENTS[error.code]}) from error

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
