"""From a draft to what learners see: everything that writes editions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from quizzes.differences import MOST_BYTES, Differences, size_of
from quizzes.editions import compare, compile_quiz
from quizzes.kinds import KINDS, lacks_marked, unfit_questions
from quizzes.models import Edition, Quiz


class UnpublishableError(Exception):
    """A draft that may not go to learners as it is; the subclass says why."""


class UnfitQuestionsError(UnpublishableError):
    """Questions that do not belong in this kind of quiz: ``numbers``, from 1.

    None of them when one is missing: a kind that gives a score has nothing to give it for.
    """

    def __init__(self, numbers: list[int]) -> None:
        super().__init__(f"unfit: {numbers}")
        self.numbers = numbers


class EditionTooLargeError(UnpublishableError):
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
    """The quiz as an edition would keep it. Raises ``UnpublishableError``."""
    content = compile_quiz(quiz)
    kind = KINDS[content["kind"]]
    marked = [question["points"] > 0 for question in content["questions"]]
    if (unfit := unfit_questions(kind, marked)) or lacks_marked(kind, marked):
        raise UnfitQuestionsError(unfit)
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
    ``UnpublishableError``. 5 queries.
    """
    # One publication at a time: two editors may press the button in the same second.
    # They share their numbers with translations, so it is the source that is locked.
    languages = Quiz.objects.filter(translation_key=quiz.translation_key)
    original = languages.filter(locale__language_code=settings.LANGUAGE_CODE)
    source = original.select_for_update(of=("self",)).first()
    if source is None:  # written in another language, and not in the site's own
        source = Quiz.objects.select_for_update().get(pk=quiz.pk)
    quiz.source = source
    content = content_to_publish(quiz)
    newest = Edition.objects.made_of(quiz).newest().first()
    if newest is not None and newest.content == content:
        return newest
    if newest is None:
        as_correction = False
    elif as_correction and not (found := compare(newest.content, content)).is_wording:
        raise NotACorrectionError(found)
    last = Edition.objects.filter(quiz=source).newest().values_list("number", flat=True).first()
    return Edition.objects.create(
        quiz=source,
        translation=None if source.pk == quiz.pk else quiz,
        number=(last or 0) + 1,
        content=content,
        corrects_id=(newest.corrects_id or newest.pk) if newest and as_correction else None,
        published_by=user,
    )
