"""What a weekly mail tells: of the classes of a teacher, and of what somebody has to do themselves.

Numbers and titles, and no nickname: mail lies about on phones and in mailboxes that colleagues
read too. Certificates have mails of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.cookies import LearnerToken
from accounts.models import User
from classrooms.models import Assignment, Classroom
from classrooms.rights import Right
from home.queries import own_page
from home.tasks import Task
from progress.completion import State
from reports.attention_queries import class_attention
from reports.queries import class_overview

# A mail is no list: who has more to do finds it behind the link.
MOST_TASKS = 10


@dataclass(frozen=True, slots=True)
class Due:
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class ClassDigest:
    """One class: what must be done this week, and how many may need a word."""

    name: str
    address: str
    due: list[Due]
    attention_count: int


@dataclass(slots=True)
class Digest:
    classes: list[ClassDigest] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)  # the nearest day first
    more_count: int = 0  # tasks that are not in it

    def __bool__(self) -> bool:
        return bool(self.classes or self.tasks)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def digest_of(user: User, *, now: datetime) -> Digest:
    """2 queries, and up to 6 for each class and 4 for each device that is the account's."""
    digest = Digest(classes=_classes(user, now=now))
    tasks = _tasks(user, now=now)
    digest.tasks, digest.more_count = tasks[:MOST_TASKS], max(len(tasks) - MOST_TASKS, 0)
    return digest


def _classes(user: User, *, now: datetime) -> list[ClassDigest]:
    """Those of the user in which something must be done this week, or somebody stands out."""
    rooms = Classroom.objects.open_to(user, Right.TEACH).in_use().order_by("name", "pk")  # type: ignore[attr-defined]
    found = (_class(user, room, now=now) for room in rooms)
    return [one for one in found if one.due or one.attention_count]


def _class(user: User, room: Classroom, *, now: datetime) -> ClassDigest:
    overview = class_overview(user, room.public_id)
    matrix = overview.matrix
    standing_out = class_attention(overview.head, matrix, now=now) if matrix else []
    monday = monday_of(timezone.localdate(now))
    due = Assignment.objects.filter(
        classroom=room, opens_at__lte=now, due_on__range=(monday, monday + timedelta(days=6))
    )
    named = due.select_related("package", "lesson", "quiz").order_by("due_on", "pk")
    return ClassDigest(
        name=room.name,
        address=settings.BASE_URL + reverse("reports:classroom", args=[room.public_id]),
        due=[Due(_title(one), one.due_on) for one in named if one.due_on],
        attention_count=len(standing_out),
    )


def _title(assignment: Assignment) -> str:
    thing = assignment.package or assignment.lesson or assignment.quiz
    return thing.title if thing else ""


def _tasks(user: User, *, now: datetime) -> list[Task]:
    """What a class or team gave this user and is not done, each once."""
    found: dict[str, Task] = {}
    for learner in user.learners.filter(merged_into=None).order_by("pk"):
        page = own_page(LearnerToken(learner.pk, learner.epoch), at=now)
        for task in (one for entry in page.classrooms for one in entry.tasks):
            if task.state is not State.DONE and not task.is_held:
                found.setdefault(task.url, task)
    return sorted(found.values(), key=lambda one: one.due_on or date.max)
