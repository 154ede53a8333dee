"""Images and documents that editors upload."""

from __future__ import annotations

import os
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from media.svg import UnsafeSvgError, check_svg


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


class CustomDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
