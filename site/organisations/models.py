"""Schools and other organisations, and who has which role there."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.querysets import InvitationQuerySet, RoleQuerySet


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
    # Empty while it is provisional: nobody but the teacher who typed the name says that it is
    # this organisation.
    confirmed_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def is_provisional(self) -> bool:
        return self.confirmed_at is None


class Role(models.Model):
    """What a user may do in one organisation."""

    class Name(models.TextChoices):
        TEACHER = "teacher", _("docent of begeleider")
        COORDINATOR = "coordinator", _("coördinator")
        MUNICIPAL_EDITOR = "municipal_editor", _("redacteur van de gemeente")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=Name.choices, default=Name.TEACHER)
    # By a coordinator; the role gives nothing until it is taken back.
    suspended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Role]] = RoleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation", "name"], name="organisations_role_unique"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=models.Q(name__in=("teacher", "coordinator")),
                name="organisations_role_one_colleague",
            ),
            models.CheckConstraint(
                name="organisations_role_name",
                condition=models.Q(name__in=("teacher", "coordinator", "municipal_editor")),
            ),
        ]


class Invitation(models.Model):
    """An open invitation. The row goes as soon as it was used, taken back, or is over."""

    class RoleName(models.TextChoices):
        TEACHER = "teacher", _("docent of begeleider")
        COORDINATOR = "coordinator", _("coördinator")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mailadres"))
    role = models.CharField(max_length=20, choices=RoleName.choices)
    # Of the link; whoever reads this table cannot use it.
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Invitation]] = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "email"], name="organisations_invitation_once"
            ),
            models.CheckConstraint(
                name="organisations_invitation_role",
                condition=models.Q(role__in=("teacher", "coordinator")),
            ),
        ]
