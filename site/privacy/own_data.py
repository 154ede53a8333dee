"""Everything that is kept about one learner, in words: the right to see and to take along."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.cookies import LearnerToken
from accounts.models import Learner
from classrooms.models import Enrolment
from lessons.models import LessonPage
from progress.models import LessonProgress
from quizzes.grading import Given
from quizzes.kinds import KINDS
from quizzes.models import Answer, Attempt

SCHEMA = 1
FIELDS = frozenset(field.name for field in fields(Given))  # "sure" is also what is in it


def own_data(token: LearnerToken) -> dict[str, Any] | None:
    """What JSON and a page can say, moments as ``datetime``; ``None`` when the cookie was
    ended. At most 10 queries, whatever there is.

    Where the kind of quiz tells nothing yet, no mark is in it either: the learner's own data must
    not be the way to the key of a test that they still do.
    """
    learner = Learner.objects.holding(token.learner_id, token.epoch).first()
    return None if learner is None else data_of(learner)


def data_of(learner: Learner) -> dict[str, Any]:
    """The same of a learner that is at hand. 6 queries, at most 9."""
    return {
        "schema": SCHEMA,
        "learner": {
            "id": str(learner.public_id),
            "since": learner.created_at,
            "has_return_code": learner.return_selector is not None,
        },
        "classes": [
            {
                "name": row.classroom.name,
                "nickname": row.nickname,
                "shows_name": row.is_named,
                "joined": row.joined_at,
                "removed": row.removed_at,
                # Not of what the whole class was given: that says nothing of this learner.
                "given_to_you": [one.title for one in row.assignments.all()],
            }
            for row in Enrolment.objects.filter(
                Q(learner=learner) | Q(learner__merged_into=learner)
            )
            .select_related("classroom")
            .prefetch_related("assignments__package", "assignments__lesson", "assignments__quiz")
            .order_by("joined_at")
        ],
        "lessons": _lessons(learner),
        "quizzes": _quizzes(learner),
    }


def _lessons(learner: Learner) -> list[dict[str, Any]]:
    rows = list(LessonProgress.objects.filter(learner=learner).order_by("started_at"))
    pages = LessonPage.objects.filter(key__in=[row.lesson_key for row in rows]).order_by("-pk")
    titles = dict(pages.values_list("key", "title"))  # of translations: the source's
    return [
        {
            "lesson": titles.get(row.lesson_key, ""),
            "finished_steps": len(row.finished_steps),
            "started": row.started_at,
            "last_change": row.updated_at,
            "completed": row.completed_at,
        }
        for row in rows
    ]


def _quizzes(learner: Learner) -> list[dict[str, Any]]:
    attempts = list(
        Attempt.objects.filter(learner=learner).select_related("quiz", "edition").order_by("pk")
    )
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(attempt__learner=learner).order_by("pk"):
        answers.setdefault(answer.attempt_id, []).append(answer)
    return [_attempt(attempt, answers.get(attempt.pk, [])) for attempt in attempts]


def _attempt(attempt: Attempt, answers: list[Answer]) -> dict[str, Any]:
    content = attempt.edition.content
    prompts = {
        question["key"]: " ".join(strip_tags(question["prompt"]).split())
        for question in content["questions"]
    }
    words = {**words_of(content), **our_words()}
    kind = KINDS[attempt.quiz.kind]
    row: dict[str, Any] = {
        "quiz": content["title"],
        "started": attempt.started_at,
        "handed_in": attempt.submitted_at,
        "answers": [
            {
                "question": prompts.get(str(answer.question_key), ""),
                "given": (given := in_words(answer.given, words)),
                "in_short": texts_in(given),
                "at": answer.created_at,
                "counts": answer.is_current,
            }
            for answer in answers
        ],
    }
    is_told = attempt.submitted_at is not None and kind.explains(attempt.number or 1)
    if kind.may_mark and (kind.explains_at_once or is_told):
        row |= {"points": attempt.won, "points_possible": attempt.available}
    return row


class OurWord(str):
    """What our screens call a choice, in the reader's language; not a text of an editor."""

    is_ours = True


def our_words() -> dict[str, str]:
    """By what is kept: the choices that are the same in every question."""
    return {
        "true": OurWord(_("Waar")),
        "false": OurWord(_("Niet waar")),
        "sure": OurWord(_("Heel zeker")),
        "doubt": OurWord(_("Ik twijfel")),
        "guess": OurWord(_("Ik gok")),
    }


def words_of(content: Any) -> dict[str, str]:
    """By id, the text of everything that a learner can choose."""
    found: dict[str, str] = {}
    if isinstance(content, dict):
        key = content.get("key")  # empty for the words between the gaps of a text
        if key and isinstance(key, str) and content.get("text"):
            found[key] = " ".join(strip_tags(str(content["text"])).split())
        for value in content.values():
            found |= words_of(value)
    elif isinstance(content, list):
        for value in content:
            found |= words_of(value)
    return found


def in_words(given: Any, words: dict[str, str]) -> Any:
    """What was given, with the text in the place of each id that has one."""
    if isinstance(given, dict):
        return {
            words.get(name, name) if name not in FIELDS else name: in_words(value, words)
            for name, value in given.items()
        }
    if isinstance(given, list):
        return [in_words(value, words) for value in given]
    if isinstance(given, (str, UUID)):
        return words.get(str(given), str(given))
    return given


def texts_in(given: Any) -> list[str]:
    """The words and numbers in what was given, in order, without the names of fields."""
    if isinstance(given, dict):
        return [text for value in given.values() for text in texts_in(value)]
    if isinstance(given, list):
        return [text for value in given for text in texts_in(value)]
    return (
        []
        if given in (None, "") or isinstance(given, bool)
        else [given if isinstance(given, str) else str(given)]
    )
