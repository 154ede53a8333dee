"""Reads across the apps for the front page and the learner's own page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.cookies import LearnerToken
from accounts.models import Learner
from classrooms.models import Assignment, Enrolment
from home.models import HomePage
from home.tasks import ClassroomTasks, Task, in_order, with_opened
from lessons.languages import active_language
from lessons.models import LessonPage
from progress.completion import State, quiz_state
from progress.models import LessonProgress
from quizzes.models import Attempt, Quiz


@dataclass(frozen=True, slots=True)
class FrontQuiz:
    title: str
    slug: str
    minutes: int
    language: str


_front: dict[str, tuple[float, FrontQuiz | None]] = {}  # by language


def title_in_language(model: type[LessonPage | Quiz], translation_key: str) -> Subquery:
    """The title of its published translation into the active language; none in its own."""
    translations = model.objects.filter(
        translation_key=OuterRef(translation_key),
        locale__language_code=active_language(),
        live=True,
    ).exclude(locale__language_code=settings.LANGUAGE_CODE)
    return Subquery(translations.values("title")[:1])


def _title(row: dict[str, Any], quiz: str) -> dict[str, str]:
    if row["title_in_language"]:
        return {"title": row["title_in_language"], "language": active_language()}
    return {"title": row[f"{quiz}title"], "language": row[f"{quiz}language"]}


def front_quiz() -> FrontQuiz | None:
    """The quiz that the front page offers. No query when warm, else 1."""
    now = time.monotonic()
    language = active_language()
    kept = _front.get(language)
    if kept is not None and now - kept[0] < settings.LESSON_RECHECK_SECONDS:
        return kept[1]
    row = (
        HomePage.objects.filter(quiz__live=True, quiz__editions__isnull=False)
        .filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
        .annotate(title_in_language=title_in_language(Quiz, "quiz__translation_key"))
        .values("title_in_language", "quiz__title", "quiz__slug", "quiz__minutes", "quiz__language")
        .first()
    )
    found = None
    if row:
        found = FrontQuiz(
            slug=row["quiz__slug"], minutes=row["quiz__minutes"], **_title(row, "quiz__")
        )
    _front[language] = (now, found)
    return found


@dataclass(slots=True)
class OwnPage:
    """Everything on a learner's own page."""

    classrooms: list[ClassroomTasks] = field(default_factory=list)
    # What they did or began without a class having asked for it.
    own: list[Task] = field(default_factory=list)

    @property
    def has_nothing(self) -> bool:
        return not self.own and not any(entry.tasks for entry in self.classrooms)


ASSIGNMENT = "classroom__assignments__"
THE_ASSIGNMENT = OuterRef("classroom__assignments")
CHOSEN = Assignment.for_enrolments.through.objects
ENROLMENT_FIELDS = (
    "pk",
    "nickname",
    "classroom__name",
    f"{ASSIGNMENT}opens_at",
    f"{ASSIGNMENT}is_for_some",
    f"{ASSIGNMENT}due_on",
    f"{ASSIGNMENT}note",
    f"{ASSIGNMENT}waits_for_preparation",
    f"{ASSIGNMENT}package__path",
    f"{ASSIGNMENT}lesson_id",
    f"{ASSIGNMENT}quiz__slug",
    f"{ASSIGNMENT}quiz__title",
    f"{ASSIGNMENT}quiz__minutes",
    f"{ASSIGNMENT}quiz__language",
    f"{ASSIGNMENT}quiz__key",
    f"{ASSIGNMENT}quiz__live",
)


ATTEMPT_FIELDS = (
    "answered_count",
    "submitted_at",
    "quiz__key",
    "quiz__slug",
    "quiz__title",
    "quiz__minutes",
    "quiz__language",
    "quiz__live",
    "quiz__steps__lesson_id",
)


@dataclass(slots=True)
class _Own:
    """What the database knows of one learner, before it is put together."""

    enrolments: list[dict[str, Any]]
    progress: dict[UUID, LessonProgress]
    attempts: dict[UUID, dict[str, Any]]  # the newest per quiz
    lessons: list[LessonPage]

    def lesson_task(self, lesson: LessonPage, row: dict[str, Any] | None = None) -> Task:
        translated: str | None = lesson.title_in_language  # type: ignore[attr-defined]
        return Task(
            title=translated or lesson.title,
            language=active_language() if translated else settings.LANGUAGE_CODE,
            url=lesson_url(lesson),
            kind="lesson",
            minutes=lesson.minutes,
            state=self.lesson_state(lesson.key),
            due_on=row[f"{ASSIGNMENT}due_on"] if row else None,
            note=row[f"{ASSIGNMENT}note"] if row else "",
            is_held=bool(row and row[f"{ASSIGNMENT}waits_for_preparation"]),
        )

    def lesson_state(self, key: UUID) -> State:
        progress = self.progress.get(key)
        if progress is None:
            return State.NOT_STARTED
        return State.DONE if progress.completed_at else State.BUSY

    def quiz_task(self, *, key: UUID, slug: str, minutes: int, **extra: Any) -> Task:
        attempt = self.attempts.get(key)
        state = State.NOT_STARTED
        if attempt is not None:
            state = quiz_state(
                answered=attempt["answered_count"],
                is_submitted=attempt["submitted_at"] is not None,
            )
        url = reverse("quizzes:quiz", args=[slug])
        return Task(url=url, kind="quiz", minutes=minutes, state=state, **extra)

    def assigned(self, row: dict[str, Any]) -> list[Task]:
        """The tasks of one assignment: a package gives one for each of its lessons."""
        if row[f"{ASSIGNMENT}quiz__key"]:
            if not row[f"{ASSIGNMENT}quiz__live"]:
                return []
            return [
                self.quiz_task(
                    key=row[f"{ASSIGNMENT}quiz__key"],
                    slug=row[f"{ASSIGNMENT}quiz__slug"],
                    minutes=row[f"{ASSIGNMENT}quiz__minutes"],
                    **_title(row, f"{ASSIGNMENT}quiz__"),
                    due_on=row[f"{ASSIGNMENT}due_on"],
                    note=row[f"{ASSIGNMENT}note"],
                    is_held=row[f"{ASSIGNMENT}waits_for_preparation"],
                )
            ]
        path = row[f"{ASSIGNMENT}package__path"]
        return [
            self.lesson_task(lesson, row)
            for lesson in self.lessons
            if lesson.pk == row[f"{ASSIGNMENT}lesson_id"] or (path and lesson.path.startswith(path))
        ]


