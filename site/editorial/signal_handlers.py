"""Who may judge hears of it, as Wagtail does for its own kind of task."""

from __future__ import annotations

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.signals import task_submitted

from editorial.models import SafetyReviewState


class ReviewersNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """With the words of Wagtail's own mail."""

    def get_template_base_prefix(self, instance: Any, **kwargs: Any) -> str:
        return "task_state_"


tell_reviewers = ReviewersNotifier()
task_submitted.connect(
    tell_reviewers,
    sender=SafetyReviewState,
    dispatch_uid="safety_review_submitted_email_notification",
)
