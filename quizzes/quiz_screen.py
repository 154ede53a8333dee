"""What the screens about one quiz in the admin have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from quizzes.models import Quiz


def url_of(name: str, quiz: Quiz, *more: int) -> str:
    return reverse(Quiz.snippet_viewset.get_url_name(name), args=[quote(quiz.pk), *more])


class QuizScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one quiz, beside Wagtail's own."""

    header_icon = "help"

    @cached_property
    def quiz(self) -> Quiz:
        return get_object_or_404(Quiz, pk=self.kwargs["pk"])

    def is_allowed(self) -> bool:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.quiz.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(Quiz.snippet_viewset.get_url_name("list")), "label": _("Quizzen")},
            {"url": url_of("edit", self.quiz), "label": self.quiz.title},
            *self.trail(),
            {"url": "", "label": self.get_page_title()},
        ]

    def trail(self) -> list[dict[str, Any]]:
        """What lies between the quiz and this screen."""
        return []
