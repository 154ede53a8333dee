"""What teachers do, in the words of Wagtail's log; and what a class adds to the help page."""

from typing import Any

from wagtail import hooks

from classrooms.audit import ACTIONS
from classrooms.help_card import help_for_visitor
from helplines.queries import OWN_HELP_HOOK

hooks.register(OWN_HELP_HOOK, help_for_visitor)


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
