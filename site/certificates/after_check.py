"""What the page with the result of a check says to who passed one of a path: what is still to do,
or where the certificate is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.cookies import learner_token
from accounts.models import User
from certificates.earning import Standing
from certificates.paths import (
    Path,
    latest_certificate,
    learner_of_device,
    learners_of,
    paths_holding,
    standing,
)
from quizzes.models import Attempt


@dataclass(frozen=True)
class ToDo:
    """A lesson or a check that is still open: where it is, in which language it is written."""

    address: str
    title: str
    language: str


def what_now(request: HttpRequest, attempt: Attempt) -> SafeString:
    """For each path that this check is of; nothing for a check in another package.

    3 queries; in a path 7 more, 9 for a translation; and for who is signed in 4 more.
    """
    paths = paths_holding(attempt.quiz)
    if not paths:
        return SafeString()
    user = request.user if isinstance(request.user, User) else None
    whose = _whose_work(request, user)
    rows = [_row(path, whose, user) for path in paths]
    context = {"rows": rows, "is_signed_in": user is not None}
    return render_to_string("certificates/_after_check.html", context)


def _whose_work(request: HttpRequest, user: User | None) -> list[int]:
    """What was done here and, unless somebody else did that, what this user did elsewhere."""
    here = learner_of_device(learner_token(request))
    found = {here.pk} if here else set()
    if user is not None and (here is None or here.user_id in (None, user.pk)):
        found |= set(learners_of(user))
    return sorted(found)


def _row(path: Path, whose: list[int], user: User | None) -> dict[str, object]:
    held = latest_certificate(user, path) if user else None
    today = timezone.localdate()
    if held is not None and not held.may_be_renewed(today=today):
        return {"path": path, "held": held}
    work = standing(path, whose, today=today, after=held.checked_at if held else None)
    return {"path": path, "is_earned": work.is_earned, "to_do": _to_do(path, work)}


def _to_do(path: Path, work: Standing) -> list[ToDo]:
    lessons = [
        ToDo(
            reverse("progress:lesson", args=[path.page.slug, page.slug]),
            page.title,
            page.locale.language_code,
        )
        for page, part in zip(path.shown, work.lessons, strict=True)
        if part.done_on is None
    ]
    checks = [
        ToDo(reverse("quizzes:quiz", args=[quiz.slug]), quiz.title, quiz.language)
        for quiz, part in zip(path.checks, work.checks, strict=True)
        if part.passed is None
    ]
    return lessons + checks
