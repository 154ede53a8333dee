"""Everything that writes about certificates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import User
from certificates.audit import write_down
from certificates.earning import dates_of_forms
from certificates.models import (
    Certificate,
    CertificateReminder,
    CoordinatorReminder,
    RevokedBadge,
)
from certificates.paths import Path, latest_certificate, learners_of, standing
from certificates.validity import add_months


class NotEarnedError(Exception):
    """Something of the path is still to be done, or to be done again."""


class AlreadyRevokedError(Exception):
    """It was revoked before; the first reason stays."""


def claim_certificate(*, user: User, path: Path, name: str, now: datetime) -> Certificate:
    """The certificate for what this user did; or the one they have, when that still counts.

    A second press gives the same one. A renewal is a new one, and the old one stays. Raises
    ``NotEarnedError``. At most 12 queries.
    """
    try:
        with transaction.atomic():
            return _claim(user=user, path=path, name=name, now=now)
    except IntegrityError:  # the other press was first
        found = latest_certificate(user, path)
        if found is None:
            raise
        return found


def _claim(*, user: User, path: Path, name: str, now: datetime) -> Certificate:
    today = timezone.localdate(now)
    before = latest_certificate(user, path)
    if before is not None and not before.may_be_renewed(today=today):
        return before
    after = before.checked_at if before else None
    work = standing(path, learners_of(user), today=today, after=after)
    if not work.is_earned or work.first_pass is None or work.last_pass is None:
        # Pressed twice on a renewal: the second press sees what the first one made.
        if before is not None and before.issued_on == today and before.revoked_at is None:
            return before
        raise NotEarnedError
    dates = dates_of_forms(path.forms, work)
    return Certificate.objects.create(
        user=user,
        package_key=path.source.key,
        number=before.number + 1 if before else 1,
        renews=before,
        holder_name=name,
        title=path.page.title,
        version=path.source.version,
        check_edition=work.last_pass.edition,
        language=translation.get_language() or path.page.locale.language_code,
        forms=[[form, day.isoformat()] for form, day in dates.items()],
        checked_at=work.last_pass.at,
        issued_on=today,
        valid_until=add_months(work.first_pass.on, path.source.certificate_months),
    )


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, now: datetime, user: User | None
) -> None:
    """It counts no longer, and whoever checks it sees that. Raises ``AlreadyRevokedError``.

    ``user``: who does it; ``None`` for the command. A handful of queries.
    """
    standing_ones = Certificate.objects.filter(pk=certificate.pk, revoked_at__isnull=True)
    if not standing_ones.update(revoked_at=now, revoked_reason=reason):
        raise AlreadyRevokedError
    RevokedBadge.objects.get_or_create(place=certificate.pk)
    certificate.refresh_from_db()
    write_down("revoke", certificate=certificate, user=user)


def delete_certificate(*, certificate: Certificate) -> None:
    """The holder's own wish. Who checks it finds nothing. That it was revoked stays, as a
    bare number, in the list that badges are checked with. A handful of queries."""
    certificate.delete()


@transaction.atomic
def note_reminder(*, certificate: Certificate, days: int, now: datetime) -> bool:
    """Whether this one is still to be sent: who asks second hears no. 1 query."""
    _reminder, is_new = CertificateReminder.objects.get_or_create(
        certificate=certificate, days=days, defaults={"sent_at": now}
    )
    return is_new


def note_coordinator_reminders(
    *, coordinator: User, due: Iterable[tuple[Certificate, int]], now: datetime
) -> None:
    """Which certificates this coordinator is told about now, with the number of days.

    Raises ``IntegrityError`` when one of them was told already, by who ran at the same time.
    1 query.
    """
    CoordinatorReminder.objects.bulk_create(
        CoordinatorReminder(
            certificate=certificate, coordinator=coordinator, days=days, sent_at=now
        )
        for certificate, days in due
    )
