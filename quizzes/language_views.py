"""Why a quiz is published whose language is harder than the norm."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts.models import User
from editorial.reason_views import ReasonView
from quizzes.edition_views import changes_something, refusal_text
from quizzes.models import Quiz
from quizzes.permissions import can_publish_quiz
from quizzes.publishing import UnpublishableError, content_to_publish
from quizzes.quiz_screen import url_of


class QuizReasonView(ReasonView):
    model = Quiz

    def may_publish(self) -> bool:
        return can_publish_quiz(self.request.user)

    def edit_url(self) -> str:
        return url_of("edit", self.thing)

    def go_on(self) -> HttpResponse:
        """What it changes for learners is still to be seen; or else it is published."""
        draft: Quiz = self.revision.as_object()
        try:
            content_to_publish(draft)
        except UnpublishableError as error:
            messages.error(self.request, refusal_text(error))
            return redirect(self.edit_url())
        if changes_something(draft):
            return redirect(url_of("publish", self.thing, self.revision.pk))
        self.revision.publish(user=cast(User, self.request.user))
        messages.success(self.request, _("‘%(title)s’ is gepubliceerd.") % {"title": draft.title})
        return redirect(self.edit_url())
