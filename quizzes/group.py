"""What all learners together said, as shares or means. Never from a small group, never exact.

Opinions are sensitive: from 30 learners on, in steps of five per cent, and never "nobody"
or "everybody", which would tell what each single one said.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import translation
from django.utils.formats import number_format

from quizzes.editions import QuestionInEdition
from quizzes.grading import Given
from quizzes.models import Edition
from quizzes.queries import get_edition
from quizzes.shares import Share, share
from quizzes.sides import arms

KEPT_SECONDS = 60

COUNTS = """
    SELECT CAST(answer.question_key AS text), CAST(answer.given AS text), COUNT(*)
      FROM quizzes_attempt AS attempt
      JOIN quizzes_answer AS answer ON answer.attempt_id = attempt.id
     WHERE attempt.quiz_id = %s AND attempt.submitted_at IS NOT NULL AND answer.is_current
     GROUP BY answer.question_key, CAST(answer.given AS text)
"""


@dataclass(frozen=True, slots=True)
class Chosen:
    text: str
    share: Share


@dataclass(frozen=True, slots=True)
class ArmFigure:
    """Everybody who read this telling first: means on the scale, in tenths."""

    title: str
    first_mean: str
    last_mean: str


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One question and what all learners together chose.

    ``shares`` is empty below 30. ``arms`` is of a question that half begin elsewhere, and is
    empty until both arms have ``REPORT_MINIMUM_GROUP`` learners.
    """

    prompt: str
    shares: list[Chosen]
    has_arms: bool = False
    arms: tuple[ArmFigure, ...] = ()
    size: int = 0  # the highest place on the scale


# By quiz and language: figures and places on a scale are written out.
_kept: dict[tuple[int, str], tuple[float, list[GroupFigure]]] = {}


def group_figures(quiz_id: int) -> list[GroupFigure]:
    """Per question of the newest edition. No query for a minute, then 2 over the quiz's answers."""
    place = quiz_id, translation.get_language() or ""
    known = _kept.get(place)
    if known is not None and time.monotonic() - known[0] < KEPT_SECONDS:
        return known[1]
    figures = _read(quiz_id)
    _kept[place] = (time.monotonic(), figures)
    return figures


def _read(quiz_id: int) -> list[GroupFigure]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    editions = Edition.objects.filter(quiz_id=quiz_id).for_attempts().shown_in(language)
    best = editions.order_by("-is_translated", "-number").with_wording()
    newest = best.values_list("shown_id", flat=True)[0]
    said: dict[str, Counter[Given]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [quiz_id])
        for question_key, given, count in cursor.fetchall():
            answer: dict[str, Any] = json.loads(given)
            said[question_key.replace("-", "")][Given.from_json(answer)] += count
    questions = get_edition(newest).questions
    return [
        (_arms if each.type.has_arms else _figure)(each, said[each.key.replace("-", "")])
        for each in questions
    ]


def _figure(question: QuestionInEdition, said: Counter[Given]) -> GroupFigure:
    return GroupFigure(question.content["prompt"], _shares(question, said))


def _arms(question: QuestionInEdition, said: Counter[Given]) -> GroupFigure:
    titles = {telling["key"]: telling["title"] for telling in question.content["tellings"]}
    found = arms(said)
    is_told = len(found) == len(titles) and all(
        arm.count >= settings.REPORT_MINIMUM_GROUP for arm in found
    )
    return GroupFigure(
        prompt=question.content["prompt"],
        shares=[],
        has_arms=True,
        arms=tuple(
            ArmFigure(
                titles[arm.telling],
                number_format(round(float(arm.first_mean), 1), 1),
                number_format(round(float(arm.last_mean), 1), 1),
            )
            for arm in (found if is_told else [])
        ),
        size=len(question.content["scale"]),
    )


def _shares(question: QuestionInEdition, said: Counter[Given]) -> list[Chosen]:
    total = said.total()
    if total < settings.REPORT_MINIMUM_SENSITIVE:
        return []
    counts: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for given, times in said.items():
        for choice in question.type.statistics(question.content, [given]):
            counts[choice.key] += choice.count * times
            texts[choice.key] = choice.text
    return [
        Chosen(text, share(counts[key], total, is_sensitive=True)) for key, text in texts.items()
    ]


def clear_memory() -> None:
    """Forgets what is kept; tests that change the database under us need it."""
    _kept.clear()
