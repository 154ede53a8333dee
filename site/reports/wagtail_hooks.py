"""Where an editor finds the figures of a quiz, and what must be looked at again, in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.widgets.button import Button

from lessons.claims import every_claim
from quizzes.models import Quiz
from reports.admin_views import QuizFiguresView, quiz_figures_file
from reports.freshness_views import FreshnessView
from reports.permissions import can_see_freshness, can_see_quiz_figures


@hooks.register("register_admin_urls")
def figure_urls() -> list[URLPattern]:
    return [
        path("quizcijfers/<int:pk>/", QuizFiguresView.as_view(), name="quiz_figures"),
        path(
            "quizcijfers/<int:pk>/cijfers.<str:kind>", quiz_figures_file, name="quiz_figures_file"
        ),
        path("reports/nakijken/", FreshnessView.as_view(), name="freshness_report"),
        path(
            "reports/nakijken/lijst/",
            FreshnessView.as_view(results_only=True),
            name="freshness_report_results",
        ),
    ]


@hooks.register("register_snippet_listing_buttons")
def figures_in_the_list(snippet: object, user: object, next_url: str | None = None) -> list[Button]:
    if not (isinstance(snippet, Quiz) and can_see_quiz_figures(user)):
        return []
    url = reverse("quiz_figures", args=[snippet.pk])
    return [Button(_("Cijfers"), url=url, icon_name="view", priority=50)]


class FreshnessMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_see_freshness(request.user)


@hooks.register("register_reports_menu_item")
def freshness_in_menu() -> MenuItem:
    url = reverse("freshness_report")
    return FreshnessMenuItem(gettext_lazy("Nakijken"), url, icon_name="time", order=50)


class OverdueSummaryItem(SummaryItem):
    """How much is overdue, on the dashboard. 3 queries."""

    order = 50
    template_name = "reports/admin/overdue_summary.html"

    def is_shown(self) -> bool:
        return can_see_freshness(self.request.user)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {"count": sum(claim.is_overdue(today) for claim in every_claim())}


@hooks.register("construct_homepage_summary_items")
def overdue_on_the_dashboard(request: HttpRequest, items: list[SummaryItem]) -> None:
    items.append(OverdueSummaryItem(request))
