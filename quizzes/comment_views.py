"""Comments on a quiz: a page of their own, and the same as a piece of the editor's screen.

Every form is an ordinary one. A script that sends it gets the list of comments back and
puts it in the place of the one on the screen, so that the quiz being edited stays as it is.
"""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from accounts.models import User
from quizzes.comment_actions import (
    AlreadyOpenError,
    AlreadyResolvedError,
    CommentGoneError,
    add_comment,
    change_comment,
    delete_comment,
    reopen_comment,
    reply_to_comment,
    resolve_comment,
)
from quizzes.comment_forms import NewCommentForm
from quizzes.comment_threads import Comments, Refused, comment_form
from quizzes.models import QuizComment
from quizzes.permissions import can_change_comment, can_comment
from quizzes.quiz_screen import QuizScreen, url_of

RESOLVED = "opgelost"


class CommentScreen(QuizScreen):
    """The list, also after an act: then with what came of it."""

    template_name = "quizzes/admin/comments.html"
    page_title = gettext_lazy("Opmerkingen")
    header_icon = "comment"
    refused: Refused | None = None
    shows_resolved = False

    def is_allowed(self) -> bool:
        return can_comment(self.request.user, self.quiz)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @property
    def is_fetched(self) -> bool:
        return self.request.headers.get("x-requested-with") == "XMLHttpRequest"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comments = Comments(self.quiz, self.user, self.refused)
        return {
            **super().get_context_data(**kwargs),
            "comments": comments,
            "shows_resolved": self.shows_resolved or comments.opens_resolved,
            "edit_url": url_of("edit", self.quiz),
        }

    def piece(self, told: str, status: int) -> HttpResponse:
        context = {
            "comments": Comments(self.quiz, self.user, self.refused),
            "is_panel": True,
            "told": told,
        }
        return render(self.request, "quizzes/admin/_comments.html", context, status=status)

    def done(self, told: str, comment: QuizComment | None = None) -> HttpResponse:
        if self.is_fetched:
            return self.piece(told, 200)
        messages.success(self.request, told)
        address = url_of("comments", self.quiz)
        return redirect(f"{address}#comment-{comment.pk}" if comment else address)

    def not_done(self, told: str, status: int) -> HttpResponse:
        if self.is_fetched:
            return self.piece(told, status)
        messages.error(self.request, told)
        return self.render_to_response(self.get_context_data(), status=status)

    def not_right(self, refused: Refused) -> HttpResponse:
        self.refused = refused
        errors = [str(error) for found in refused.form.errors.values() for error in found]
        return self.not_done(" ".join(errors), 422)


class CommentListView(CommentScreen):
    """All comments, open or resolved; sending makes a new one."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.shows_resolved = request.GET.get("toon") == RESOLVED
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        questions = Comments(self.quiz, self.user).questions.values()
        form = NewCommentForm(request.POST, questions=questions, auto_id="comment-new-%s")
        if not form.is_valid():
            return self.not_right(Refused("add", form))
        comment = add_comment(
            quiz=self.quiz, user=self.user, text=form.cleaned_data["text"], question=form.question
        )
        return self.done(_("Je opmerking is geplaatst."), comment)


class ActView(CommentScreen):
    """Something is done with a comment, which may be gone or resolved meanwhile."""

    http_method_names = ["post"]
    act_name = ""
    is_for_writer = False

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.comment is None:
            return self.is_gone()
        if self.is_for_writer and not can_change_comment(self.user, self.comment):
            raise PermissionDenied
        try:
            return self.act(self.comment)
        except CommentGoneError:
            return self.is_gone()
        except AlreadyResolvedError as error:
            return self.not_done(resolved_text(error.by), 409)
        except AlreadyOpenError:
            return self.not_done(_("De opmerking staat al weer open."), 409)

    @cached_property
    def comment(self) -> QuizComment | None:
        found = QuizComment.objects.filter(quiz=self.quiz, pk=self.kwargs["comment"])
        return (found if self.is_for_writer else found.threads()).first()

    def act(self, comment: QuizComment) -> HttpResponse:
        raise NotImplementedError

    def is_gone(self) -> HttpResponse:
        """What was typed is offered as a new comment."""
        told = _("Dat is intussen verwijderd.")
        if text := self.request.POST.get("text", "").strip():
            questions = Comments(self.quiz, self.user).questions.values()
            form = NewCommentForm(
                questions=questions, auto_id="comment-new-%s", initial={"text": text}
            )
            self.refused = Refused("add", form)
            told = _("Dat is intussen verwijderd. Wat je schreef, staat nu bij ‘Nieuwe opmerking’.")
        return self.not_done(told, 404)


class ReplyView(ActView):
    def act(self, comment: QuizComment) -> HttpResponse:
        form = comment_form("reply", comment, self.request.POST)
        if not form.is_valid():
            return self.not_right(Refused("reply", form, comment.pk))
        reopens = self.request.POST.get("reopens") == "on"
        try:
            reply_to_comment(
                comment=comment, user=self.user, text=form.cleaned_data["text"], reopens=reopens
            )
        except AlreadyResolvedError as error:
            form.add_error("text", _("Verstuur je dit antwoord, dan staat de opmerking weer open."))
            self.refused = Refused("reply", form, comment.pk)
            return self.not_done(resolved_text(error.by), 409)
        return self.done(_("Je antwoord is geplaatst."), comment)


class ResolveView(ActView):
    def act(self, comment: QuizComment) -> HttpResponse:
        resolve_comment(comment=comment, user=self.user, now=timezone.now())
        return self.done(_("De opmerking is opgelost."))


class ReopenView(ActView):
    def act(self, comment: QuizComment) -> HttpResponse:
        reopen_comment(comment=comment, user=self.user)
        return self.done(_("De opmerking is heropend."), comment)


class ChangeView(ActView):
    is_for_writer = True

    def act(self, comment: QuizComment) -> HttpResponse:
        form = comment_form("change", comment, self.request.POST)
        if not form.is_valid():
            return self.not_right(Refused("change", form, comment.pk))
        change_comment(comment=comment, user=self.user, text=form.cleaned_data["text"])
        return self.done(_("De opmerking is gewijzigd."), comment)


class DeleteView(ActView):
    is_for_writer = True

    def act(self, comment: QuizComment) -> HttpResponse:
        delete_comment(comment=comment, user=self.user)
        return self.done(_("De opmerking is verwijderd."))


def resolved_text(by: User | None) -> str:
    if by is None:
        return _("De opmerking is intussen al opgelost.")
    return _("%(name)s heeft de opmerking intussen al opgelost.") % {"name": by}
