"""What a class misunderstands, from counts of its answers. Reads only.

Never from fewer answers than ``REPORT_MINIMUM_GROUP``, and never what a single learner
chose: a wrong answer is named when at least two chose it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from quizzes.difference_texts import plain
from quizzes.editions import QuestionInEdition
from quizzes.grading import Given, percent
from quizzes.models import Answer
from quizzes.queries import get_edition
from quizzes.question_types.base import ChoiceCount
from reports.columns import Column
from reports.grouping import Answered, beliefs_of
from reports.queries import ClassroomHead
from reports.themes import Themes, themes_of

LEAST_WRONG = 2
MOST_SHOWN = 10
# In the stored JSON of an answer; nothing that anybody typed is in there.
SAID_SURE = '%"sure": "sure"%'


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """How a class did on one question."""

    quiz_title: str
    language: str  # of the quiz
    quiz_slug: str
    number: int
    prompt: str  # plain text
    answer_count: int
    right_percent: int
    common_mistake: str  # "" when no wrong answer was chosen by two or more
    belief: str  # behind that answer, where the editor wrote one
    # How many were sure of something else than what is right; 0 when only one was.
    sure_and_wrong_count: int


@dataclass(frozen=True, slots=True)
class Understanding:
    questions: list[HardQuestion]
    # Questions that enough learners answered, shown or not.
    told_count: int
    # Questions that too few answered to say anything about.
    held_back_count: int
    minimum: int
    themes: Themes | None = None  # of all that is told


class _Count(NamedTuple):
    """How often the class answered one question of a quiz, and how often all was right."""

    quiz_id: int
    question_key: str
    edition_id: int
    total: int
    right: int
    sure_and_wrong: int

    @property
    def right_percent(self) -> int:
        return percent(self.right, self.total)


# By quiz and question, each as often as it was given.
_AllGiven = dict[tuple[int, str], list[Given]]
# The latest attempt of each learner now in the class. Opinions are nobody's to see.
ANSWERS = """
      FROM classrooms_enrolment e
      JOIN quizzes_attempt att ON att.learner_id = e.learner_id
      JOIN quizzes_answer ans ON ans.attempt_id = att.id
      JOIN quizzes_edition ed ON ed.id = att.edition_id
     WHERE e.classroom_id = %s AND e.removed_at IS NULL AND ans.is_current
       AND ans.available > 0
       AND att.quiz_id IN ({quizzes})
       AND att.id = (SELECT MAX(n.id) FROM quizzes_attempt n
                      WHERE n.learner_id = att.learner_id AND n.quiz_id = att.quiz_id)
