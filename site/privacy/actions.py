"""What goes: at the end of a term, and when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from wagtail.models import ModelLogEntry, PageLogEntry

from accounts.cookies import LearnerToken
from accounts.models import Learner, LimitWindow
from classrooms.archiving import archive_past_years, past_years
from classrooms.models import Classroom, TeamInvitation
from lessons.models import PackageUpload
from privacy import erasure_list
from privacy.past_terms import learners_past_their_term
from privacy.terms import Terms
from quizzes.forgetting import cut_attempts_loose

PER_TRANSACTION = 500


def erase_learners(learner_ids: list[int]) -> None:
    """Enrolments, progress and the learners themselves; of attempts the numbers stay."""
    with transaction.atomic():
        cut_attempts_loose(learner_ids)
        Learner.objects.filter(pk__in=learner_ids).delete()


def erase_at_own_request(*, token: LearnerToken, now: datetime) -> bool:
    """Whether there was something to erase. On the list first, so that no backup brings it back.

    Raises ``OSError`` when the list cannot be written; then nothing is erased.
    """
    learner = Learner.objects.holding(token.learner_id, token.epoch).only("pk").first()
    if learner is None:
        return False
    # A backup may be from before a merging: whoever they were then comes along.
    theirs = Learner.objects.with_merged([learner.pk]).values_list("public_id", flat=True)  # type: ignore[attr-defined]
    erasure_list.add(list_path(), list(theirs), at=now)
    erase_learners([learner.pk])
    return True


def erase_again(public_ids: Iterable[UUID]) -> int:
    """After a backup was put back: erases those on the list that came back. How many."""
    back = list(Learner.objects.filter(public_id__in=list(public_ids)).values_list("pk", flat=True))
    for start in range(0, len(back), PER_TRANSACTION):
        erase_learners(back[start : start + PER_TRANSACTION])
    return len(back)


def list_path() -> Path:
    return Path(settings.ERASURE_LIST)


def apply_terms(terms: Terms, *, now: datetime, is_trial: bool = False) -> dict[str, int]:
    """Everything past its term goes, and classes of earlier school years go into the archive; how
    many of each. A trial only counts.

    Each 500 learners are a transaction of their own, so that a class can be saved in between,
    and what was done stays done when this is stopped.
    """
    past = learners_past_their_term(terms, now=now)
    ended = Session.objects.filter(expire_date__lt=now)
    rows = {
        "counts of wrong codes": LimitWindow.objects.filter(expires_at__lt=now),
        "sessions": ended,
        "devices that were signed in": UserSession.objects.filter(
            Q(session_key__in=ended.values("session_key"))
            | ~Q(session_key__in=Session.objects.values("session_key"))
        ),
        "classes in the archive": Classroom.objects.past_keeping(at=now),  # type: ignore[attr-defined]
        "invitations for a team": TeamInvitation.objects.past_keeping(at=now),  # type: ignore[attr-defined]
        "package files that wait": PackageUpload.objects.filter(
            created_at__lt=terms.upload_since(now)
        ),
        "log of classes": ModelLogEntry.objects.filter(
            timestamp__lt=terms.log_since(now),
            content_type=ContentType.objects.get_for_model(Classroom),
        ),
    }
    names = [
        model.objects.filter(timestamp__lt=terms.log_since(now), user__isnull=False)
        for model in (PageLogEntry, ModelLogEntry)
    ]
    counts = {"learners": past.count(), "classes into the archive": past_years(now=now).count()}
    counts |= {name: found.count() for name, found in rows.items()}
    counts["names in the log of material"] = sum(found.count() for found in names)
    listed = erasure_list.read(list_path())
    counts["lines of the erasure list"] = sum(
        at < terms.listed_since(now) for at in listed.values()
    )
    if is_trial:
        return counts
    while numbers := list(past.values_list("pk", flat=True)[:PER_TRANSACTION]):
        erase_learners(numbers)
    archive_past_years(now=now)
    for found in rows.values():
        found.delete()
    for entries in names:  # that something was done stays; who did it goes
        entries.update(user=None)
    erasure_list.forget_before(list_path(), terms.listed_since(now))
    return counts
