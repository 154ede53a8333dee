"""Publishing a quiz makes an edition."""

from typing import Any

from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.signals import published

from quizzes.models import Quiz
from quizzes.publishing import publish_edition


@receiver(published, sender=Quiz)
def make_edition(sender: type[Quiz], instance: Quiz, **_kwargs: Any) -> None:
    """A new one, whoever publishes and how; none when a correction was made just before."""
    # Wagtail's signal does not say who it was; its audit log knows.
    publish_edition(quiz=instance, user=get_active_log_context().user)
