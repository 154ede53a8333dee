"""What a municipality says to its own people."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from organisations.municipalities import name_of


class LocalText(models.Model):
    """What one municipality puts in a ``local_slot`` of lessons, in one language.

    Appended: the current one is shown, the older ones tell what was shown before. Functions
    and what is of an organisation, never a person's name.
    """

    municipality_code = models.CharField(_("gemeentecode"), max_length=6)
    slot = models.SlugField(_("plek"), max_length=60)
    language = models.CharField(_("taal"), max_length=8)
    text = models.TextField(_("tekst"))  # Markdown, as it was typed
    html = models.TextField()  # what it came to, clean
    owner = models.CharField(_("wie kijkt het na"), max_length=100)
    check_by = models.DateField(_("opnieuw nakijken voor"))
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("tekst van een gemeente")
        verbose_name_plural = _("teksten van gemeenten")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["municipality_code", "slot", "language"],
                condition=models.Q(is_current=True),
                name="awareness_localtext_one_is_shown",
            ),
            models.CheckConstraint(
                name="awareness_localtext_has_text", condition=~models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{name_of(self.municipality_code)}: {self.slot} ({self.language})"

    def is_due(self, today: date) -> bool:
        """Whether somebody has to look at it again."""
        return self.check_by <= today

    @property
    def rich_text(self) -> RichText:
        """What a template shows."""
        return RichText(self.html)
