"""How quizzes appear in the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import LiveStatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disconnect_reference_index_signal_handlers_for_model
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from editorial import texts
from quizzes import bank_urls, comment_urls
from quizzes.comment_log import register_comment_actions
from quizzes.edition_views import EditionDifferencesView, EditionListView, PublishView
from quizzes.editor_views import QuizWorkflowActionView
from quizzes.language_views import QuizReasonView
from quizzes.models import Question, Quiz
from quizzes.panels import BodyPanel, QuestionsPanel
from quizzes.permissions import can_see_editions, can_use_bank
from quizzes.publish_views import QuizCopyView, QuizCreateView, QuizEditView, quiz_buttons
from quizzes.reading_texts import quiz_texts


class QuizViewSet(SnippetViewSet):
    model = Quiz
    add_view_class = QuizCreateView
    copy_view_class = QuizCopyView
    edit_view_class = QuizEditView
    workflow_action_view_class = QuizWorkflowActionView
    icon = "help"
    menu_label = _("Quizzen")
    menu_name = "quizzes"
    menu_order = 200
    add_to_admin_menu = True
    list_display = (
        "title", "kind", "audience", "language", LiveStatusTagColumn(), UpdatedAtColumn()
    )  # fmt: skip
    list_filter = ("kind", "audience", "language", "live")
    search_fields = ("title",)
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("slug"),
                FieldPanel("intro"),
                FieldRowPanel(
                    [FieldPanel("minutes"), FieldPanel("audience"), FieldPanel("language")]
                ),
            ],
            heading=_("Quiz"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("pass_percent"),
                FieldPanel("attempts_allowed"),
                FieldPanel("draw_count"),
                FieldPanel("shuffle_questions"),
                FieldPanel("shuffle_choices"),
            ],
            heading=_("Hoe de quiz gaat"),
            classname="collapsed",
        ),
        QuestionsPanel(
            "questions",
            [BodyPanel("body"), FieldPanel("section")],
            heading=_("Vragen"),
            label=_("Vraag"),
            min_num=1,
        ),
        MultiFieldPanel(
            [FieldPanel("bands"), FieldPanel("what_you_can_do")], heading=_("Na de quiz")
        ),
    )

    def register_reference_index(self) -> None:
        """Not again for each question: Wagtail would go through the whole quiz each time, and
        publishing 200 questions takes half a minute. It is done when all are saved."""
        super().register_reference_index()
        ReferenceIndex.tracked_models.discard(Question)
        disconnect_reference_index_signal_handlers_for_model(Question)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("publish/<int:pk>/<int:revision>/", PublishView.as_view(), name="publish"),
            path("language/<int:pk>/<int:revision>/", QuizReasonView.as_view(), name="language"),
            path("editions/<int:pk>/", EditionListView.as_view(), name="editions"),
            path(
                "editions/<int:pk>/<int:before>/<int:after>/",
                EditionDifferencesView.as_view(),
                name="edition_differences",
            ),
            *comment_urls.urlpatterns,
        ]


@hooks.register("register_snippet_listing_buttons")
def buttons_in_the_list(snippet: object, user: object, next_url: str | None = None) -> list[Button]:
    return quiz_buttons(snippet) if isinstance(snippet, Quiz) and can_see_editions(user) else []


class BankMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_use_bank(request.user)


@hooks.register("register_admin_urls")
def bank_addresses() -> list[Any]:
    return [path("vragenbank/", include(bank_urls))]


@hooks.register("register_admin_menu_item")
def bank_in_menu() -> MenuItem:
    return BankMenuItem(
        _("Vragenbank"),
        reverse("question_bank:index"),
        name="question-bank",
        icon_name="list-ul",
        order=210,
    )


hooks.register(texts.HOOK, quiz_texts)
hooks.register("register_log_actions", register_comment_actions)
register_snippet(QuizViewSet)
