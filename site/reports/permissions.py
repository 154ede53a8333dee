"""Who may see which figures. A teacher sees their own classes: ``classrooms.access``."""

from __future__ import annotations

from typing import Any

from quizzes.permissions import can_see_editions


def can_see_quiz_figures(user: Any) -> bool:
    """Who writes or publishes quizzes: the figures of all learners together."""
    return can_see_editions(user)
