"""A lesson on paper, as PDF."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lessons.sheets import guide_pdf, worksheet_pdf
from printing.responses import pdf_or_sorry
from progress.lookups import guided_lesson_or_404, lesson_or_404
from progress.nearby import near_teacher, where_shown


@login_required
@require_safe
def guide(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """Every step with the teacher's notes. When it is kept, 3 queries and those of who asks."""
    found = guided_lesson_or_404(request, package, lesson)
    place = where_shown(request)
    make = partial(guide_pdf, *found, lambda: near_teacher(place, *found, for_teacher=True))
    return pdf_or_sorry(request, make, f"handleiding-{lesson}.pdf")


@require_safe
def worksheet(request: HttpRequest, package: str, lesson: str) -> HttpResponse:
    """What pupils write on, for everybody. 3 queries when it is kept, and those of who asks."""
    found = lesson_or_404(package, lesson)
    place = where_shown(request)
    make = partial(worksheet_pdf, *found, lambda: near_teacher(place, *found))
    return pdf_or_sorry(request, make, f"werkblad-{lesson}.pdf")
