"""Schools and other organisations, and who has which role there."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.querysets import RoleQuerySet


class Organisation(models.Model):
    class Kind(models.TextChoices):
        SCHOOL = "school", _("School")
        YOUTH = "youth", _("Jongerenorganisatie")
        MUNICIPALITY = "municipality", _("Gemeente")
        CARE = "care", _("Zorg")
        HOUSING = "housing", _("Wonen")
        POLICE = "police", _("Politie")
        OTHER = "other", _("Anders")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=20, choices=Kind.choices, default=Kind.SCHOOL)
    # CBS code of the municipality (GM0363), see ``municipalities``; empty until a teacher of
    # the organisation fills it in.
    municipality_code = models.CharField(_("gemeentecode"), max_length=6, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        constraints = [
            models.CheckConstraint(
                name="organisations_organisation_kind",
                condition=models.Q(
                    kind__in=(
                        "school",
                        "youth",
                        "municipality",
                        "care",
                        "housing",
                        "police",
                        "other",
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a user may do in one organisation."""

    class Name(models.TextChoices):
        TEACHER = "teacher", _("docent of begeleider")
        MUNICIPAL_EDITOR = "municipal_editor", _("redacteur van de gemeente")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=Name.choices, default=Name.TEACHER)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Role]] = RoleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "name"], name="organisations_role_unique"
            ),
            models.CheckConstraint(
                name="organisations_role_name",
                condition=models.Q(name__in=("teacher", "municipal_editor")),
            ),
        ]
