"""Who is past their term."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Learner
from classrooms.models import Enrolment
from privacy.terms import Terms
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt


def learners_past_their_term(terms: Terms, *, now: datetime) -> QuerySet[Learner]:
    """Learners who did nothing since their term began. 1 query, four looks per old learner.

    Who joined a class: since the start of this school year. Who has an account: two years.
    Nobody's: thirty days.
    """
    joined = Exists(Enrolment.objects.filter(learner_id=OuterRef("pk")))
    without_class = terms.without_class_since(now)
    # Whoever is in none of the three is younger than the shortest.
    candidates = Learner.objects.annotate(has_joined=joined)
    return candidates.filter(
        Q(user__isnull=True, has_joined=False) & _idle_since(without_class)
        | Q(user__isnull=True, has_joined=True)
        & _idle_since(terms.class_since(now, timezone.get_default_timezone()))
        | Q(user__isnull=False)
        & _idle_since(terms.account_since(now))
        & (Q(user__last_login__isnull=True) | Q(user__last_login__lt=terms.account_since(now)))
    ).order_by("pk")


def _idle_since(moment: datetime) -> Q:
    """Nothing of the learner is from after ``moment``."""
    own = OuterRef("pk")
    return (
        Q(created_at__lt=moment)
        & ~Q(Exists(Enrolment.objects.filter(learner_id=own, joined_at__gte=moment)))
        & ~Q(Exists(LessonProgress.objects.filter(learner_id=own, updated_at__gte=moment)))
        & ~Q(Exists(Attempt.objects.filter(learner_id=own, started_at__gte=moment)))
        & ~Q(Exists(Answer.objects.filter(attempt__learner_id=own, created_at__gte=moment)))
    )
