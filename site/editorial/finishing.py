"""What happens when everybody in a workflow has approved (``WAGTAIL_FINISH_WORKFLOW_ACTION``)."""

from __future__ import annotations

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publishes the newest draft. The workflow allowed it: who judged last needs no permission to
    publish by themselves, which Wagtail's own asks for."""
    newest = workflow_state.content_object.get_latest_revision()
    newest.publish(user=user, skip_permission_checks=True)
