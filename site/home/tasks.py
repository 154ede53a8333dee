"""What a learner has to do, as their own page lists it. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
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
