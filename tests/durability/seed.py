"""A small published quiz and its learners, and what every answer to it must be worth.

Run as ``python -m tests.durability.seed LEARNERS`` in the site's environment; writes JSON.
The marks stand here by hand: the harness does not ask the code that it judges.
With ``--edit`` it goes on as an editor: each line read publishes another edition.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.durability.settings")
django.setup()

from django.db import connection  # noqa: E402

from accounts.actions import create_learner  # noqa: E402
from accounts.cookies import LearnerToken, signer  # noqa: E402
from quizzes.models import Answer, Question, Quiz  # noqa: E402
from quizzes.publishing import publish_edition  # noqa: E402

SLUG = "proef"
TEXT = "<p>Wat klopt hier?</p>"


def _choices(keys: list[str], right: set[int]) -> list[dict[str, Any]]:
    return [
        {
            "type": "item",
            "id": key,
            "value": {
                "text": f"Keuze {number}",
                "is_right": number in right,
                "feedback": "Omdat het zo is.",
                "stays_last": False,
            },
        }
        for number, key in enumerate(keys)
    ]


def _common() -> dict[str, Any]:
    return {"prompt": TEXT, "explanation": TEXT, "sources": [], "signal": "", "form": "all"}


class WrittenQuestion:
    """One question: how an editor stores it, and the worth of each answer to it."""

    def __init__(self, kind: str, turn: int = 0) -> None:
        self.kind = kind
        self.key = str(uuid4())
        self.keys = [str(uuid4()) for _ in range(4)]
        self.turn = turn  # which choice is right; an editor may change it
        self.spelling = 0  # how often an editor corrected it

    def body(self) -> list[dict[str, Any]]:
        right = self.turn % 4
        value = _common()
        value["explanation"] = f"<p>Versie {self.spelling}.</p>"
        if self.kind == "one_answer":
            value["choices"] = _choices(self.keys, {right})
        elif self.kind == "several_answers":
            value["choices"] = _choices(self.keys, {right, (right + 1) % 4})
            value["rule"] = "per_choice"
        else:
            value |= {
                "is_true": right % 2 == 0,
                "feedback_true": "Zo is het.",
                "feedback_false": "Zo is het.",
                "why_prompt": "Waarom?",
                "reasons": _choices(self.keys, {right}),
            }
        return [{"type": self.kind, "value": value, "id": str(uuid4())}]

    def sheet(self) -> list[dict[str, Any]]:
        """Answers with their worth, the full marks first."""
        a, b, c, d = (self.keys[(self.turn + step) % 4] for step in range(4))
        if self.kind == "one_answer":
            return [
                _worth([a], None, 1, 1),
                _worth([b], None, 0, 1),
                _worth([c], None, 0, 1),
                _worth([d], None, 0, 1),
            ]
        if self.kind == "several_answers":
            return [
                _worth([a, b], None, 2, 2),
                _worth([a], None, 1, 2),
                _worth([a, c], None, 0, 2),
                _worth([c, d], None, 0, 2),
                _worth([a, b, c], None, 1, 2),
            ]
        right, wrong = ("true", "false") if self.turn % 2 == 0 else ("false", "true")
        return [
            _worth([right], a, 2, 2),
            _worth([right], b, 1, 2),
            _worth([wrong], a, 0, 2),
            _worth([wrong], c, 0, 2),
        ]


def _worth(choice: list[str], reason: str | None, won: int, available: int) -> dict[str, Any]:
    return {"choice": choice, "reason": reason, "won": won, "available": available}


def publish(
    quiz: Quiz, questions: list[WrittenQuestion], *, as_correction: bool = False
) -> dict[str, Any]:
    """Stores the questions as the editor has them now and publishes; the new edition."""
    Question.objects.filter(quiz=quiz).delete()
    Question.objects.bulk_create(
        Question(
            quiz=quiz,
            locale=quiz.locale,
            sort_order=number,
            key=question.key,
            body=question.body(),
        )
        for number, question in enumerate(questions)
    )
    edition = publish_edition(quiz=Quiz.objects.get(pk=quiz.pk), as_correction=as_correction)
    return {
        "number": edition.number,
        "answered_as": edition.corrects.number if edition.corrects else edition.number,
        "questions": [
            {"key": q.key, "answers": q.sheet(), "spelling": q.spelling} for q in questions
        ],
    }


def make_quiz(slug: str = SLUG) -> Quiz:
    band = {"from_percent": 0, "title": "Klaar", "text": TEXT}
    quiz = Quiz(
        slug=slug,
        title="Proef",
        intro=TEXT,
        what_you_can_do=TEXT,
        bands=[{"type": "band", "value": band, "id": str(uuid4())}],
    )
    quiz.save()
    return quiz


def _make_learner() -> dict[str, str]:
    learner = create_learner()
    token = LearnerToken(learner.pk, learner.epoch)
    return {"cookie": signer().sign(f"{token.learner_id}.{token.epoch}"), "tag": token.tag}


def _drop_unique_keys() -> None:
    """For a negative control: the database no longer refuses a second copy."""
    names = {"quizzes_answer_unique_key", "quizzes_answer_one_counts"}
    unwanted = [one for one in Answer._meta.constraints if one.name in names]
    # SQLite's editor drops an index, but makes the table again from the model for another
    # constraint: that one comes last, and the model must not have it any more.
    unwanted.sort(key=lambda one: one.condition is None)
    Answer._meta.constraints = [one for one in Answer._meta.constraints if one not in unwanted]
    with connection.schema_editor() as editor:
        for constraint in unwanted:
            editor.remove_constraint(Answer, constraint)


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main() -> None:
    kinds = ["one_answer", "several_answers", "true_false"] * 4
    questions = [WrittenQuestion(kind, turn) for turn, kind in enumerate(kinds)]
    quiz = make_quiz()
    first = publish(quiz, questions)
    if "--without-unique-keys" in sys.argv:
        _drop_unique_keys()
    learners = [_make_learner() for _ in range(int(sys.argv[1]))]
    _say({"slug": SLUG, "edition": first, "learners": learners})
    if "--edit" not in sys.argv:
        return
    for line in sys.stdin:
        verb, number = line.split()
        if verb == "turn":  # another choice becomes the right one
            questions[int(number)].turn += 1
        elif verb == "spell":  # only words: it reaches who is under way
            questions[int(number)].spelling += 1
        elif verb == "remove":
            del questions[int(number)]
        else:  # "add"
            questions.append(WrittenQuestion("one_answer", int(number)))
        _say(publish(quiz, questions, as_correction=verb == "spell"))


if __name__ == "__main__":
    main()
