"""Publishing a quiz makes an edition; saving a draft tells the question bank."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import ReferenceIndex, Revision
from wagtail.signals import published

from quizzes.bank_actions import file_questions
from quizzes.models import Quiz
from quizzes.publishing import publish_edition


@receiver(published, sender=Quiz)
def make_edition(sender: type[Quiz], instance: Quiz, **_kwargs: Any) -> None:
    """A new one, whoever publishes and how; none when a correction was made just before.

    By now all questions are saved: what they use, a picture say, is told to Wagtail at once.
    """
    ReferenceIndex.create_or_update_for_object(instance)
    # Wagtail's signal does not say who it was; its audit log knows.
    publish_edition(quiz=instance, user=get_active_log_context().user)


@receiver(post_save, sender=Revision)
def tell_the_bank(sender: type[Revision], instance: Revision, **_kwargs: Any) -> None:
    if instance.base_content_type.model_class() is Quiz and instance.is_latest_revision():
        quiz = Quiz.objects.get(pk=instance.object_id)
        # A translation is the same question again: the bank finds it by its source.
        if quiz.source.pk == quiz.pk:
            file_questions(quiz=quiz, content=instance.content)
