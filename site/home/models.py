"""The front page and plain pages."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult


class HomePage(Page):
    """The root of the site. Its screen is home.views.front.

    There is one for each language that something was translated into, as the root of what
    is in that language.
    """

    quiz = models.ForeignKey(
        "quizzes.Quiz",
        verbose_name=_("quiz op de voorpagina"),
        help_text=_("Voor wie geen klascode heeft. Leeg: er staat geen quiz."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    max_count = 1
    private_page_options: ClassVar[list] = []  # its screen asks nobody for a password
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["lessons.CataloguePage", "home.StandardPage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("quiz")]
    preview_modes: ClassVar[list] = []  # its screen is not made from this page alone

    class Meta:
        verbose_name = _("voorpagina")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """What was not translated is shown as it was written."""
        try:
            return super().route(request, path_components)
        except Http404:
            if self.locale.language_code == settings.LANGUAGE_CODE:
                raise
        shared = HomePage.objects.filter(translation_key=self.translation_key)
        original = shared.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if original is None:
            raise Http404
        return original.route(request, path_components)


class StandardPage(Page):
    """A page of text: about, privacy, accessibility."""

    body = RichTextField(_("tekst"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])

    # A page's password could be guessed without a limit, and is readable in the database.
    private_page_options: ClassVar[list] = []
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list] = []
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("body")]
    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("tekstpagina")
        verbose_name_plural = _("tekstpagina's")
