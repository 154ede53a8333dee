"""A review of safety, as a task in Wagtail's workflow."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from editorial.checklist import NAMES, judgement
from editorial.reasons import asks_for_reason, keep_reason
from editorial.review_forms import ApproveForm, ApproveWithReasonForm, RejectForm

WITH_REASON = "approve_with_reason"
APPROVALS = ("approve", WITH_REASON)
FORMS = {"approve": ApproveForm, WITH_REASON: ApproveWithReasonForm, "reject": RejectForm}


class SafetyReviewState(TaskState):  # type: ignore[misc]
    """What a reviewer found: which points of the list they ticked, and which fail."""

    ticked = models.JSONField(default=list)
    failing = models.JSONField(default=list)

    def get_comment(self) -> str:
        """What Wagtail shows in the history, in mail and to who wrote it."""
        return judgement(
            failing=self.failing,
            comment=self.comment,
            is_approved=self.status == self.STATUS_APPROVED,
        )


class SafetyReviewTask(AbstractGroupApprovalTask):  # type: ignore[misc]
    """Somebody else than who handed it in goes through the checklist.

    Operators may judge their own work: a new site has nobody else.
    """

    task_state_class = SafetyReviewState

    class Meta:
        verbose_name = _("Toets op veiligheid")
        verbose_name_plural = _("Toetsen op veiligheid")

    @classmethod
    def get_description(cls) -> str:
        return _("Iemand anders dan de indiener loopt een lijst met vijf punten na")  # type: ignore[return-value]

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        if not super().get_actions(obj, user) or is_own(obj.current_workflow_state, user):
            return []
        reject = ("reject", _("Vraag om veranderingen"), True)
        if asks_for_reason(obj.get_latest_revision()):
            return [reject, (WITH_REASON, _("Goedkeuren met de lijst, en een reden"), True)]
        return [reject, ("approve", _("Goedkeuren met de lijst"), True)]

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Also for who handed it in: it does not change while somebody reads it."""
        return super().locked_for_user(obj, user) or is_own(obj.current_workflow_state, user)

    def get_form_for_action(self, action: str) -> Any:
        return FORMS.get(action) or super().get_form_for_action(action)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        if user.is_superuser:
            return states
        return states.exclude(workflow_state__requested_by=user)

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **found: Any) -> None:
        """Raises ``PermissionDenied`` for who handed it in, and for a list that is not complete:
        a form of Wagtail's sends it on as it was made in the browser."""
        if action_name in FORMS:
            form = FORMS[action_name](found)
            if not form.is_valid() or is_own(task_state.workflow_state, user):
                raise PermissionDenied
            is_approved = action_name in APPROVALS
            if is_approved:
                self._see_to_the_language(task_state, user, form.cleaned_data.get("reason", ""))
            task_state.ticked = list(NAMES) if is_approved else []
            task_state.failing = [] if is_approved else form.cleaned_data["failing"]
            found = {"comment": form.cleaned_data["comment"]}
            action_name = "approve" if is_approved else action_name
        super().on_action(task_state, user, action_name, **found)

    def _see_to_the_language(self, task_state: Any, user: Any, reason: str) -> None:
        """What is published is the newest draft, which may be another than was handed in."""
        newest = task_state.workflow_state.content_object.get_latest_revision()
        report = asks_for_reason(newest)
        if report is not None and not reason:
            raise PermissionDenied
        if report is not None:
            keep_reason(revision=newest, report=report, reason=reason, user=user)


def is_own(state: WorkflowState | None, user: Any) -> bool:
    """Whether the user would judge what they handed in."""
    return state is not None and state.requested_by_id == user.pk and not user.is_superuser
