from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models

from certificates.validity import REMIND_AT_DAYS, State

if TYPE_CHECKING:
    from accounts.models import User


class CertificateQuerySet(models.QuerySet):
    def of(self, user: User) -> CertificateQuerySet:
        """The user's own."""
        return self.filter(user_id=user.pk)

    def with_renewal(self) -> CertificateQuerySet:
        """With what follows it and what it follows, without queries of their own."""
        return self.select_related("renewed_by", "renews")

    def in_force(self) -> CertificateQuerySet:
        """Not revoked and not replaced; it may have expired."""
        return self.filter(revoked_at__isnull=True, renewed_by__isnull=True)

    def in_state(self, state: str, *, today: date) -> CertificateQuerySet:
        """Those of which ``validity.state`` says this."""
        if state == State.REVOKED:
            return self.filter(revoked_at__isnull=False)
        if state == State.REPLACED:
            return self.filter(revoked_at__isnull=True, renewed_by__isnull=False)
        if state == State.EXPIRED:
            return self.in_force().filter(valid_until__lt=today)
        return self.in_force().filter(valid_until__gte=today)

    def numbered(self, start: str) -> CertificateQuerySet:
        """Whose number begins so."""
        return self.filter(public_id__startswith=start)

    def ending_soon(self, *, today: date) -> CertificateQuerySet:
        """In force, and so near its end that its holder is reminded."""
        furthest = today + timedelta(days=max(REMIND_AT_DAYS))
        return self.in_force().filter(valid_until__range=(today, furthest))