"""
COUNTS = (
    """
    WITH counted AS (
        SELECT att.quiz_id, CAST(ans.question_key AS text) AS question_key,
               -- A class may have more languages: its teacher reads the quiz as it was written.
               COALESCE(MAX(CASE WHEN ed.translation_id IS NULL THEN ed.id END),
                        MAX(ed.id)) AS edition_id, COUNT(*) AS total,
               SUM(CASE WHEN ans.won = ans.available THEN 1 ELSE 0 END) AS correct,
               SUM(CASE WHEN ans.won < ans.available AND CAST(ans.given AS text) LIKE %s
                        THEN 1 ELSE 0 END) AS sure_and_wrong
"""
    + ANSWERS
    + "GROUP BY att.quiz_id, ans.question_key)"
)
# In the newest words: those of a correction, where there is one.
COUNTS_IN_WORDS = """
    SELECT quiz_id, question_key,
           COALESCE((SELECT MAX(words.id) FROM quizzes_edition words
                      WHERE words.corrects_id = counted.edition_id), edition_id),
           total, correct, sure_and_wrong
      FROM counted
"""
GIVEN = (
    """
    SELECT att.quiz_id, CAST(ans.question_key AS text), CAST(ans.given AS text), COUNT(*)
"""
    + ANSWERS
    + """
       AND ans.question_key IN ({questions})
     GROUP BY att.quiz_id, ans.question_key, CAST(ans.given AS text)
"""
)


def class_understanding(head: ClassroomHead) -> Understanding:
    """The questions that the class misunderstood most, the hardest first.

    2 queries, and 1 per edition that is not in memory yet: only those of what is shown.
    """
    counts = _counts(head, quizzes_of(head))
    told = _told(counts)
    missed = sorted(
        (count for count in told if count.right < count.total),
        key=lambda count: (
            # First what many are sure of and is otherwise: nobody there will ask.
            -percent(count.sure_and_wrong, count.total),
            count.right_percent,
            -count.total,
            count.edition_id,
            count.question_key,
        ),
    )
    shown = missed[:MOST_SHOWN]
    questions = _questions(head, shown, _given(head, shown))
    questions.sort(
        key=lambda one: (
            -percent(one.sure_and_wrong_count, one.answer_count),
            one.right_percent,
            one.quiz_title,
            one.number,
        )
    )
    return _understanding(questions, told, counts)


def quiz_understanding(head: ClassroomHead, quiz: Column) -> Understanding:
    """All questions of one quiz of the class, in the order of the quiz, and what they are
    about. As many queries."""
    counts = _counts(head, [quiz])
    told = _told(counts)
    given = _given(head, told)
    questions = sorted(_questions(head, told, given), key=lambda one: one.number)
    answered = sorted(_answered(told, given), key=lambda one: one.number)
    return replace(_understanding(questions, told, counts), themes=themes_of(answered))


def _answered(counts: list[_Count], given: _AllGiven) -> Iterator[Answered]:
    for count in counts:
        question = get_edition(count.edition_id).by_key[count.question_key]
        said = Counter(given[count.quiz_id, count.question_key])
        yield Answered(question.number, question.content, tuple(said.items()), count.right)


def quizzes_of(head: ClassroomHead) -> list[Column]:
    return [column for column in head.columns if column.kind == "quiz"]


def _understanding(
    questions: list[HardQuestion], told: list[_Count], counts: list[_Count]
) -> Understanding:
    held_back = len(counts) - len(told)
    return Understanding(questions, len(told), held_back, settings.REPORT_MINIMUM_GROUP)


def _told(counts: list[_Count]) -> list[_Count]:
    return [count for count in counts if count.total >= settings.REPORT_MINIMUM_GROUP]


def _counts(head: ClassroomHead, quizzes: list[Column]) -> list[_Count]:
    if not quizzes:
        return []
    rows = _ask(COUNTS + COUNTS_IN_WORDS, head, [quiz.id for quiz in quizzes], first=[SAID_SURE])
    return [_Count(quiz, str(UUID(key)), *numbers) for quiz, key, *numbers in rows]


def _ask(
    sql: str,
    head: ClassroomHead,
    quizzes: Sequence[Any],
    questions: Sequence[Any] = (),
    first: Sequence[Any] = (),
) -> list[tuple[Any, ...]]:
    quiz_places, question_places = (", ".join(["%s"] * len(ids)) for ids in (quizzes, questions))
    with connection.cursor() as cursor:
        cursor.execute(
            sql.format(quizzes=quiz_places, questions=question_places),
            [*first, head.id, *map(int, quizzes), *questions],
        )
        return cursor.fetchall()


def _questions(head: ClassroomHead, counts: list[_Count], given: _AllGiven) -> list[HardQuestion]:
    slugs = {int(quiz.id): quiz.slug for quiz in quizzes_of(head)}
    return [
        _question(count, slugs[count.quiz_id], given[count.quiz_id, count.question_key])
        for count in counts
    ]


def _given(head: ClassroomHead, counts: list[_Count]) -> _AllGiven:
    """What was given to these questions, each as often as it was."""
    given: defaultdict[tuple[int, str], list[Given]] = defaultdict(list)
    if not counts:
        return given
    key = Answer._meta.get_field("question_key")
    quizzes = sorted({count.quiz_id for count in counts})
    questions = [
        key.get_db_prep_value(UUID(text), connection)
        for text in sorted({count.question_key for count in counts})
    ]
    for quiz, question, stored, total in _ask(GIVEN, head, quizzes, questions):
        given[quiz, str(UUID(question))] += [Given.from_json(json.loads(stored))] * total
    return given


def _question(count: _Count, slug: str, given: list[Given]) -> HardQuestion:
    edition = get_edition(count.edition_id)
    question = edition.by_key[count.question_key]
    mistake = _common_mistake(question, given)
    return HardQuestion(
        quiz_title=edition.content["title"],
        language=edition.language,
        quiz_slug=slug,
        number=question.number,
        prompt=plain(question.content["prompt"]),
        answer_count=count.total,
        right_percent=count.right_percent,
        common_mistake=mistake.text if mistake else "",
        belief=beliefs_of(question.content).get(mistake.key, "") if mistake else "",
        sure_and_wrong_count=(count.sure_and_wrong if count.sure_and_wrong >= LEAST_WRONG else 0),
    )


def _common_mistake(question: QuestionInEdition, given: list[Given]) -> ChoiceCount | None:
    wrong = [
        choice
        for choice in question.type.statistics(question.content, given)
        if not choice.is_right and choice.count >= LEAST_WRONG
    ]
    return max(wrong, key=lambda choice: choice.count, default=None)
