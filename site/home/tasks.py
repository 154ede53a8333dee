"""What a learner has to do, as their own page lists it. Plain Python."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from progress.completion import State


@dataclass(frozen=True, slots=True)
class Task:
    """A lesson or a quiz on the learner's own page."""

    title: str
    url: str
    kind: str  # "lesson" or "quiz"
    minutes: int
    state: State
    due_on: date | None = None
    note: str = ""
    language: str = ""  # of its title
    is_held: bool = False  # the teacher still prepares it

    def when(self, today: date) -> str:
        """How near the due date is: "today", "tomorrow", "later", "past" or "" for none."""
        if self.due_on is None:
            return ""
        if self.due_on < today:
            return "past"
        if self.due_on == today:
            return "today"
        return "tomorrow" if self.due_on == today + timedelta(days=1) else "later"


@dataclass(slots=True)
class ClassroomTasks:
    """One class of the learner, under the nickname they have there."""

    classroom: str
    nickname: str
    tasks: list[Task] = field(default_factory=list)


def in_order(tasks: list[Task]) -> list[Task]:
    """What is not done first, the nearest due date first; what is done last. Stable."""
    return sorted(tasks, key=lambda task: (task.state == State.DONE, task.due_on or date.max))


def with_opened(tasks: list[Task], opened: Collection[str]) -> list[Task]:
    """What one teacher opened, is open in every class of the learner."""
    return [replace(task, is_held=task.is_held and task.url not in opened) for task in tasks]
