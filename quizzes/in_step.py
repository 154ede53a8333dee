"""A question of a quiz in the middle of a step of a lesson: which may, and what stands there.

It is the quiz's own question, and its answer goes into the learner's own attempt at that quiz:
whoever answers it in the lesson has answered it in the quiz, and the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.text import Truncator

from accounts.cookies import LearnerToken
from quizzes.bank import plain
from quizzes.editions import CompiledEdition, QuestionInEdition
from quizzes.grading import Given, Mark
from quizzes.kinds import KINDS, may_stand_in_step
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.queries import newest_editions
from quizzes.question_types import QUESTION_TYPES

WORDS_IN_A_LIST = 12


@dataclass(frozen=True)
class StepQuestion:
    """A question as a lesson shows it."""

    slug: str
    edition: CompiledEdition
    question: QuestionInEdition


def is_fit_for_step(edition: CompiledEdition, question: QuestionInEdition) -> bool:
    """Of a type that differs per attempt, a step would show everybody the same half."""
    draw_count = edition.content.get("draw_count", 0)
    may_stand = may_stand_in_step(edition.kind, draw_count, edition.question_count)
    return may_stand and not question.type.varies


def step_questions(keys: Collection[str], language: str) -> dict[str, StepQuestion]:
    """The questions with these keys that can be shown in a step now, by key.

    In this language where the quiz has it, else as the quiz was written. No query for no keys,
    else 3.
    """
    if not keys:
        return {}
    rows = list(
        _live(Question.objects.filter(key__in=keys)).values_list(
            "key", "quiz_id", "quiz__slug", "quiz__locale__language_code"
        )
    )
    editions = newest_editions({quiz_id for _key, quiz_id, _slug, _code in rows})
    wanted = {settings.LANGUAGE_CODE: 1, language: 2}
    found: dict[str, StepQuestion] = {}
    for key, quiz_id, slug, _code in sorted(rows, key=lambda row: wanted.get(row[3], 0)):
        edition = editions.get(quiz_id)
        question = edition.by_key.get(str(key)) if edition else None
        if edition and question and is_fit_for_step(edition, question):
            found[str(key)] = StepQuestion(slug, edition, question)
    return found


def originals_of(keys: Iterable[str]) -> dict[str, Quiz]:
    """Of each question the quiz that it is in, which learners' attempts are at. 1 query.

    Has their ``pk``, ``slug`` and ``live`` only.
    """
    rows = Question.objects.filter(key__in=list(keys)).exclude(_translated())
    found = rows.select_related("quiz").only("key", "quiz__slug", "quiz__live")
    return {str(one.key): one.quiz for one in found.order_by("-quiz_id")}


def choices_for_step() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The questions that an editor may put in a step, per quiz: its title, and of each question
    the key and how it begins. 2 queries."""
    quizzes = Quiz.objects.filter(live=True).order_by("title", "pk")
    rows = _live(Question.objects.exclude(_translated())).order_by("sort_order", "pk")
    questions: dict[int, list[Question]] = {}
    for question in rows:
        questions.setdefault(question.quiz_id, []).append(question)
    for quiz in quizzes:
        own = questions.get(quiz.pk, [])
        if not may_stand_in_step(KINDS[quiz.kind], quiz.draw_count, len(own)):
            continue
        fit = [
            (str(question.key), f"{number}. {_begin(question)}")
            for number, question in enumerate(own, start=1)
            if _type_of(question) and not QUESTION_TYPES[_type_of(question)].varies
        ]
        if fit:
            yield quiz.title, fit


def _type_of(question: Question) -> str:
    return next((str(block["type"]) for block in question.body.raw_data), "")


def _begin(question: Question) -> str:
    prompt = next((block["value"].get("prompt", "") for block in question.body.raw_data), "")
    return Truncator(plain(prompt)).words(WORDS_IN_A_LIST)


def _live(questions: QuerySet[Question]) -> QuerySet[Question]:
    return questions.filter(quiz__live=True)


def _translated() -> Exists:
    """Of a quiz that translates another: the same question is there too, in its own language."""
    source = Quiz.objects.filter(
        translation_key=OuterRef("quiz__translation_key"),
        locale__language_code=settings.LANGUAGE_CODE,
    )
    return Exists(source.exclude(pk=OuterRef("quiz_id")))


@dataclass(frozen=True, slots=True)
class Answered:
    """What counts in the learner's newest attempt at the question's quiz."""

    attempt_key: UUID
    edition_id: int  # with the words that the learner has
    given: Given
    mark: Mark


def answered_in_steps(token: LearnerToken | None, keys: Collection[str]) -> Mapping[str, Answered]:
    """Which of these questions the learner answered, here or in the quiz itself.

    No query without a cookie or without questions, else 1.
    """
    if token is None or not keys:
        return {}
    newest = Attempt.objects.filter(
        learner_id=token.learner_id, quiz_id=OuterRef("attempt__quiz_id")
    ).order_by("-pk")
    own = Attempt.objects.filter(pk=OuterRef("attempt_id")).with_wording()  # type: ignore[attr-defined]
    rows = (
        Answer.objects.counted()  # type: ignore[attr-defined]
        .filter(
            question_key__in=keys,
            attempt__learner_id=token.learner_id,
            attempt__learner__epoch=token.epoch,
            attempt_id=Subquery(newest.values("pk")[:1]),
        )
        .annotate(shown_id=Subquery(own.values("shown_id")[:1]))
        .values_list("question_key", "attempt__key", "shown_id", "given", "won", "available")
    )
    return {
        str(question): Answered(attempt, shown_id, Given.from_json(given), Mark(won, available))
        for question, attempt, shown_id, given, won, available in rows
    }


def attempt_from_step(
    *,
    token: LearnerToken | None,
    learner_tag: str,
    edition: CompiledEdition,
    page_attempt: UUID,
    answer_key: UUID,
) -> UUID:
    """The attempt that an answer from a step belongs to.

    It goes on with the learner's newest attempt at this quiz, when that is of the same edition.
    Without one, or where the browser did not know whose it is, it is one that follows from the
    page: all answers from that page to this quiz find it, however often each is sent. An answer
    that is there already finds its own. 1 query, none without a learner.
    """
    own = uuid5(page_attempt, edition.quiz_key)
    if token is None or token.tag != learner_tag:
        return own
    same = Answer.objects.filter(attempt=OuterRef("pk"), key=answer_key)
    attempts: Any = Attempt.objects.by(token.learner_id, token.epoch)  # type: ignore[attr-defined]
    newest = (
        attempts.filter(quiz_id=edition.quiz_id)
        .annotate(holds=Exists(same))
        .order_by("-holds", "-pk")
        .values_list("key", "edition_id")
        .first()
    )
    return newest[0] if newest and newest[1] == edition.root_id else own
