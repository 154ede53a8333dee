"""How all learners do on one quiz, for who writes it. Reads only.

Of each learner the first attempt counts: after it they have read the explanations. Over
editions, and over other quizzes that have questions with the same keys (a translation), by
those keys. Nothing from fewer than ``REPORT_MINIMUM_GROUP`` answers; of questions that are
not marked nothing below ``REPORT_MINIMUM_SENSITIVE``, and never that nobody or everybody
chose something (P-04). Shares go in steps of five per cent. Time is not measured.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings
from django.db import connection

from quizzes.difference_texts import plain
from quizzes.editions import QuestionInEdition
from quizzes.grading import Given
from quizzes.models import Edition, Quiz
from quizzes.queries import get_edition
from quizzes.question_types.base import ChoiceCount
from quizzes.shares import Share, about, share
from reports.discrimination import Sums, discrimination
from reports.grouping import Answered, beliefs_of
from reports.themes import LEAST_NAMED, Themes, themes_of


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    text: str
    is_right: bool
    share: Share
    belief: str


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One question; ``number`` is 0 when it is no longer in the quiz."""

    number: int
    prompt: str
    label: str  # of its type
    is_marked: bool
    answer_count: int  # rounded
    right: Share | None
    discrimination: float | None
    sure: Share | None  # of all answers; none where it was not asked
    sure_and_wrong: Share | None
    signal: str
    form: str
    answers: list[AnswerFigures]


@dataclass(frozen=True, slots=True)
class QuizFigures:
    learner_count: int  # rounded
    questions: list[QuestionFigures]
    held_back_count: int
    themes: Themes

    @property
    def sure_and_wrong(self) -> list[QuestionFigures]:
        """What many are sure of and have otherwise: nobody there will ask."""
        sure = [one for one in self.questions if one.sure_and_wrong and one.sure_and_wrong.percent]
        return sorted(sure, key=lambda one: -one.sure_and_wrong.percent)  # type: ignore[union-attr]


@dataclass(slots=True)
class _Counted:
    """What the database says of one question."""

    edition: tuple[int, int] = (0, 0)  # whether it is this quiz's own, and which
    right: int = 0
    sure_and_wrong: int = 0
    sums: Sums = field(default_factory=Sums)
    given: list[tuple[Given, int]] = field(default_factory=list)

    @property
    def edition_id(self) -> int:
        return self.edition[1]

    @property
    def total(self) -> int:
        return sum(count for _given, count in self.given)


ANSWERS = """
    WITH alike AS (
        SELECT DISTINCT other.quiz_id FROM quizzes_question own
          JOIN quizzes_question other ON other.key = own.key
         WHERE own.quiz_id = %s
        UNION SELECT id FROM quizzes_quiz WHERE id = %s)
    , first AS (
        SELECT MIN(id) AS id FROM quizzes_attempt
         WHERE quiz_id IN (SELECT quiz_id FROM alike) GROUP BY learner_id)
    , answer AS (
        SELECT ans.question_key, CAST(ans.given AS text) AS given, att.edition_id,
               CASE WHEN att.quiz_id = %s THEN 1 ELSE 0 END AS is_here,
               CASE WHEN ans.available > 0 AND ans.won = ans.available THEN 1 ELSE 0 END
                   AS is_right,
               CASE WHEN att.submitted_at IS NOT NULL AND ans.available > 0
                     AND att.available > ans.available THEN 1 ELSE 0 END AS is_told,
               ans.won * 1.0 / NULLIF(ans.available, 0) AS item,
               (att.won - ans.won) * 1.0 / NULLIF(att.available - ans.available, 0) AS rest
          FROM first
          JOIN quizzes_attempt att ON att.id = first.id
          JOIN quizzes_answer ans ON ans.attempt_id = att.id
         WHERE ans.is_current)
    SELECT CAST(question_key AS text), given, is_right, is_here, MAX(edition_id), COUNT(*),
           (SELECT COUNT(*) FROM first),
           SUM(is_told),
           SUM(CASE is_told WHEN 1 THEN item ELSE 0 END),
           SUM(CASE is_told WHEN 1 THEN rest ELSE 0 END),
           SUM(CASE is_told WHEN 1 THEN item * rest ELSE 0 END),
           SUM(CASE is_told WHEN 1 THEN item * item ELSE 0 END),
           SUM(CASE is_told WHEN 1 THEN rest * rest ELSE 0 END)
      FROM answer
     GROUP BY question_key, given, is_right, is_here
"""


