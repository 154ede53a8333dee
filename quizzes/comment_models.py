"""What editors and reviewers say to each other about a quiz. Learners never see it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from quizzes.querysets import QuizCommentQuerySet

TEXT_LENGTH = 2000
WORDS_LENGTH = 100


class QuizComment(models.Model):
    """A comment on a quiz or on one of its questions, or a reply to a comment.

    No part of any draft: saving, copying and publishing the quiz leave it alone. That a
    reply is of the same quiz as what it replies to, and is not replied to itself, is
    held by ``comment_actions``: it takes more than one row to see.
    """

    quiz = models.ForeignKey("quizzes.Quiz", on_delete=models.CASCADE, related_name="comments")
    # The question that it is about, which may be gone since. Empty: the quiz as a whole.
    question_key = models.UUIDField(null=True, blank=True)
    # What that question asked when this was written, so that it can be named when gone.
    question_words = models.CharField(max_length=WORDS_LENGTH, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    # Nobody when the account is gone.
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("opmerking"), max_length=TEXT_LENGTH)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager[QuizComment]] = QuizCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("opmerking bij een quiz")
        verbose_name_plural = _("opmerkingen bij quizzen")
        ordering = ["created_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="quizzes_comment_says_something", condition=~models.Q(text="")
            ),
            models.CheckConstraint(
                name="quizzes_comment_resolved_by_somebody_at_some_time",
                condition=models.Q(resolved_at__isnull=False) | models.Q(resolved_by__isnull=True),
            ),
            # What it is about and whether it is resolved, is said of the comment.
            models.CheckConstraint(
                name="quizzes_comment_reply_is_only_a_text",
                condition=models.Q(parent__isnull=True)
                | models.Q(question_key__isnull=True, question_words="", resolved_at__isnull=True),
            ),
            models.CheckConstraint(
                name="quizzes_comment_replies_to_another",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
        ]

    @property
    def anchor(self) -> str:
        """Its id on a screen."""
        return f"comment-{self.pk}"

    @property
    def is_reply(self) -> bool:
        return self.parent_id is not None

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
