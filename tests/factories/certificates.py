"""A path that gives a certificate, and who earned one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import Learner, User
from certificates.actions import claim_certificate
from certificates.models import Certificate
from certificates.paths import Path, published_path
from lessons.models import LessonPackagePage, LessonPage
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Edition, Quiz
from tests.factories.accounts import UserFactory
from tests.factories.lessons import load_small_package

SLUG = "klein-pakket"


def make_path(*, months: int = 12, pass_percent: int = 60) -> Path:
    """The small package, for professionals, with its quiz as a check."""
    package = LessonPackagePage.objects.filter(slug=SLUG).first()
    package = package or load_small_package().page
    package.certificate_months = months
    package.save_revision().publish()
    quiz = Quiz.objects.get(slug="kleine-quiz")
    quiz.kind = "check"
    quiz.pass_percent = pass_percent
    quiz.save_revision().publish()
    return published_path(SLUG)


def finish_lessons(learner: Learner, path: Path, *, at: datetime | None = None) -> None:
    for lesson in path.lessons:
        LessonProgress.objects.create(
            learner=learner, lesson_key=lesson.key, completed_at=at or timezone.now()
        )


def do_check(learner: Learner, path: Path, *, won: int = 4, at: datetime | None = None) -> Attempt:
    """An attempt that was handed in, with so many of four points, all for the first question."""
    quiz = path.checks[0]
    edition = Edition.objects.filter(quiz=quiz).newest().first()
    now = at or timezone.now()
    questions = edition.content["questions"]
    attempt = Attempt.objects.create(
        key=uuid4(),
        learner=learner,
        quiz=quiz,
        edition=edition,
        question_count=len(questions),
        answered_count=len(questions),
        won=won,
        available=4,
        submitted_at=now,
    )
    for place, question in enumerate(questions):
        Answer.objects.create(
            attempt=attempt,
            key=uuid4(),
            question_key=question["key"],
            given={},
            won=0 if place else won,
            available=0 if place else 4,
            created_at=now,
        )
    return attempt


def earn(user: User, path: Path, *, at: datetime | None = None) -> Learner:
    """All of the path, on a device of this user."""
    learner = Learner.objects.create(user=user)
    finish_lessons(learner, path, at=at)
    do_check(learner, path, at=at)
    return learner


def make_certificate(
    user: User | None = None, *, name: str = "Noor de Wit", at: datetime | None = None, **path: Any
) -> Certificate:
    """Earned and asked for at this moment."""
    user = user or UserFactory()
    found = make_path(**path)
    earn(user, found, at=at)
    return claim_certificate(user=user, path=found, name=name, now=at or timezone.now())


def another_lesson(path: Path) -> LessonPage:
    """The editor adds one, and publishes it."""
    page = LessonPage(
        title="Les twee",
        slug="les-twee",
        summary="Nog een.",
        minutes=5,
        before="<p>Niets</p>",
        short_version="<p>Kort</p>",
        steps=[
            {
                "type": "step",
                "value": {
                    "title": "Stap",
                    "minutes": 1,
                    "blocks": [{"type": "text", "value": "<p>Lees.</p>"}],
                },
            }
        ],
    )
    path.source.add_child(instance=page)
    page.save_revision(clean=False).publish()
    return page
