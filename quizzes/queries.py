"""Reads of quizzes that screens ask for, kept in memory where they cannot change."""

from __future__ import annotations

import time
from functools import lru_cache
from threading import Lock
from uuid import UUID

from django.conf import settings

from accounts.cookies import LearnerToken
from quizzes.editions import CompiledEdition
from quizzes.grading import Given, Mark
from quizzes.models import Answer, Attempt, Edition

_newest: dict[str, tuple[float, int]] = {}
_lock = Lock()


@lru_cache(maxsize=512)
def get_edition(edition_id: int) -> CompiledEdition:
    """The edition with this number in the database. 1 query the first time, then none.

    Raises ``Edition.DoesNotExist``.
    """
    edition = Edition.objects.select_related("quiz").get(pk=edition_id)
    return CompiledEdition(
        edition_id=edition.pk,
        quiz_id=edition.quiz_id,
        quiz_key=str(edition.quiz.key),
        number=edition.number,
        content=edition.content,
    )


def newest_edition(slug: str) -> CompiledEdition:
    """The edition that a new attempt gets. No query when warm, else 1 or 2.

    Looks for a newer one at most every ``LESSON_RECHECK_SECONDS``. Raises
    ``Edition.DoesNotExist`` when there is no such quiz, or it was taken offline.
    """
    now = time.monotonic()
    known = _newest.get(slug)
    if known is not None and now - known[0] < settings.LESSON_RECHECK_SECONDS:
        return get_edition(known[1])
    edition_id = (
        Edition.objects.filter(quiz__slug=slug, quiz__live=True)
        .newest()
        .values_list("pk", flat=True)
        .first()
    )
    if edition_id is None:
        _newest.pop(slug, None)
        raise Edition.DoesNotExist(slug)
    with _lock:
        if len(_newest) > 1000:  # slugs that exist are few; this only guards the memory
            _newest.clear()
        _newest[slug] = (now, edition_id)
    return get_edition(edition_id)


@lru_cache(maxsize=512)
def _edition_id(slug: str, number: int) -> int:
    return Edition.objects.values_list("pk", flat=True).get(quiz__slug=slug, number=number)


def numbered_edition(slug: str, number: int) -> CompiledEdition:
    """An edition by its number; older ones stay answerable for who began with them.

    Raises ``Edition.DoesNotExist``. No query when warm.
    """
    return get_edition(_edition_id(slug, number))


def newest_attempt(token: LearnerToken, edition: CompiledEdition) -> Attempt | None:
    """The learner's last attempt at this quiz, of any edition. 1 query."""
    return (
        Attempt.objects.by(token.learner_id, token.epoch)
        .filter(quiz_id=edition.quiz_id)
        .order_by("-pk")
        .first()
    )


def own_attempt(token: LearnerToken | None, slug: str, key: UUID) -> Attempt:
    """The learner's own attempt. Raises ``Attempt.DoesNotExist`` for all others. 1 query."""
    if token is None:
        raise Attempt.DoesNotExist
    return Attempt.objects.by(token.learner_id, token.epoch).get(key=key, quiz__slug=slug)


def counted_answers(attempt: Attempt) -> dict[str, tuple[Given, Mark]]:
    """What counts in an attempt, by question key. 1 query."""
    rows = Answer.objects.counted().filter(attempt=attempt)
    return {
        str(row.question_key): (Given.from_json(row.given), Mark(row.won, row.available))
        for row in rows
    }


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _newest.clear()
    _edition_id.cache_clear()
    get_edition.cache_clear()
