"""Certificates: what somebody learned for their work, on which day, and until when it counts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.numbers import new_number
from certificates.querysets import CertificateQuerySet
from certificates.validity import State, may_renew, renewable_from, state


class Certificate(models.Model):
    """What one account earned on one path, once. Never changed: a renewal is a new one.

    It stands on its own: the path may change or go, and this still says what was learned.
    """

    public_id = models.CharField(max_length=26, unique=True, default=new_number, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificates"
    )
    package_key = models.UUIDField(editable=False)  # LessonPackagePage.key of the path
    number = models.PositiveSmallIntegerField()  # which one it is on this path, from 1
    renews = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="renewed_by"
    )
    holder_name = models.CharField(_("naam op het certificaat"), max_length=100)
    title = models.CharField(_("leerpad"), max_length=255)
    version = models.CharField(_("versie"), max_length=20)
    check_edition = models.PositiveIntegerField()  # of the check that was passed last
    language = models.CharField(max_length=10)
    forms = models.JSONField(default=list)  # [[name, ISO date]]
    checked_at = models.DateTimeField()  # the newest pass: it counts for no later certificate
    issued_on = models.DateField(_("uitgegeven op"))
    valid_until = models.DateField(_("geldig tot en met"))
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    revoked_reason = models.CharField(_("reden van intrekken"), max_length=200, blank=True)

    objects: ClassVar[models.Manager[Certificate]] = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("certificaat")
        verbose_name_plural = _("certificaten")
        constraints: ClassVar = [
            # Two presses in the same instant give one.
            models.UniqueConstraint(
                fields=["user", "package_key", "number"], name="certificates_certificate_once"
            ),
            models.CheckConstraint(
                name="certificates_certificate_period",
                condition=models.Q(valid_until__gte=models.F("issued_on")),
            ),
            models.CheckConstraint(
                name="certificates_certificate_revoked_with_reason",
                condition=models.Q(revoked_at__isnull=True, revoked_reason="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.public_id})"

    def state(self, *, today: date) -> State:
        """1 query unless the renewal was selected along (``with_renewal``)."""
        return state(
            valid_until=self.valid_until,
            today=today,
            is_revoked=self.revoked_at is not None,
            is_replaced=self.replacement is not None,
        )

    @property
    def replacement(self) -> Certificate | None:
        return getattr(self, "renewed_by", None)

    @property
    def renewable_from(self) -> date:
        return renewable_from(self.valid_until)

    def may_be_renewed(self, *, today: date) -> bool:
        """A revoked one makes room at once: its holder shows again what they know."""
        return self.revoked_at is not None or may_renew(valid_until=self.valid_until, today=today)

    @property
    def dated_forms(self) -> list[tuple[str, date]]:
        return [(name, date.fromisoformat(day)) for name, day in self.forms]


class CertificateReminder(models.Model):
    """That the holder was told that a certificate ends: once for each number of days."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()  # before the last day
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "days"], name="certificates_certificatereminder_once"
            ),
        ]


class CoordinatorReminder(models.Model):
    """That a coordinator was told that a colleague's certificate ends: once for each number of
    days, also where they share more than one organisation."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.CASCADE, related_name="coordinator_reminders"
    )
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificate_reminders"
    )
    days = models.PositiveSmallIntegerField()  # before the last day
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate", "coordinator", "days"],
                name="certificates_coordinatorreminder_once",
            ),
        ]


class RevokedBadge(models.Model):
    """A place in the public list of revoked badges. Stays when the certificate is deleted."""

    place = models.PositiveBigIntegerField(unique=True)  # pk of the certificate
