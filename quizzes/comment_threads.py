"""The comments on a quiz as a screen shows them: by question, with the forms to answer.

The questions are those of the newest draft, as the question bank has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from quizzes.comment_forms import CommentForm, NewCommentForm
from quizzes.models import BankQuestion, Quiz, QuizComment
from quizzes.permissions import can_change_comment


@dataclass(frozen=True)
class Refused:
    """A form that came back: what it wanted, with which comment, and what was typed."""

    act: str
    form: CommentForm
    comment_id: int | None = None


@dataclass(frozen=True)
class Said:
    """One text, with the form to write it otherwise for who may."""

    comment: QuizComment
    may_change: bool
    change_form: CommentForm | None


@dataclass(frozen=True)
class Thread(Said):
    """A comment with its replies. ``question`` is missing for the quiz as a whole, and for a
    question that is no longer in it."""

    question: BankQuestion | None
    replies: list[Said]
    reply_form: CommentForm

    @property
    def has_error(self) -> bool:
        forms = [self.reply_form, *(said.change_form for said in (self, *self.replies))]
        return any(form is not None and form.is_bound for form in forms)


@dataclass
class Group:
    """The open comments on one question; ``question`` is missing for the whole quiz."""

    question: BankQuestion | None = None
    threads: list[Thread] = field(default_factory=list)


class Comments:
    """All comments on a quiz for one reader. 3 queries, of which 1 for the replies."""

    def __init__(self, quiz: Quiz, user: Any, refused: Refused | None = None) -> None:
        self.quiz = quiz
        self.user = user
        self.refused = refused

    @cached_property
    def questions(self) -> Mapping[UUID, BankQuestion]:
        found = BankQuestion.objects.filter(quiz=self.quiz).order_by("number")
        return {
            question.key: question for question in found.only("quiz", "key", "number", "prompt")
        }

    @cached_property
    def threads(self) -> list[Thread]:
        comments = QuizComment.objects.filter(quiz=self.quiz).threads().with_replies()
        return [self._thread(comment) for comment in comments]

    @cached_property
    def open(self) -> list[Thread]:
        return [thread for thread in self.threads if not thread.comment.is_resolved]

    @property
    def open_count(self) -> int:
        return len(self.open)

    @property
    def groups(self) -> list[Group]:
        """Open comments: on the whole quiz, and then on each question that has any."""
        groups: dict[UUID | None, Group] = {None: Group()}
        groups |= {key: Group(question) for key, question in self.questions.items()}
        for thread in self.open:
            if thread.comment.question_key in groups:
                groups[thread.comment.question_key].threads.append(thread)
        return [group for group in groups.values() if group.threads]

    @property
    def gone(self) -> list[Thread]:
        """Open comments on questions that are no longer in the draft."""
        known = {None, *self.questions}
        return [thread for thread in self.open if thread.comment.question_key not in known]

    @property
    def resolved(self) -> list[Thread]:
        """The newest first."""
        done = [thread for thread in self.threads if thread.comment.is_resolved]
        return sorted(done, key=lambda thread: thread.comment.resolved_at, reverse=True)  # type: ignore[arg-type,return-value]

    @property
    def opens_resolved(self) -> bool:
        """Whether a form came back that stands among what is resolved."""
        return any(thread.has_error for thread in self.resolved)

    @property
    def new_form(self) -> NewCommentForm:
        if self.refused and isinstance(self.refused.form, NewCommentForm):
            return self.refused.form
        return NewCommentForm(questions=self.questions.values(), auto_id="comment-new-%s")

    def _thread(self, comment: QuizComment) -> Thread:
        said = self._said(comment)
        return Thread(
            **vars(said),
            question=self.questions.get(comment.question_key) if comment.question_key else None,
            replies=[self._said(reply) for reply in comment.replies.all()],
            reply_form=self._form("reply", comment),
        )

    def _said(self, comment: QuizComment) -> Said:
        may_change = can_change_comment(self.user, comment)
        form = self._form("change", comment, text=comment.text) if may_change else None
        return Said(comment, may_change, form)

    def _form(self, act: str, comment: QuizComment, **initial: str) -> CommentForm:
        refused = self.refused
        if refused and (refused.act, refused.comment_id) == (act, comment.pk):
            return refused.form
        return comment_form(act, comment, initial=initial)


def comment_form(
    act: str,
    comment: QuizComment,
    sent: Any = None,
    *,
    initial: dict[str, str] | None = None,
) -> CommentForm:
    """A form with ids of its own on the screen."""
    form = CommentForm(sent, initial=initial, auto_id=f"comment-{comment.pk}-{act}-%s")
    form.fields["text"].label = _("Antwoord") if act == "reply" else _("Nieuwe tekst")
    return form
