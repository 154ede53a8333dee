"""Who helps with what."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from helplines.admin_forms import HelplineForm


class Helpline(models.Model):
    """A place that helps: functions and numbers, never a person's name."""

    base_form_class = HelplineForm

    class ForWhom(models.TextChoices):
        YOUNG_PEOPLE = "young_people", _("jongeren")
        EVERYONE = "everyone", _("iedereen")
        PROFESSIONALS = "professionals", _("professionals")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    what = models.TextField(_("wat doen zij"))
    for_whom = models.CharField(_("voor wie"), max_length=20, choices=ForWhom.choices)
    # Codes of Statistics Netherlands. A region is the municipalities in it; none is everywhere.
    municipalities = models.JSONField(_("alleen in deze gemeenten"), default=list, blank=True)
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    phone_link = models.CharField(
        _("telefoon als link"), max_length=30, blank=True, help_text=_("Alleen cijfers en +")
    )
    url = models.URLField(_("website"), blank=True)
    chat_url = models.URLField(_("chat"), blank=True)
    hours = models.CharField(_("open"), max_length=120, blank=True)
    languages = models.JSONField(_("talen"), default=list, blank=True)
    is_free = models.BooleanField(_("gratis"), default=False)
    is_anonymous = models.BooleanField(_("anoniem"), default=False)
    is_acute = models.BooleanField(_("bij gevaar"), default=False)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=100)
    source_title = models.CharField(_("bron"), max_length=200)
    source_url = models.URLField(_("bron (link)"))
    checked_on = models.DateField(_("nagekeken op"))
    check_by = models.DateField(_("opnieuw nakijken voor"))
    owner = models.CharField(_("wie kijkt het na"), max_length=100)
    note_for_editor = models.TextField(_("notitie voor de redactie"), blank=True)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("hulplijn")
        verbose_name_plural = _("hulplijnen")
        constraints = [
            models.CheckConstraint(
                name="helplines_helpline_has_a_way_in",
                condition=~models.Q(phone="", url="", chat_url=""),
            ),
            models.CheckConstraint(
                name="helplines_helpline_for_whom",
                condition=models.Q(for_whom__in=("young_people", "everyone", "professionals")),
            ),
            models.CheckConstraint(
                name="helplines_helpline_check_by_follows",
                condition=models.Q(check_by__gt=models.F("checked_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_national(self) -> bool:
        return not self.municipalities
