"""Lessons in memory are out of date when something that they show changes."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, published, unpublished

from helplines.models import Helpline
from lessons.actions import move_stamp
from lessons.models import LessonPackagePage, LessonPage
from lessons.quiz_places import note_quizzes
from media.models import CustomDocument, CustomImage, Recording
from quizzes.models import Quiz
from signals.models import Signal


@receiver(post_save, sender=Helpline)
@receiver(post_save, sender=CustomImage)
@receiver(post_save, sender=Recording)
@receiver(post_save, sender=CustomDocument)
@receiver(post_save, sender=Quiz)
@receiver(post_delete, sender=Helpline)
@receiver(post_delete, sender=CustomImage)
@receiver(post_delete, sender=Recording)
@receiver(post_delete, sender=CustomDocument)
@receiver(post_delete, sender=Quiz)
def something_shown_changed(sender: type, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        move_stamp()


@receiver(page_published, sender=LessonPage)
@receiver(page_unpublished, sender=LessonPage)
def lesson_was_published(sender: type, instance: LessonPage, **_kwargs: Any) -> None:
    note_quizzes(lesson=instance)
    move_stamp()


@receiver(published, sender=Signal)
@receiver(unpublished, sender=Signal)
@receiver(post_delete, sender=Signal)
def signal_was_published(sender: type, **_kwargs: Any) -> None:
    move_stamp()


@receiver(page_published, sender=LessonPackagePage)
@receiver(page_unpublished, sender=LessonPackagePage)
def package_was_published(sender: type, **_kwargs: Any) -> None:
    move_stamp()
