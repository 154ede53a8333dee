"""What somebody did on a path, and which certificates that gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.cookies import LearnerToken
from accounts.models import Learner, User
from certificates.earning import (
    EVERY_FORM,
    CheckWork,
    LessonWork,
    Pass,
    Standing,
    has_passed,
    newest_pass,
)
from certificates.models import Certificate
from lessons.languages import active_language, in_language
from lessons.models import LessonPackagePage, LessonPage
from lessons.queries import packages_holding, published_package, quizzes_of
from progress.models import LessonProgress
from quizzes.kinds import CHECK
from quizzes.models import Answer, Attempt, Edition, Quiz
from signals.queries import signals_called

ATTEMPT_FIELDS = (
    "pk", "quiz_id", "won", "available", "submitted_at", "edition_id", "edition__number",
    "edition__content__pass_percent",
)  # fmt: skip


class NoPathError(Exception):
    """No published path with a certificate has this address."""


@dataclass(frozen=True)
class Path:
    """A package that gives a certificate, with its published lessons and checks."""

    page: LessonPackagePage  # in the reader's language
    lessons: list[LessonPage]  # as they were written: by their keys is progress found
    shown: list[LessonPage]  # the same, in the reader's language
    checks: list[Quiz]

    @property
    def source(self) -> LessonPackagePage:
        source: LessonPackagePage = self.page.source
        return source

    @property
    def forms(self) -> list[str]:
        return [block.value for block in self.source.forms if block.value != EVERY_FORM]


def published_path(slug: str) -> Path:
    """Raises ``NoPathError``. 3 queries, 5 for a translation."""
    try:
        page = published_package(slug)
    except LessonPackagePage.DoesNotExist as error:
        raise NoPathError from error
    if not page.source.certificate_months:
        raise NoPathError
    return _path(page)


def paths_holding(quiz: Quiz) -> list[Path]:
    """The published paths of which this check is a part. 2 queries, and for each path 2, 4 for a
    translation."""
    packages = packages_holding(quiz).filter(
        live=True, certificate_months__gt=0, locale__language_code=settings.LANGUAGE_CODE
    )
    found = list(packages.select_related("locale").order_by("title"))
    return [_path(page) for page in in_language(found, active_language())]


def _path(page: LessonPackagePage) -> Path:
    found = LessonPage.objects.live().child_of(page.source).order_by("path")
    lessons = list(found.select_related("locale"))
    checks = [quiz for quiz in quizzes_of(lessons) if quiz.kind == CHECK.name]
    return Path(page, lessons, in_language(lessons, active_language()), checks)


def learner_of_device(token: LearnerToken | None) -> Learner | None:
    """Whoever this device's cookie is of, unless it was ended. 1 query."""
    if token is None:
        return None
    return Learner.objects.holding(token.learner_id, token.epoch).first()


def learners_of(user: User) -> list[int]:
    """1 query."""
    return list(user.learners.order_by("pk").values_list("pk", flat=True))


def standing(
    path: Path, learner_ids: Collection[int], *, today: date, after: datetime | None = None
) -> Standing:
    """How far these learners are together. ``after``: the check of the certificate before.

    2 queries, and 2 more when a check was passed. None for nobody.
    """
    if not learner_ids:
        return Standing([_lesson(one, frozenset(), None) for one in path.lessons], _open(path))
    done: dict[Any, datetime | None] = {}
    progress = LessonProgress.objects.filter(
        learner_id__in=learner_ids,
        lesson_key__in=[lesson.key for lesson in path.lessons],
        completed_at__isnull=False,
    )
    for key, at in progress.order_by("completed_at").values_list("lesson_key", "completed_at"):
        done[key] = at
    passes = _passes(path.checks, learner_ids)
    months = path.source.certificate_months
    checks = [
        CheckWork(
            str(quiz.key),
            newest_pass(passes.get(quiz.pk, ()), after=after, months=months, today=today),
        )
        for quiz in path.checks
    ]
    forms = _forms_of(path.lessons) if len(done) == len(path.lessons) else {}
    lessons = [
        _lesson(one, forms.get(one.pk, frozenset()), done.get(one.key)) for one in path.lessons
    ]
    return Standing(lessons, checks)


