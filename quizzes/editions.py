"""From what an editor wrote to what learners see: an edition's content.

Shape (version 1)::

    {"schema": 1, "title": str, "intro": html, "minutes": int,
     "questions": [{"key": uuid, "type": name, "prompt": html, "explanation": html,
                    "sources": [id], "signal": str, "form": str, "points": int, "ask_sure": bool,
                    ...the type's own}],
     "bands": [{"from_percent": int, "title": str, "text": html}],
     "what_you_can_do": html, "helplines": [slug]}

It is complete in itself: no later change of a quiz, an image or a helpline's name can
change what an attempt was about.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import nh3
from wagtail.rich_text import expand_db_html

from quizzes.differences import Differences, differences
from quizzes.question_types import QUESTION_TYPES, QuestionType

if TYPE_CHECKING:
    from quizzes.models import Quiz

SCHEMA_VERSION = 1
TAGS = {"a", "b", "br", "em", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"}


def html(source: str) -> str:
    """An editor's rich text as HTML that can do nothing but read (S-51)."""
    return nh3.clean(
        expand_db_html(source),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "tel", "mailto"},
        link_rel="noopener noreferrer",
    )


def compile_quiz(quiz: Quiz) -> dict[str, Any]:
    """The content of the next edition of this quiz, as it stands. No query beyond its children."""
    questions = []
    for question in quiz.questions.all():
        for block in question.body:
            question_type = QUESTION_TYPES[block.block_type]
            content = question_type.compile(block.value)
            questions.append(
                {
                    "key": str(question.key),
                    "type": question_type.name,
                    "prompt": html(block.value["prompt"].source),
                    "explanation": html(block.value["explanation"].source),
                    "sources": list(block.value["sources"]),
                    "signal": block.value["signal"],
                    "form": block.value["form"],
                    "points": question_type.available(content),
                    "ask_sure": bool(block.value.get("ask_sure")),
                    **content,
                }
            )
    return {
        "schema": SCHEMA_VERSION,
        "title": quiz.title,
        "intro": html(quiz.intro),
        "minutes": quiz.minutes,
        "questions": questions,
        "bands": [
            {
                "from_percent": band.value["from_percent"],
                "title": band.value["title"],
                "text": html(band.value["text"].source),
            }
            for band in quiz.bands
        ],
        "what_you_can_do": html(quiz.what_you_can_do),
        "helplines": list(quiz.helplines),
    }


def compare(before: dict[str, Any], after: dict[str, Any]) -> Differences:
    """What is otherwise in the second of two contents."""
    return differences(before, after, wording_of=_wording_of)


def _wording_of(type_name: str) -> frozenset[str]:
    known = QUESTION_TYPES.get(type_name)  # an old edition may have a type that is gone
    return known.wording if known else frozenset()


def on_lines(source: str) -> str:
    """Paragraphs as lines of one text: a question stands in a legend, which takes no more."""
    return source.replace("</p><p>", "<br>").replace("<p>", "").replace("</p>", "")


@dataclass(frozen=True)
class QuestionInEdition:
    """One question with its type. ``content`` holds the key: never give it to a template
    that a learner sees before answering; give it ``public``."""

    number: int  # from 1
    content: dict[str, Any]

    @property
    def key(self) -> str:
        return self.content["key"]

    @cached_property
    def type(self) -> QuestionType:
        return QUESTION_TYPES[self.content["type"]]

    @cached_property
    def public(self) -> dict[str, Any]:
        """The allow-list: what every type shows, and what this type adds (S-20)."""
        return {
            "key": self.content["key"],
            "type": self.content["type"],
            "prompt": on_lines(self.content["prompt"]),
            "number": self.number,
            "template": self.type.template,
            "is_typed": self.type.is_typed,
            "is_marked": self.content["points"] > 0,
            "missing": self.type.missing,
            "ask_sure": self.content.get("ask_sure", False),
            **self.type.public(self.content),
        }


class CompiledEdition:
    """An edition in memory, with its questions by key. Immutable, so it is kept.

    Of a correction ``edition_id`` is its own, and ``root_id`` and ``number`` are those of
    the edition that it corrects: attempts and pages of learners go by these.
    """

    def __init__(
        self,
        *,
        edition_id: int,
        quiz_id: int,
        quiz_key: str,
        number: int,
        content: dict[str, Any],
        root_id: int | None = None,
    ) -> None:
        self.edition_id = edition_id
        self.root_id = root_id or edition_id
        self.quiz_id = quiz_id
        self.quiz_key = quiz_key
        self.number = number
        self.content = content
        self.questions = [
            QuestionInEdition(number, question)
            for number, question in enumerate(content["questions"], start=1)
        ]
        self.by_key = {question.key: question for question in self.questions}
        self.available = sum(question.content["points"] for question in self.questions)

    @property
    def scripts(self) -> list[str]:
        """Of all its kinds of question: any may be fetched into a page later."""
        return sorted({question.type.script for question in self.questions} - {""})

    @property
    def question_count(self) -> int:
        return len(self.questions)
