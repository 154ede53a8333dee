"""Where an editor finds the figures of a quiz in Wagtail's admin."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from quizzes.models import Quiz
from reports.admin_views import QuizFiguresView, quiz_figures_file
from reports.permissions import can_see_quiz_figures


@hooks.register("register_admin_urls")
def figure_urls() -> list[URLPattern]:
    return [
        path("quizcijfers/<int:pk>/", QuizFiguresView.as_view(), name="quiz_figures"),
        path(
            "quizcijfers/<int:pk>/cijfers.<str:kind>", quiz_figures_file, name="quiz_figures_file"
        ),
    ]


@hooks.register("register_snippet_listing_buttons")
def figures_in_the_list(snippet: object, user: object, next_url: str | None = None) -> list[Button]:
    if not (isinstance(snippet, Quiz) and can_see_quiz_figures(user)):
        return []
    url = reverse("quiz_figures", args=[snippet.pk])
    return [Button(_("Cijfers"), url=url, icon_name="view", priority=50)]
