"""A quiz on paper, for a class without devices."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quizzes.models import Edition
from quizzes.permissions import can_print_quiz
from quizzes.previews import paper_context
from quizzes.queries import newest_edition
from quizzes.speaking import render_page


@login_required
@require_safe
def paper(request: HttpRequest, slug: str, *, with_key: bool = False) -> HttpResponse:
    """The newest edition to fill in with a pen; the key on a sheet of its own, if asked for."""
    if not can_print_quiz(request.user):
        raise PermissionDenied
    try:
        edition = newest_edition(slug)
    except Edition.DoesNotExist as error:
        raise Http404 from error
    context = {"slug": slug, **paper_context(edition.content, with_key=with_key)}
    return render_page(request, "quizzes/paper.html", context, edition.language)