def lesson_url(lesson: LessonPage) -> str:
    """Where a learner starts or resumes it. No query."""
    package_slug, lesson_slug = lesson.url_path.strip("/").split("/")[-2:]
    return reverse("progress:lesson", args=[package_slug, lesson_slug])


def _read(token: LearnerToken) -> _Own:
    """Four queries, whatever the class or the history."""
    enrolments = list(
        Enrolment.objects.current()
        .filter(
            learner_id=token.learner_id,
            learner__epoch=token.epoch,
            classroom__archived_at__isnull=True,
        )
        .order_by("classroom__name", "pk", f"{ASSIGNMENT}due_on", f"{ASSIGNMENT}pk")
        .annotate(
            title_in_language=title_in_language(Quiz, f"{ASSIGNMENT}quiz__translation_key"),
            is_chosen=Exists(CHOSEN.filter(enrolment=OuterRef("pk"), assignment=THE_ASSIGNMENT)),
        )
        .values("title_in_language", "is_chosen", *ENROLMENT_FIELDS)
    )
    own = Q(learner_id=token.learner_id, learner__epoch=token.epoch)
    progress = {row.lesson_key: row for row in LessonProgress.objects.filter(own)}
    attempts: dict[UUID, dict[str, Any]] = {}
    # A row for each lesson that holds the quiz, oldest attempt first.
    attempted = Attempt.objects.filter(own).order_by("pk")
    titled = attempted.annotate(title_in_language=title_in_language(Quiz, "quiz__translation_key"))
    for row in titled.values("title_in_language", *ATTEMPT_FIELDS):
        key = row["quiz__key"]
        lessons_so_far = attempts[key]["in_lessons"] if key in attempts else set()
        attempts[key] = {**row, "in_lessons": lessons_so_far | {row["quiz__steps__lesson_id"]}}
    wanted = Q(key__in=progress)
    for row in filter(_is_theirs, enrolments):
        if row[f"{ASSIGNMENT}package__path"]:
            wanted |= Q(path__startswith=row[f"{ASSIGNMENT}package__path"])
        elif row[f"{ASSIGNMENT}lesson_id"]:
            wanted |= Q(pk=row[f"{ASSIGNMENT}lesson_id"])
    lessons = list(
        LessonPage.objects.live()
        .filter(wanted)
        .annotate(title_in_language=title_in_language(LessonPage, "translation_key"))
        .defer("steps", "goals", "materials", "before", "short_version")
        .order_by("path")
    )
    return _Own(enrolments, progress, attempts, lessons)


def _is_theirs(row: dict[str, Any]) -> bool:
    """Whether the assignment of this row, if there is one, is also for this learner."""
    return row["is_chosen"] or not row[f"{ASSIGNMENT}is_for_some"]


def own_page(token: LearnerToken, *, at: datetime) -> OwnPage:
    """The learner's own page. 4 queries.

    An assignment that is not open yet, or only for others, is left out. Raises
    ``Learner.DoesNotExist`` when the cookie was ended and nothing is known; 1 query more to make
    sure of that.
    """
    read = _read(token)
    page = OwnPage()
    if not (read.enrolments or read.progress or read.attempts) and not (
        Learner.objects.holding(token.learner_id, token.epoch).exists()
    ):
        raise Learner.DoesNotExist
    classrooms: dict[int, ClassroomTasks] = {}
    opened: set[str] = set()
    for row in read.enrolments:
        entry = classrooms.setdefault(
            row["pk"], ClassroomTasks(row["classroom__name"], row["nickname"])
        )
        opens_at = row[f"{ASSIGNMENT}opens_at"]
        if opens_at is not None and opens_at <= at and _is_theirs(row):
            known = {task.url for task in entry.tasks}
            assigned = read.assigned(row)
            opened |= {task.url for task in assigned if not task.is_held}
            entry.tasks += [task for task in assigned if task.url not in known]
    page.classrooms = list(classrooms.values())
    for entry in page.classrooms:
        entry.tasks = in_order(with_opened(entry.tasks, opened))
    asked = {task.url for entry in page.classrooms for task in entry.tasks}
    page.own = in_order([task for task in _own_tasks(read) if task.url not in asked])
    return page


def _own_tasks(read: _Own) -> list[Task]:
    """Lessons and quizzes that were begun; a quiz inside a listed lesson is not listed twice."""
    listed = {lesson.pk for lesson in read.lessons}
    lessons = [read.lesson_task(lesson) for lesson in read.lessons if lesson.key in read.progress]
    quizzes = [
        read.quiz_task(
            key=key,
            slug=attempt["quiz__slug"],
            minutes=attempt["quiz__minutes"],
            **_title(attempt, "quiz__"),
        )
        for key, attempt in read.attempts.items()
        if attempt["quiz__live"] and not attempt["in_lessons"] & listed
    ]
    return lessons + quizzes


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _front.clear()
