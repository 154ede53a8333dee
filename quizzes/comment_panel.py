"""The comments beside the form in which a quiz is edited or reviewed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from quizzes.comment_threads import Comments


class CommentsSidePanel(BaseSidePanel):
    """Not named as Wagtail's own, which its scripts look for. A new quiz has no comments yet."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toon of verberg opmerkingen")
        icon_name = "comment"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            comments = self.panel.comments
            count = comments.open_count if comments else 0
            return {**super().get_context_data(parent_context), "count": count}

    name = "quiz-comments"
    title = _("Opmerkingen")
    template_name = "quizzes/admin/comments_panel.html"
    order = 300

    class Media:
        css: ClassVar = {"all": ["css/admin/quiz-comments.css"]}
        js: ClassVar = [forms.Script("js/admin/question-comments.js", type="module")]

    @cached_property
    def comments(self) -> Comments | None:
        return Comments(self.object, self.request.user) if self.object.pk else None

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "comments": self.comments,
            "csrf_token": parent_context.get("csrf_token"),
        }
