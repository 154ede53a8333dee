"""Who may do what with quizzes in the admin; learners' attempts are found by their cookie."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from organisations.permissions import is_teacher
from quizzes.models import Quiz, QuizComment

POLICY = ModelPermissionPolicy(Quiz)


def can_see_editions(user: Any) -> bool:
    """Who may change a quiz or publish it, sees what learners were shown."""
    return POLICY.user_has_any_permission(user, ["change", "publish"])


def can_publish_quiz(user: Any) -> bool:
    return POLICY.user_has_permission(user, "publish")


def can_print_quiz(user: User | AnonymousUser) -> bool:
    """Teachers and editors: they may see the key before anybody answered. 2 queries."""
    if not user.is_authenticated:
        return False
    return is_teacher(user) or user.has_perm("wagtailadmin.access_admin")


def can_use_bank(user: Any) -> bool:
    """Whoever may change quizzes: the bank holds drafts, and the key of every question."""
    return POLICY.user_has_permission(user, "change")


def can_comment(user: Any, quiz: Quiz) -> bool:
    """Who may change or publish the quiz, or has to judge it now. 2 queries, for who may only
    do the last at most 6."""
    if can_see_editions(user):
        return True
    task = quiz.current_workflow_task
    return task is not None and task.user_can_access_editor(quiz, user)


def can_change_comment(user: Any, comment: QuizComment) -> bool:
    """Its writer, or an administrator: to write otherwise, and to delete."""
    return user.is_superuser or (comment.user_id is not None and comment.user_id == user.pk)
