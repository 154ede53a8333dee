"""What was kept of a reason, in the words of Wagtail's history."""

from wagtail import hooks

from editorial.reasons import register_reason_action

hooks.register("register_log_actions", register_reason_action)
