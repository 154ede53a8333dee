"""A lesson on paper, as PDF."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lessons.models import LessonPackagePage, LessonPage
from lessons.queries import published_lesson
from lessons.sheets import guide_pdf, worksheet_pdf
from printing.responses import pdf_or_sorry
from progress.permissions import can_read_lesson_guide


def lesson_or_404(package: str, lesson: str) -> tuple[LessonPackagePage, LessonPage]:
    try:
        return published_lesson(package, lesson)
    except LessonPage.DoesNotExist as error:
        raise Http404 from error


@login_required
@require_safe
def guide(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """Every step with the teacher's notes. When it is kept, 3 queries and those of who asks."""
    if not can_read_lesson_guide(request.user):
        raise PermissionDenied
    found = lesson_or_404(package, lesson)
    return pdf_or_sorry(request, lambda: guide_pdf(*found), f"handleiding-{lesson}.pdf")


@require_safe
def worksheet(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """What pupils write on, for everybody. 3 queries when it is kept."""
    found = lesson_or_404(package, lesson)
    return pdf_or_sorry(request, lambda: worksheet_pdf(*found), f"werkblad-{lesson}.pdf")
