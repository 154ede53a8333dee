from __future__ import annotations

from datetime import date, timedelta

import pytest

from home.tasks import Task, in_order
from progress.completion import State

TODAY = date(2026, 12, 31)


def make_task(title: str, *, state: State = State.NOT_STARTED, due: int | None = None) -> Task:
    due_on = None if due is None else TODAY + timedelta(days=due)
    return Task(title, "/", "lesson", 45, state, due_on)


@pytest.mark.parametrize(
    ("due", "when"), [(None, ""), (-1, "past"), (0, "today"), (1, "tomorrow"), (2, "later")]
)
def test_a_due_date_in_words(due: int | None, when: str) -> None:
    assert make_task("", due=due).when(TODAY) == when


def test_what_is_due_first_comes_first_and_what_is_done_last() -> None:
    tasks = [
        make_task("done", state=State.DONE, due=0),
        make_task("whenever"),
        make_task("next week", due=7),
        make_task("tomorrow", state=State.BUSY, due=1),
    ]
    assert [task.title for task in in_order(tasks)] == ["tomorrow", "next week", "whenever", "done"]
