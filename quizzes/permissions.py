"""Who may do what with quizzes in the admin; learners' attempts are found by their cookie."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from quizzes.models import Quiz

POLICY = ModelPermissionPolicy(Quiz)


def can_see_editions(user: Any) -> bool:
    """Who may change a quiz or publish it, sees what learners were shown."""
    return POLICY.user_has_any_permission(user, ["change", "publish"])


def can_publish_quiz(user: Any) -> bool:
    return POLICY.user_has_permission(user, "publish")