def quiz_figures(quiz: Quiz) -> QuizFigures:
    """The figures of a quiz. 3 queries, and 1 per edition that is not in memory yet."""
    counted, learner_count = _count(quiz)
    places = _places(quiz, counted)
    told: list[QuestionFigures] = []
    answered: list[Answered] = []
    for key, one in counted.items():
        number, question = places[key]
        least = (
            settings.REPORT_MINIMUM_GROUP
            if question.content["points"] > 0
            else settings.REPORT_MINIMUM_SENSITIVE
        )
        if one.total >= least:
            told.append(_question(number, question, one))
            answered.append(Answered(number, question.content, tuple(one.given), one.right))
    told.sort(key=lambda one: (one.number == 0, one.number, one.prompt))
    answered.sort(key=lambda one: one.number)
    return QuizFigures(
        learner_count=about(learner_count),
        questions=told,
        held_back_count=len(counted) - len(told),
        themes=themes_of(answered),
    )


def _count(quiz: Quiz) -> tuple[dict[str, _Counted], int]:
    """Per question what was counted, and how many learners there were."""
    counted: defaultdict[str, _Counted] = defaultdict(_Counted)
    learner_count = 0
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [quiz.pk, quiz.pk, quiz.pk])
        for row in cursor.fetchall():
            key, given_text, is_right, is_here, edition_id, count, learner_count, told, *sums = row
            one, given = counted[str(UUID(key))], Given.from_json(json.loads(given_text))
            # Its own words before those of a translation, and of these the newest.
            one.edition = max(one.edition, (is_here, edition_id))
            one.given.append((given, count))
            one.right += count * is_right
            one.sure_and_wrong += count * (given.sure == "sure" and not is_right)
            one.sums += Sums(told, *(float(each or 0) for each in sums))
    return dict(counted), learner_count


def _places(quiz: Quiz, counted: dict[str, _Counted]) -> dict[str, tuple[int, QuestionInEdition]]:
    """Each question in its newest words, with its number in what learners get now."""
    own = Edition.objects.for_attempts().made_of(quiz)
    known = Edition.objects.filter(pk__in={one.edition_id for one in counted.values()})
    rows = (
        (own | known.for_attempts())
        .with_wording()
        .newest()
        .values_list("pk", "quiz_id", "translation_id", "shown_id")
    )
    shown = {pk: shown_id for pk, *_which, shown_id in rows}
    newest = next(
        (words for _pk, of, version, words in rows if version == quiz.pk
         or (of == quiz.pk and version is None)), None,
    )  # fmt: skip
    now = get_edition(newest).by_key if newest else {}
    return {
        key: (now[key].number, now[key])
        if key in now
        else (0, get_edition(shown[one.edition_id]).by_key[key])
        for key, one in counted.items()
    }


def _question(number: int, question: QuestionInEdition, one: _Counted) -> QuestionFigures:
    content, total = question.content, one.total
    is_marked = content["points"] > 0
    sure = sum(count for given, count in one.given if given.sure == "sure")
    asked = bool(content.get("ask_sure"))
    return QuestionFigures(
        number=number,
        prompt=plain(content["prompt"]),
        label=str(question.type.label),
        is_marked=is_marked,
        answer_count=about(total),
        right=share(one.right, total) if is_marked else None,
        discrimination=discrimination(one.sums, least=settings.REPORT_MINIMUM_SENSITIVE)
        if is_marked
        else None,
        sure=share(sure, total) if asked else None,
        sure_and_wrong=share(one.sure_and_wrong, total) if asked else None,
        signal=content["signal"],
        form=content["form"],
        answers=_answers(question, one, is_marked=is_marked),
    )


def _answers(question: QuestionInEdition, one: _Counted, *, is_marked: bool) -> list[AnswerFigures]:
    beliefs = beliefs_of(question.content)
    rows: dict[str, ChoiceCount] = {}
    for given, count in one.given:
        for row in _statistics(question, given):
            before = rows[row.key].count if row.key in rows else 0
            rows[row.key] = replace(row, count=before + count * row.count)
    return [
        AnswerFigures(
            text=row.text,
            is_right=row.is_right,
            share=share(row.count, one.total, is_sensitive=not is_marked),
            belief=beliefs.get(row.key, ""),
        )
        for row in rows.values()
        if not is_marked or row.is_right or row.count >= LEAST_NAMED
    ]


def _statistics(question: QuestionInEdition, given: Given) -> list[ChoiceCount]:
    """What one answer says; nothing when the question was of another type then."""
    try:
        return question.type.statistics(question.content, [given])
    except (KeyError, ValueError):
        return []
