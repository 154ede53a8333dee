"""Publishing a quiz makes an edition."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published

from quizzes.actions import publish_edition
from quizzes.models import Quiz


@receiver(published, sender=Quiz)
def make_edition(sender: type[Quiz], instance: Quiz, **_kwargs: Any) -> None:
    publish_edition(quiz=instance)
