from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from classrooms.rights import PARTS_WITH, Part, Right
from classrooms.school_years import ARCHIVE_DAYS
from organisations.models import Role

if TYPE_CHECKING:
    from accounts.models import User


class ClassroomQuerySet(models.QuerySet):
    def open_to(self, user: User, right: Right) -> ClassroomQuerySet:
        """Classes with which the user has this right: their own and those that they share.

        Only in organisations where they still have a role.
        """
        parts = PARTS_WITH[right]
        role = Role.objects.of(user).teaching()  # type: ignore[attr-defined]
        is_theirs = Q(teacher_id=user.pk)
        if len(parts) > 1:
            is_theirs |= Q(Exists(self._shares_of(user).filter(part__in=parts)))
        return self.filter(
            is_theirs, Exists(role.filter(organisation_id=OuterRef("organisation_id")))
        )

    def with_part_of(self, user: User) -> ClassroomQuerySet:
        """Each class with ``part``: what the user is in it, where it is open to them."""
        part = models.Subquery(self._shares_of(user).values("part")[:1])
        return self.annotate(part=Coalesce(part, models.Value(Part.LEADER)))

    def _shares_of(self, user: User) -> models.QuerySet:
        # By name: models.py needs this module.
        shares = apps.get_model("classrooms", "Share").objects
        return shares.filter(classroom_id=OuterRef("pk"), user_id=user.pk)

    def open_for_joining(self, *, at: datetime) -> ClassroomQuerySet:
        return self.filter(join_opens_at__lte=at, join_closes_at__gt=at).in_use()

    def in_use(self) -> ClassroomQuerySet:
        return self.filter(archived_at__isnull=True)

    def archived(self) -> ClassroomQuerySet:
        return self.filter(archived_at__isnull=False)

    def of_before(self, moment: datetime) -> ClassroomQuerySet:
        """Classes in use that were made before then, and in which nobody joined, nothing was given
        and nothing was done since. A team of professionals knows no school year."""
        enrolments = apps.get_model("classrooms", "Enrolment").objects.filter(
            classroom_id=OuterRef("pk")
        )
        assignments = apps.get_model("classrooms", "Assignment").objects.filter(
            classroom_id=OuterRef("pk")
        )
        return (
            self.in_use()
            .filter(created_at__lt=moment)
            .exclude(kind="team")
            .exclude(restored_at__gte=moment)
            .exclude(Exists(enrolments.filter(joined_at__gte=moment)))
            .exclude(Exists(enrolments.filter(learner__attempts__started_at__gte=moment)))
            .exclude(Exists(enrolments.filter(learner__lesson_progress__updated_at__gte=moment)))
            .exclude(Exists(assignments.filter(created_at__gte=moment)))
        )

    def past_keeping(self, *, at: datetime) -> ClassroomQuerySet:
        """Classes that were in the archive long enough to be removed for good."""
        return self.filter(archived_at__lte=at - timedelta(days=ARCHIVE_DAYS))


class EnrolmentQuerySet(models.QuerySet):
    def current(self) -> EnrolmentQuerySet:
        """Who is in the class now."""
        return self.filter(removed_at__isnull=True)

    def teams_of(self, user: User) -> EnrolmentQuerySet:
        """Where somebody takes part under their own name, with the team."""
        mine = self.current().filter(is_named=True, learner__user_id=user.pk)
        return mine.filter(classroom__archived_at__isnull=True).select_related("classroom")


# How long it can be looked up whether somebody was invited, after that is over.
KEPT_DAYS = 30


class TeamInvitationQuerySet(models.QuerySet):
    def open(self, *, at: datetime) -> TeamInvitationQuerySet:
        """Those of which the link works."""
        return self.filter(
            accepted_at__isnull=True, expires_at__gt=at, classroom__archived_at__isnull=True
        )

    def to(self, user: User) -> TeamInvitationQuerySet:
        """Those that the user accepted, and those sent to an address that they confirmed."""
        confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True)
        emails = [email.lower() for email in confirmed.values_list("email", flat=True)]
        return self.filter(Q(email__in=emails) | Q(accepted_by_id=user.pk))

    def past_keeping(self, *, at: datetime) -> TeamInvitationQuerySet:
        """Accepted or over so long ago that nobody needs to know it any more."""
        since = at - timedelta(days=KEPT_DAYS)
        return self.filter(
            Q(accepted_at__lte=since) | Q(accepted_at__isnull=True, expires_at__lte=since)
        )


class AssignmentQuerySet(models.QuerySet):
    def open(self, *, at: datetime) -> AssignmentQuerySet:
        return self.filter(opens_at__lte=at)
