"""From a draft to what learners see: everything that writes editions."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from quizzes.differences import MOST_BYTES, Differences, size_of
from quizzes.editions import compare, compile_quiz
from quizzes.models import Edition, Quiz


class EditionTooLargeError(Exception):
    """More than every phone of a class should fetch; ``size`` is in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes, at most {MOST_BYTES}")
        self.size = size


class NotACorrectionError(Exception):
    """More than words are otherwise; ``found`` says what."""

    def __init__(self, found: Differences) -> None:
        super().__init__("not only words")
        self.found = found


def content_to_publish(quiz: Quiz) -> dict[str, Any]:
    """The quiz as an edition would keep it. Raises ``EditionTooLargeError``."""
    content = compile_quiz(quiz)
    if (size := size_of(content)) > MOST_BYTES:
        raise EditionTooLargeError(size)
    return content


@transaction.atomic
def publish_edition(
    *, quiz: Quiz, user: User | None = None, as_correction: bool = False
) -> Edition:
    """The quiz as it stands becomes what learners see; the newest edition when nothing changed.

    Attempts under way keep theirs. As a correction it also reaches those of the newest
    edition: only words may be otherwise, else ``NotACorrectionError``. Raises
    ``EditionTooLargeError``. 4 queries.
    """
    # One publication at a time: two editors may press the button in the same second.
    Quiz.objects.select_for_update().get(pk=quiz.pk)
    content = content_to_publish(quiz)
    newest = Edition.objects.filter(quiz=quiz).newest().first()
    if newest is not None and newest.content == content:
        return newest
    if newest is None:
        return Edition.objects.create(quiz=quiz, number=1, content=content, published_by=user)
    if as_correction and not (found := compare(newest.content, content)).is_wording:
        raise NotACorrectionError(found)
    return Edition.objects.create(
        quiz=quiz,
        number=newest.number + 1,
        content=content,
        corrects_id=(newest.corrects_id or newest.pk) if as_correction else None,
        published_by=user,
    )