def _lesson(lesson: LessonPage, forms: frozenset[str], at: datetime | None) -> LessonWork:
    return LessonWork(str(lesson.key), forms, timezone.localdate(at) if at else None)


def _open(path: Path) -> list[CheckWork]:
    return [CheckWork(str(quiz.key), None) for quiz in path.checks]


def _passes(checks: Iterable[Quiz], learner_ids: Collection[int]) -> dict[int, list[Pass]]:
    """Each pass of each check, by quiz: 1 query, and 1 for what was asked in them."""
    attempts = (
        Attempt.objects.submitted()
        .filter(learner_id__in=learner_ids, quiz__in=[quiz.pk for quiz in checks])
        .values(*ATTEMPT_FIELDS)
    )
    passed = [
        row
        for row in attempts
        if has_passed(
            won=row["won"],
            available=row["available"],
            pass_percent=row["edition__content__pass_percent"] or 0,
        )
    ]
    if not passed:
        return {}
    asked = _asked_forms(passed)
    found: dict[int, list[Pass]] = defaultdict(list)
    for row in passed:
        at = row["submitted_at"]
        forms = asked[row["pk"]]
        one = Pass(at=at, on=timezone.localdate(at), edition=row["edition__number"], forms=forms)
        found[row["quiz_id"]].append(one)
    return found


def _asked_forms(attempts: Collection[dict[str, Any]]) -> dict[int, frozenset[str]]:
    """About which forms each of these attempts had a question. 2 queries."""
    editions = Edition.objects.in_bulk({row["edition_id"] for row in attempts})
    form_of = {
        pk: {question["key"]: question.get("form", "") for question in one.content["questions"]}
        for pk, one in editions.items()
    }
    edition_of = {row["pk"]: row["edition_id"] for row in attempts}
    asked: dict[int, set[str]] = defaultdict(set)
    answers = Answer.objects.counted().filter(attempt__in=edition_of)
    for attempt, question in answers.values_list("attempt_id", "question_key"):
        asked[attempt].add(form_of[edition_of[attempt]].get(str(question), ""))
    return {pk: frozenset(asked[pk] - {"", EVERY_FORM}) for pk in edition_of}


def _forms_of(lessons: Iterable[LessonPage]) -> dict[int, frozenset[str]]:
    """Which forms each lesson's signal cards are about. No query when signals are in memory."""
    return {
        lesson.pk: frozenset(
            form
            for signal in signals_called(_cards_in(lesson), lesson.locale.language_code)
            for form in signal.forms
        )
        for lesson in lessons
    }


def _cards_in(lesson: LessonPage) -> Iterator[str]:
    for step in lesson.steps.raw_data:
        for block in step["value"]["blocks"]:
            if block["type"] == "signal_card":
                yield block["value"]["title"]


def latest_certificate(user: User, path: Path) -> Certificate | None:
    """The user's last one on this path. 1 query."""
    own = Certificate.objects.of(user).filter(package_key=path.source.key)
    return own.with_renewal().order_by("-number").first()


def paths_for(user: User) -> list[LessonPackagePage]:
    """Published paths of which the user has no certificate that counts, in the reader's
    language. 2 queries, 3 for a translation."""
    today = timezone.localdate()
    held = Certificate.objects.of(user).in_force().filter(valid_until__gte=today)
    pages = LessonPackagePage.objects.live().filter(
        certificate_months__gt=0, locale__language_code=settings.LANGUAGE_CODE
    )
    keys = set(held.values_list("package_key", flat=True))
    found = pages.select_related("locale").order_by("title")
    return in_language([page for page in found if page.key not in keys], active_language())
