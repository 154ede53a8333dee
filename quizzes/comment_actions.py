"""Everything that writes comments on quizzes.

Each act is a line in Wagtail's log, so that the history of the quiz names it. The line
says about which question, and never what was written: what its writer deletes, is gone.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from quizzes.comment_models import TEXT_LENGTH, WORDS_LENGTH
from quizzes.models import BankQuestion, Quiz, QuizComment


class CommentError(Exception):
    """Nothing was written; the subclass says why."""


class CommentTextError(CommentError):
    """Nothing in it, or more than ``TEXT_LENGTH`` characters."""


class UnknownQuestionError(CommentError):
    """The question is of another quiz."""


class CommentGoneError(CommentError):
    """Somebody deleted it meanwhile."""


class ReplyToReplyError(CommentError):
    """Replies go one level deep: this is only done with a comment itself."""


class AlreadyResolvedError(CommentError):
    """Somebody resolved it meanwhile. ``by`` is who, as far as that is known."""

    def __init__(self, by: User | None) -> None:
        super().__init__("already resolved")
        self.by = by


class AlreadyOpenError(CommentError):
    """Somebody opened it again meanwhile."""


@transaction.atomic
def add_comment(
    *, quiz: Quiz, user: User, text: str, question: BankQuestion | None = None
) -> QuizComment:
    """On the quiz as a whole, or on this question of its newest draft.

    Raises ``CommentTextError`` and ``UnknownQuestionError``.
    """
    if question is not None and question.quiz_id != quiz.pk:
        raise UnknownQuestionError
    comment = QuizComment.objects.create(
        quiz=quiz,
        question_key=question.key if question else None,
        question_words=question.prompt[:WORDS_LENGTH] if question else "",
        user=user,
        text=_checked(text),
    )
    _write_down("add", comment=comment, user=user)
    return comment


@transaction.atomic
def reply_to_comment(
    *, comment: QuizComment, user: User, text: str, reopens: bool = False
) -> QuizComment:
    """Below the comment. One that is resolved must be opened again by it.

    Raises ``CommentTextError``, ``CommentGoneError``, ``ReplyToReplyError`` and
    ``AlreadyResolvedError``.
    """
    text = _checked(text)
    comment = _thread(comment)
    if comment.is_resolved:
        if not reopens:
            raise AlreadyResolvedError(comment.resolved_by)
        _open_again(comment, user)
    reply = QuizComment.objects.create(
        quiz_id=comment.quiz_id, parent=comment, user=user, text=text
    )
    _write_down("reply", comment=comment, user=user)
    return reply


@transaction.atomic
def resolve_comment(*, comment: QuizComment, user: User, now: datetime) -> QuizComment:
    """Raises ``CommentGoneError``, ``ReplyToReplyError`` and ``AlreadyResolvedError``."""
    comment = _thread(comment)
    if comment.is_resolved:
        raise AlreadyResolvedError(comment.resolved_by)
    comment.resolved_at, comment.resolved_by = now, user
    comment.save(update_fields=["resolved_at", "resolved_by"])
    _write_down("resolve", comment=comment, user=user)
    return comment


@transaction.atomic
def reopen_comment(*, comment: QuizComment, user: User) -> QuizComment:
    """Raises ``CommentGoneError``, ``ReplyToReplyError`` and ``AlreadyOpenError``."""
    comment = _thread(comment)
    if not comment.is_resolved:
        raise AlreadyOpenError
    _open_again(comment, user)
    return comment


@transaction.atomic
def change_comment(*, comment: QuizComment, user: User, text: str) -> QuizComment:
    """Other words for a comment or a reply. Raises ``CommentTextError``, ``CommentGoneError``."""
    text = _checked(text)
    comment = _locked(comment)
    if comment.text != text:
        comment.text = text
        comment.save(update_fields=["text"])
        _write_down("change", comment=comment, user=user)
    return comment


@transaction.atomic
def delete_comment(*, comment: QuizComment, user: User) -> None:
    """With the replies to it. Raises ``CommentGoneError``."""
    comment = _locked(comment)
    _write_down("delete", comment=comment, user=user)
    comment.delete()


def _checked(text: str) -> str:
    text = text.strip()
    if not text or len(text) > TEXT_LENGTH:
        raise CommentTextError
    return text


def _locked(comment: QuizComment) -> QuizComment:
    """As it is now, and until the transaction ends."""
    try:
        return QuizComment.objects.select_for_update().get(pk=comment.pk)
    except QuizComment.DoesNotExist:
        raise CommentGoneError from None


def _thread(comment: QuizComment) -> QuizComment:
    comment = _locked(comment)
    if comment.is_reply:
        raise ReplyToReplyError
    return comment


def _open_again(comment: QuizComment, user: User) -> None:
    comment.resolved_at = comment.resolved_by = None
    comment.save(update_fields=["resolved_at", "resolved_by"])
    _write_down("reopen", comment=comment, user=user)


def _write_down(act: str, *, comment: QuizComment, user: User) -> None:
    about = comment.parent if comment.parent is not None else comment
    log(
        instance=comment.quiz,
        action=f"quizzes.comment_{act}",
        user=user,
        data={"question": about.question_words},
    )
