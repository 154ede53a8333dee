"""The front page and plain pages."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The root of the site. Its screen is home.views.front."""

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["lessons.CataloguePage", "home.StandardPage"]

    class Meta:
        verbose_name = _("voorpagina")


class StandardPage(Page):
    """A page of text: about, privacy, accessibility."""

    body = RichTextField(_("tekst"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])

    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("tekstpagina")
        verbose_name_plural = _("tekstpagina's")
