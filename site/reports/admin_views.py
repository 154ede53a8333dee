"""How all learners do on a quiz, for who writes it, in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from quizzes.models import Quiz
from quizzes.quiz_screen import QuizScreen
from reports.exports import CONTENT_TYPES, download
from reports.figure_table import figure_table
from reports.permissions import can_see_quiz_figures
from reports.quiz_figures import quiz_figures


class QuizFiguresView(QuizScreen):
    """Per belief, per signal, per form of exploitation, and then per question."""

    template_name = "reports/admin/quiz_figures.html"
    page_title = gettext_lazy("Cijfers")
    header_icon = "view"
    http_method_names = ("get", "head", "options")

    def is_allowed(self) -> bool:
        return can_see_quiz_figures(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = quiz_figures(self.quiz)
        return {**super().get_context_data(**kwargs), "quiz": self.quiz, "figures": figures}


@require_safe
def quiz_figures_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same figures for a spreadsheet."""
    if not can_see_quiz_figures(request.user):
        raise PermissionDenied
    found = get_object_or_404(Quiz, pk=pk)
    if kind not in CONTENT_TYPES:
        raise Http404
    rows = figure_table(quiz_figures(found))
    return download(rows, kind=kind, name=f"cijfers-{found.slug}", title=_("Cijfers"))
