"""What changed in a quiz since it was translated. Follows from the editions; nothing is kept."""

from __future__ import annotations

from quizzes.differences import Differences
from quizzes.editions import compare
from quizzes.models import Edition, Quiz


def behind_original(quiz: Quiz) -> Differences | None:
    """What learners of the original get otherwise since this translation was published.

    None when it is up to date, or no translation. Spelling that was corrected in the original
    does not count. At most 4 queries.
    """
    original = quiz.source
    if original.pk == quiz.pk:
        return None
    own = Edition.objects.made_of(quiz).newest().first()
    editions = Edition.objects.made_of(original).for_attempts().newest()
    now = editions.first()
    if own is None or now is None or now.number < own.number:
        return None
    then = editions.filter(number__lt=own.number).first()
    return compare(then.content, now.content) if then else None
