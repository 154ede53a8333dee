"""The lesson that an address names, for screens and papers about a whole lesson."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from lessons.models import LessonPackagePage, LessonPage
from lessons.queries import published_lesson
from progress.permissions import can_read_lesson_guide


def lesson_or_404(package: str, lesson: str) -> tuple[LessonPackagePage, LessonPage]:
    try:
        return published_lesson(package, lesson)
    except LessonPage.DoesNotExist as error:
        raise Http404 from error


def guided_lesson_or_404(
    request: HttpRequest, package: str, lesson: str
) -> tuple[LessonPackagePage, LessonPage]:
    """Raises ``PermissionDenied`` for who may not read the guide."""
    if not can_read_lesson_guide(request.user):
        raise PermissionDenied
    return lesson_or_404(package, lesson)
