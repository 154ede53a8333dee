"""What a class misunderstands, from counts of its answers. Reads only.

Never from fewer answers than ``REPORT_MINIMUM_GROUP``, and never what a single learner
chose: a wrong answer is named when at least two chose it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.html import strip_tags

from quizzes.editions import QuestionInEdition
from quizzes.grading import Given, percent
from quizzes.queries import get_edition
from reports.queries import ClassroomHead

LEAST_WRONG = 2


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """How a class did on one question."""

    quiz_title: str
    number: int
    prompt: str  # plain text
    answer_count: int
    right_percent: int
    common_mistake: str  # "" when no wrong answer was chosen by two or more


@dataclass(frozen=True, slots=True)
class Understanding:
    questions: list[HardQuestion]  # the hardest first
    # Questions that too few answered to say anything about.
    held_back_count: int
    minimum: int


@dataclass(slots=True)
class _Count:
    edition_id: int = 0
    total: int = 0
    right: int = 0
    given: list[Given] = field(default_factory=list)


SQL = """
    SELECT att.edition_id, CAST(ans.question_key AS text), CAST(ans.given AS text),
           COUNT(*), SUM(CASE WHEN ans.won = ans.available THEN 1 ELSE 0 END)
      FROM classrooms_enrolment e
      JOIN quizzes_attempt att ON att.learner_id = e.learner_id
      JOIN quizzes_answer ans ON ans.attempt_id = att.id
     WHERE e.classroom_id = %s AND e.removed_at IS NULL AND ans.is_current
       AND att.quiz_id IN ({places})
       AND att.id = (SELECT MAX(n.id) FROM quizzes_attempt n
                      WHERE n.learner_id = att.learner_id AND n.quiz_id = att.quiz_id)
     GROUP BY att.edition_id, ans.question_key, CAST(ans.given AS text)
"""


def class_understanding(head: ClassroomHead) -> Understanding:
    """Per question of the class's quizzes, over the latest attempt of each learner now in
    the class. 1 query, and 1 per edition that is not in memory yet."""
    quizzes = [int(column.id) for column in head.columns if column.kind == "quiz"]
    counts: defaultdict[str, _Count] = defaultdict(_Count)
    rows: list[tuple[Any, ...]] = []
    if quizzes:
        with connection.cursor() as cursor:
            places = ", ".join(["%s"] * len(quizzes))
            cursor.execute(SQL.format(places=places), [head.id, *quizzes])
            rows = cursor.fetchall()
    for edition_id, question_key, given, total, right in rows:
        count = counts[str(UUID(question_key))]
        count.edition_id = max(count.edition_id, edition_id)
        count.total += total
        count.right += right
        count.given += [Given.from_json(json.loads(given))] * total
    minimum = settings.REPORT_MINIMUM_GROUP
    told = [(key, count) for key, count in counts.items() if count.total >= minimum]
    return Understanding(
        questions=sorted(
            (_question(key, count) for key, count in told),
            key=lambda question: (question.right_percent, question.quiz_title, question.number),
        ),
        held_back_count=len(counts) - len(told),
        minimum=minimum,
    )


def _question(key: str, count: _Count) -> HardQuestion:
    edition = get_edition(count.edition_id)
    question = edition.by_key[key]
    return HardQuestion(
        quiz_title=edition.content["title"],
        number=question.number,
        prompt=" ".join(unescape(strip_tags(question.content["prompt"])).split()),
        answer_count=count.total,
        right_percent=percent(count.right, count.total),
        common_mistake=_common_mistake(question, count.given),
    )


def _common_mistake(question: QuestionInEdition, given: list[Given]) -> str:
    wrong = [
        choice
        for choice in question.type.statistics(question.content, given)
        if not choice.is_right and choice.count >= LEAST_WRONG
    ]
    return max(wrong, key=lambda choice: choice.count).text if wrong else ""
