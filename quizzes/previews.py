"""A draft as learners and teachers would see it, on a screen and on paper.

A question that is not finished is shown with what is still open in it: a preview never
breaks on a draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from helplines.queries import helplines_by_slug
from quizzes.editions import QuestionInEdition, compile_band, compile_question, html, on_lines
from quizzes.grading import Given
from quizzes.links import links_html, links_of
from quizzes.problems import Problem, problems_of
from quizzes.question_types.supplement import shown_supplement
from quizzes.speaking import content_language

if TYPE_CHECKING:
    from quizzes.models import Question, Quiz

PREVIEW_MODES: list[tuple[str, str | Promise]] = [
    ("learner", _("Als leerling, per vraag")),
    ("all", _("Als leerling, alle vragen")),
    ("answered", _("Na het antwoord")),
    ("result", _("De uitslagen")),
    ("print", _("Op papier")),
    ("print_key", _("Op papier, met antwoorden")),
    ("teacher", _("Als docent, met uitleg")),
]
ON_PAPER = {"print", "print_key"}


@dataclass(frozen=True)
class Shown:
    """A question of a draft, or of an edition; ``question`` is missing when it is not finished."""

    number: int
    prompt: str
    problems: list[Problem]
    question: QuestionInEdition | None

    @property
    def public(self) -> dict[str, Any]:
        return self.question.public if self.question else {}

    @property
    def paper(self) -> dict[str, Any]:
        return on_paper(self.question) if self.question else {}

    @property
    def key(self) -> dict[str, Any] | None:
        return key_of(self.question) if self.question else None

    @property
    def answered(self) -> list[SafeString]:
        """What a learner reads after another answer, and after a right one."""
        if self.question is None:
            return []
        hows = (False, True) if self.question.content["points"] else (True,)
        return [feedback_on_example(self.question, is_right=is_right) for is_right in hows]


def shown(question: Question, number: int) -> Shown:
    prompt = next((html(block.value["prompt"].source) for block in question.body), "")
    problems = problems_of(question.body)
    content = None if problems else compile_question(question)
    whole = QuestionInEdition(number, content) if content else None
    return Shown(number, on_lines(prompt), problems, whole)


def feedback_on_example(question: QuestionInEdition, *, is_right: bool) -> SafeString:
    sent = question.type.example(question.content, is_right=is_right)
    given = question.type.clean(question.content, sent)
    mark = question.type.mark(question.content, given)
    page = render_to_string(question.type.feedback_template, question.explained(given, mark))
    links = links_html(question.content, content_language())
    return mark_safe(page + links)  # noqa: S308  (templates escaped it)


def on_paper(question: QuestionInEdition) -> dict[str, Any]:
    """Public fields, and the list to choose from where all gaps or items have the same."""
    public = question.public
    parts = [part for line in public.get("lines", []) for part in line.get("parts", [])]
    lists = [
        [option["text"] for option in one["options"]]
        for one in [*public.get("items", []), *parts]
        if one.get("options")
    ]
    is_shared = bool(lists) and all(one == lists[0] for one in lists)
    return {
        **public,
        "print_template": question.type.print_template,
        "shared_options": lists[0] if is_shared else [],
    }


def key_of(question: QuestionInEdition) -> dict[str, Any]:
    """What a teacher needs beside the paper. Never for a learner who has not answered."""
    return {
        "number": question.number,
        "is_marked": question.content["points"] > 0,
        "choices": question.type.feedback(question.content, Given()),
        "explanation": question.content["explanation"],
        "supplement": shown_supplement(question.content),
        "links": links_of(question.content),
    }


def preview_template(mode: str) -> str:
    if mode == "result":
        return "quizzes/preview_result.html"
    return "quizzes/paper.html" if mode in ON_PAPER else "quizzes/preview.html"


def preview_context(quiz: Quiz, mode: str) -> dict[str, Any]:
    if mode == "result":
        return result_context(quiz)
    entries = [shown(question, number) for number, question in enumerate(quiz.questions.all(), 1)]
    whole = [entry.question for entry in entries if entry.question]
    return {
        "title": quiz.title,
        "intro": html(quiz.intro),
        "mode": mode,
        "entries": entries,
        "scripts": sorted({question.type.script for question in whole} - {""}),
        "with_key": mode in {"print_key", "teacher"},
    }


def result_context(quiz: Quiz) -> dict[str, Any]:
    """What a learner reads after the last question: of every band of the score, from low to
    high, and what is there whatever the score."""
    bands = sorted(map(compile_band, quiz.bands), key=lambda band: band["from_percent"] or 0)
    starts = [band["from_percent"] or 0 for band in bands]
    ends = [max(following - 1, start) for start, following in pairwise([*starts, 101])]
    return {
        "title": quiz.title,
        "intro": html(quiz.intro),
        "mode": "result",
        "bands": [
            {
                **band,
                "from_percent": start,
                "to_percent": end,
                "supplement": shown_supplement(band),
                "links": links_of(band),
            }
            for band, start, end in zip(bands, starts, ends, strict=True)
        ],
        "what_you_can_do": html(quiz.what_you_can_do),
        "helplines": helplines_by_slug(quiz.helplines),
    }


def paper_context(content: dict[str, Any], *, with_key: bool) -> dict[str, Any]:
    """An edition on paper."""
    questions = [
        QuestionInEdition(number, question)
        for number, question in enumerate(content["questions"], start=1)
    ]
    return {
        "title": content["title"],
        "intro": content["intro"],
        "entries": [
            Shown(question.number, question.public["prompt"], [], question)
            for question in questions
        ],
        "with_key": with_key,
    }
