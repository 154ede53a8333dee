"""Images and documents that editors upload."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


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
