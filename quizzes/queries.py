"""Reads of quizzes that screens ask for, kept in memory where they cannot change."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils import translation

from accounts.cookies import LearnerToken
from quizzes.differences import Differences
from quizzes.editions import CompiledEdition, compare
from quizzes.grading import Given, Mark
from quizzes.models import Answer, Attempt, Edition, Quiz

# Address and number (or language, for the newest) → when it was looked up, and which has its words.
_shown: dict[tuple[str, int | str], tuple[float, int]] = {}
_lock = Lock()


@lru_cache(maxsize=512)
def get_edition(edition_id: int) -> CompiledEdition:
    """The edition with this number in the database. 1 query the first time, then none.

    Raises ``Edition.DoesNotExist``.
    """
    return _compiled(_with_root().get(pk=edition_id))


def _with_root() -> QuerySet[Edition]:
    return Edition.objects.select_related("quiz").annotate(root_number=F("corrects__number"))


def _compiled(edition: Edition) -> CompiledEdition:
    return CompiledEdition(
        edition_id=edition.pk,
        root_id=edition.corrects_id,
        quiz_id=edition.quiz_id,
        quiz_key=str(edition.quiz.key),
        number=edition.root_number or edition.number,  # type: ignore[attr-defined]
        content=edition.content,
    )


def newest_edition(slug: str) -> CompiledEdition:
    """The edition that a new attempt gets: in the active language, or else as it was written.

    No query when warm, else 1 or 2. Looks for a newer one at most every ``LESSON_RECHECK_SECONDS``.
    Raises ``Edition.DoesNotExist`` when there is no such quiz, or it was taken offline.
    """
    return _current(slug, translation.get_language() or settings.LANGUAGE_CODE)


def newest_editions(quiz_ids: Iterable[int]) -> dict[int, CompiledEdition]:
    """By quiz or translation, of those that are online: its newest. 2 queries for all."""
    ids = list(quiz_ids)
    editions = Edition.objects.for_attempts().filter(
        Q(translation__isnull=True, quiz_id__in=ids)
        | Q(translation_id__in=ids, translation__live=True),
        quiz__live=True,
    )
    rows = editions.order_by("number").with_wording()
    shown = {
        of_translation or of_quiz: shown_id
        for of_translation, of_quiz, shown_id in rows.values_list(
            "translation_id", "quiz_id", "shown_id"
        )
    }
    return {
        edition.translation_id or edition.quiz_id: _compiled(edition)
        for edition in _with_root().filter(pk__in=shown.values())
    }


def numbered_edition(slug: str, number: int) -> CompiledEdition:
    """An edition by its number, in its newest words; older ones stay answerable for who
    began with them.

    Raises ``Edition.DoesNotExist``. No query when warm; looks for a newer correction as
    ``newest_edition`` looks for a newer edition.
    """
    return _current(slug, number)


def _current(slug: str, number: int | str) -> CompiledEdition:
    now = time.monotonic()
    known = _shown.get((slug, number))
    if known is not None and now - known[0] < settings.LESSON_RECHECK_SECONDS:
        return get_edition(known[1])
    editions = Edition.objects.for_attempts().filter(quiz__slug=slug)
    if isinstance(number, str):
        editions = editions.shown_in(number).order_by("-is_translated", "-number")
    else:
        editions = editions.filter(number=number)
    edition_id = editions.with_wording().values_list("shown_id", flat=True).first()
    if edition_id is None:
        _shown.pop((slug, number), None)
        raise Edition.DoesNotExist(slug)
    with _lock:
        if len(_shown) > 2000:  # what exists is few; this only guards the memory
            _shown.clear()
        _shown[slug, number] = (now, edition_id)
    return get_edition(edition_id)


def newest_attempt(token: LearnerToken, edition: CompiledEdition) -> Attempt | None:
    """The learner's last attempt at this quiz, of any edition. 1 query."""
    return (
        Attempt.objects.by(token.learner_id, token.epoch)
        .with_wording()
        .filter(quiz_id=edition.quiz_id)
        .order_by("-pk")
        .first()
    )


def own_attempt(token: LearnerToken | None, slug: str, key: UUID) -> Attempt:
    """The learner's own attempt. Raises ``Attempt.DoesNotExist`` for all others. 1 query."""
    if token is None:
        raise Attempt.DoesNotExist
    own = Attempt.objects.by(token.learner_id, token.epoch).with_wording()
    return own.get(key=key, quiz__slug=slug)


def earlier_attempt(attempt: Attempt) -> Attempt | None:
    """The first attempt at the same quiz that was handed in before this one. 1 query."""
    return (
        Attempt.objects.submitted()
        .filter(learner_id=attempt.learner_id, quiz_id=attempt.quiz_id, pk__lt=attempt.pk)
        .order_by("pk")
        .first()
    )


def counted_answers(attempt: Attempt) -> dict[str, tuple[Given, Mark]]:
    """What counts in an attempt, by question key. 1 query."""
    rows = Answer.objects.counted().filter(attempt=attempt)
    return {
        str(row.question_key): (Given.from_json(row.given), Mark(row.won, row.available))
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """One line of the history that an editor sees."""

    edition: Edition
    changes: Differences | None  # none for the first
    attempt_count: int  # a correction has none of its own


def editions_of(quiz: Quiz) -> QuerySet[Edition]:
    """All editions of the quiz, newest first, with who published them and what they correct."""
    editions = Edition.objects.made_of(quiz).newest()
    return editions.select_related("published_by", "corrects").defer("corrects__content")


def edition_history(quiz: Quiz, shown: list[Edition]) -> list[EditionEntry]:
    """These successive editions, newest first, each beside the one before it. 2 queries."""
    if not shown:
        return []
    earlier = Edition.objects.made_of(quiz).filter(number__lt=shown[-1].number)
    before = earlier.newest().first()
    counts = dict(
        Attempt.objects.filter(edition__in=[one.pk for one in shown])
        .order_by()
        .values_list("edition")
        .annotate(Count("pk"))
    )
    return [
        EditionEntry(
            edition=one,
            changes=compare(previous.content, one.content) if previous else None,
            attempt_count=counts.get(one.pk, 0),
        )
        for one, previous in zip(shown, [*shown[1:], before], strict=True)
    ]


def open_attempt_count(edition: Edition) -> int:
    """How many are under way in this edition, or in the one that it corrects. 1 query."""
    return Attempt.objects.open().filter(edition=edition.corrects_id or edition.pk).count()


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _shown.clear()
    get_edition.cache_clear()
