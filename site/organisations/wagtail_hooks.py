"""What coordinators do, in the words of Wagtail's log."""

from typing import Any

from wagtail import hooks

from organisations.audit import ACTIONS


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
