"""What this app announces to apps above it."""

from django.dispatch import Signal

# The last question of an attempt is answered. Arguments: ``attempt_id``, ``learner_id``,
# ``quiz_key``. Sent inside the transaction that saved the answer.
attempt_submitted = Signal()

# ``(request, attempt) -> a piece of a page, or nothing``: what follows for who handed in a check
# and passed it. Registered with Wagtail's hooks; asked on the page with the result.
AFTER_CHECK_HOOK = "describe_after_check"
