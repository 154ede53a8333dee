"""What this app announces to apps above it."""

from django.dispatch import Signal

# The last question of an attempt is answered. Arguments: ``attempt_id``, ``learner_id``,
# ``quiz_key``. Sent inside the transaction that saved the answer.
attempt_submitted = Signal()
