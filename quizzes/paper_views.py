"""A quiz on paper, for a class without devices: to print from the browser, and as PDF."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from printing.responses import pdf_or_sorry
from quizzes.editions import CompiledEdition
from quizzes.models import Edition
from quizzes.permissions import can_print_quiz
from quizzes.previews import paper_context
from quizzes.queries import newest_edition
from quizzes.sheets import paper_pdf
from quizzes.speaking import render_page


def edition_or_404(slug: str) -> CompiledEdition:
    try:
        return newest_edition(slug)
    except Edition.DoesNotExist as error:
        raise Http404 from error


@login_required
@require_safe
def paper(request: HttpRequest, slug: str, *, with_key: bool = False) -> HttpResponse:
    """The newest edition to fill in with a pen; the key on a sheet of its own, if asked for."""
    if not can_print_quiz(request.user):
        raise PermissionDenied
    edition = edition_or_404(slug)
    context = {"slug": slug, **paper_context(edition.content, with_key=with_key)}
    return render_page(request, "quizzes/paper.html", context, edition.language)


@require_safe
def paper_as_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions, for everybody: nothing of the key was rendered for it. No query when warm."""
    edition = edition_or_404(slug)
    return pdf_or_sorry(request, lambda: paper_pdf(edition, slug), f"quiz-{slug}.pdf")


@login_required
@require_safe
def key_as_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers, for who may print the quiz with them."""
    if not can_print_quiz(request.user):
        raise PermissionDenied
    edition = edition_or_404(slug)
    return pdf_or_sorry(
        request, lambda: paper_pdf(edition, slug, with_key=True), f"quiz-{slug}-antwoorden.pdf"
    )
