"""What one may notice when somebody is exploited."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from signals.admin_forms import SignalForm
from signals.naming import lines_of
from signals.querysets import SignalQuerySet
from signals.words import FORMS, one_point_per_line


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Titel"), max_length=200)
    url = blocks.URLBlock(label=_("Adres"), max_length=300)

    class Meta:
        icon = "link"
        label = _("Bron")


class Signal(  # type: ignore[misc]
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    TranslatableMixin,
    models.Model,
):
    """One thing to notice, with what it can mean and what else it can be: never a proof.

    Lessons and quizzes name it by its title or by one of its other names. A translation has
    its own texts; all that is not text (forms, sources, dates) is that of its ``source``.
    """

    class Theme(models.TextChoices):
        CHANGE = "change", _("Iemand verandert")
        CONTACTS = "contacts", _("Vrienden en contacten")
        ONLINE = "online", _("Telefoon en online")
        MONEY = "money", _("Geld en spullen")
        CONTROL = "control", _("Een ander beslist")
        WORK = "work", _("Werk")
        LIVING = "living", _("Wonen en adres")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("iedereen")
        YOUNG_PEOPLE = "young_people", _("jongeren")
        PROFESSIONALS = "professionals", _("professionals")

    slug = models.SlugField(
        _("adres"),
        max_length=60,
        help_text=_("Neutrale woorden: dit blijft staan in de geschiedenis van de browser."),
    )
    title = models.CharField(_("signaal"), max_length=120)
    also_called = models.TextField(
        _("andere namen"),
        blank=True,
        help_text=_(
            "Zo heet dit signaal in lessen en vragen. Eén naam per regel, in elke taal. Waar zo'n "
            "naam staat, komt een link."
        ),
    )
    theme = models.CharField(_("gaat over"), max_length=20, choices=Theme.choices)
    notice = models.TextField(_("wat kun je zien"), help_text=one_point_per_line)
    meaning = models.TextField(_("wat kan het betekenen"), help_text=one_point_per_line)
    also_possible = models.TextField(_("wat kan het ook zijn"), help_text=one_point_per_line)
    what_to_do = models.TextField(_("wat kun je doen"), help_text=one_point_per_line)
    forms = models.JSONField(_("vormen van uitbuiting"), default=list)
    audience = models.CharField(
        _("voor wie"), max_length=20, choices=Audience.choices, default=Audience.EVERYONE
    )
    position = models.PositiveSmallIntegerField(_("volgorde"), default=100)
    sources = StreamField([("source", SourceBlock())], verbose_name=_("bronnen"), min_num=1)
    checked_on = models.DateField(_("nagekeken op"))
    check_by = models.DateField(_("opnieuw nakijken voor"))
    owner = models.CharField(_("wie kijkt het na"), max_length=100)
    note_for_editor = models.TextField(_("notitie voor de redactie"), blank=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="signal")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="signal",
        for_concrete_model=False,
    )

    objects: ClassVar[models.Manager[Signal]] = SignalQuerySet.as_manager()

    base_form_class = SignalForm
    search_fields: ClassVar = [
        index.SearchField("title"),
        index.SearchField("also_called"),
        index.AutocompleteField("title"),
        index.AutocompleteField("also_called"),
        index.FilterField("locale"),
    ]

    class Meta:
        ordering: ClassVar = ["position", "title"]
        verbose_name = _("signaal")
        verbose_name_plural = _("signalen")
        constraints: ClassVar = [
            # A translation has the address of what it translates.
            models.UniqueConstraint(fields=["slug", "locale"], name="signals_signal_unique_slug"),
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="signals_signal_unique_language"
            ),
            models.CheckConstraint(
                name="signals_signal_audience",
                condition=models.Q(audience__in=("everyone", "young_people", "professionals")),
            ),
            models.CheckConstraint(
                name="signals_signal_check_by_follows",
                condition=models.Q(check_by__gt=models.F("checked_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.checked_on and self.check_by and self.check_by <= self.checked_on:
            message = _("Kies een dag na de dag waarop het is nagekeken.")
            raise ValidationError({"check_by": message})
        if set(self.forms or ()) - set(FORMS):
            raise ValidationError({"forms": _("Kies uit de lijst.")})
        if self.source.pk != self.pk and self.slug != self.source.slug:
            raise ValidationError({"slug": _("Een vertaling heeft het adres van het origineel.")})

    @cached_property
    def source(self) -> Signal:
        """The signal that this one translates; itself when it is no translation.

        No query for one in the site's own language when its locale is there, else 1.
        """
        if self.locale_id is None or self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        shared = Signal.objects.filter(translation_key=self.translation_key)
        return shared.filter(locale__language_code=settings.LANGUAGE_CODE).first() or self

    @property
    def names(self) -> tuple[str, ...]:
        """All by which lessons and quizzes may call it. No query."""
        return (self.title, *lines_of(self.also_called))

    @property
    def revisions(self) -> Any:
        return self._revisions

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "signals/preview.html"

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        response = super().serve_preview(request, mode_name)
        # The editor shows it in a frame of our own origin; nobody else may.
        response._csp_replace = {"frame-ancestors": ["'self'"]}
        return response
