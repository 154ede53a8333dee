"""Who may see which figures. A teacher sees the classes that are open to them:
``classrooms.access``."""

from __future__ import annotations

from typing import Any

from wagtail.permissions import page_permission_policy

from quizzes.permissions import can_see_editions

# Editors and moderators: who writes or publishes pages.
FRESHNESS_POLICY = page_permission_policy
FRESHNESS_RIGHTS = ["add", "change", "publish"]


def can_see_quiz_figures(user: Any) -> bool:
    """Who writes or publishes quizzes: the figures of all learners together."""
    return can_see_editions(user)


def can_see_freshness(user: Any) -> bool:
    return FRESHNESS_POLICY.user_has_any_permission(user, FRESHNESS_RIGHTS)
