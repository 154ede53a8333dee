"""Pressing publish in the admin: what is too large stays a draft, and a change to what
learners see already is first shown to the editor (``edition_views.PublishView``)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.widgets.button import Button
from wagtail.models import ReferenceIndex
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView

from editorial.models import APPROVALS
from editorial.reasons import asks_for_reason
from quizzes.comment_panel import CommentsSidePanel
from quizzes.edition_views import changes_something, refusal_text, url_to_approve
from quizzes.editor_views import NamesProblems
from quizzes.models import Quiz
from quizzes.publishing import UnpublishableError, content_to_publish
from quizzes.quiz_screen import url_of
from quizzes.stale import behind_original


class SizeMixin:
    """Nothing larger than an edition may be gets past here: not to learners, nor to who
    judges it or to the clock, where nobody could be told."""

    def too_large(self) -> HttpResponse | None:
        draft: Any = self.new_revision.as_object()  # type: ignore[attr-defined]
        try:
            content_to_publish(draft)
        except UnpublishableError as error:
            messages.error(self.request, refusal_text(error))  # type: ignore[attr-defined]
            return redirect(url_of("edit", draft))
        return None

    def too_hard(self) -> HttpResponse | None:
        """On to where a reason is asked for, when the language is harder than the norm."""
        revision: Any = self.new_revision  # type: ignore[attr-defined]
        if asks_for_reason(revision):
            return redirect(url_of("language", revision.content_object, revision.pk))
        return None

    def publish_action(self) -> HttpResponse | None:
        return self.too_large() or self.too_hard() or super().publish_action()  # type: ignore[misc]

    def submit_action(self) -> HttpResponse | None:
        return self.too_large() or super().submit_action()  # type: ignore[misc]

    def restart_workflow_action(self) -> HttpResponse | None:
        return self.too_large() or super().restart_workflow_action()  # type: ignore[misc]

    def workflow_action_action(self) -> HttpResponse | None:
        return self.too_large() or super().workflow_action_action()  # type: ignore[misc]


class IndexedDrafts:
    """What a draft uses, a picture say, is known as soon as it is saved."""

    def save_instance(self) -> Quiz:
        quiz: Quiz = super().save_instance()  # type: ignore[misc]
        if not quiz.live:  # else its questions stay as they are until it is published
            ReferenceIndex.create_or_update_for_object(quiz)
        return quiz


class WithComments:
    """Comments beside the form. Saving by itself leaves them as they are on the screen: somebody
    may be typing there."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        if self.expects_json_response:  # type: ignore[attr-defined]
            return panels
        # A copy is filled in with the quiz that it begins as.
        quiz = self.object if self.view_name == "edit" else Quiz()  # type: ignore[attr-defined]
        comments = CommentsSidePanel(quiz, self.request)  # type: ignore[attr-defined]
        return MediaContainer([*panels, comments])


class QuizCreateView(NamesProblems, WithComments, SizeMixin, IndexedDrafts, CreateView):
    """A new quiz."""


class QuizCopyView(NamesProblems, WithComments, SizeMixin, IndexedDrafts, CopyView):
    """A new quiz that begins as another. Its form is sent to the address of a new one: what is
    sent here would be stored over the other quiz."""

    http_method_names = ["get", "head", "options"]


class QuizEditView(NamesProblems, WithComments, SizeMixin, IndexedDrafts, EditView):
    """The quiz as the editor has it. The draft is saved before anything is asked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if behind_original(self.object) is not None:
            link = messages.button(url_of("editions", self.object), _("Bekijk wat er anders is"))
            text = _("Het origineel is veranderd sinds deze vertaling.")
            messages.warning(request, text, buttons=[link])
        return super().get(request, *args, **kwargs)

    def publish_action(self) -> HttpResponse | None:
        if refused := self.too_large() or self.too_hard():
            return refused
        if changes_something(self.new_revision.as_object()):
            return redirect(url_of("publish", self.object, self.new_revision.pk))
        return super().publish_action()

    def workflow_action_action(self) -> HttpResponse | None:
        """Who approves sees first what it changes, as who publishes does."""
        if refused := self.too_large():
            return refused
        if self.workflow_action in APPROVALS:
            data = json.loads(self.request.POST.get("workflow-action-extra-data", "{}"))
            state = self.object.current_workflow_task_state
            if url := url_to_approve(self.object, state, self.workflow_action, data):
                return redirect(url)
        return super().workflow_action_action()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        # The figures are an app's above this one: known by the name of their address.
        figures = Button(
            _("Cijfers"),
            url=reverse("quiz_figures", args=[self.object.pk]),
            icon_name="view",
            priority=50,
        )
        return [*super().header_more_buttons, *quiz_buttons(self.object), figures]


def quiz_buttons(quiz: Quiz) -> list[Button]:
    """Where else an editor can go from a quiz."""
    editions = url_of("editions", quiz)
    comments = url_of("comments", quiz)
    buttons = [
        Button(_("Uitgaven"), url=editions, icon_name="history", priority=40),
        Button(_("Opmerkingen"), url=comments, icon_name="comment", priority=42),
    ]
    if quiz.live:
        paper = reverse("quizzes:paper", args=[quiz.slug])
        buttons.append(Button(_("Op papier"), url=paper, icon_name="doc-full", priority=41))
    return buttons
