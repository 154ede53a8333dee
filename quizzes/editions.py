"""From what an editor wrote to what learners see: an edition's content.

Shape (version 1)::

    {"schema": 1, "title": str, "language": code, "intro": html, "minutes": int,
     "kind": name,
     "pass_percent": int, "attempts_allowed": int, "draw_count": int,
     "shuffle_questions": bool, "shuffle_choices": bool,
     "questions": [{"key": uuid, "type": name, "prompt": html, "explanation": html,
                    "sources": [id], "signal": str, "form": str, "points": int, "ask_sure": bool,
                    "section": str, "supplement": supplement, ...the type's own}],
     "bands": [{"from_percent": int, "title": str, "text": html, "supplement": supplement}],
     "what_you_can_do": html, "helplines": [slug]}

where a supplement is absent, or holds what there is of::

    {"image": {"name": file, "width": int, "height": int, "credit": str}, "alt": str,
     "recording": media.actions.KeptRecording, "lines": [{"start": tenths, "speaker", "text"}],
     "lesson": {"page": int, "title": str, "path": str, "language": code}, "helplines": [slug],
     "signal": slug}

It is complete in itself: no later change of a quiz, an image or a helpline's name can
change what an attempt was about. Editions of before there were kinds have none: they are
for practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

import nh3
from django.conf import settings
from wagtail.rich_text import expand_db_html

from quizzes.arranging import arranged, version_of
from quizzes.differences import SUPPLEMENT_WORDING, Differences, differences
from quizzes.grading import Given, Mark
from quizzes.kinds import KINDS, PRACTICE
from quizzes.question_types import QUESTION_TYPES, QuestionType
from quizzes.question_types.supplement import compile_supplement, shown_supplement

if TYPE_CHECKING:
    from quizzes.models import Question, Quiz

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


def compile_question(question: Question) -> dict[str, Any] | None:
    """One question as it will be in an edition; nothing when its kind was not chosen yet."""
    for block in question.body:
        question_type = QUESTION_TYPES[block.block_type]
        content = question_type.compile(block.value)
        return {
            "key": str(question.key),
            "type": question_type.name,
            "prompt": html(block.value["prompt"].source),
            "explanation": html(block.value["explanation"].source),
            "sources": list(block.value["sources"]),
            "signal": block.value["signal"],
            "form": block.value["form"],
            "points": question_type.available(content),
            "ask_sure": bool(block.value.get("ask_sure")),
            "section": question.section,
            **compile_supplement(block.value.get("supplement")),
            **content,
        }
    return None


def compile_band(band: Any) -> dict[str, Any]:
    """What a learner reads whose score is in this band, as it will be in an edition."""
    return {
        "from_percent": band.value["from_percent"],
        "title": band.value["title"],
        "text": html(band.value["text"].source),
        **compile_supplement(band.value.get("supplement")),
    }


def compile_quiz(quiz: Quiz) -> dict[str, Any]:
    """The content of the next edition of this quiz, as it stands. No query beyond its children,
    and what these show."""
    questions = [compile_question(question) for question in quiz.questions.all()]
    return {
        "schema": SCHEMA_VERSION,
        "title": quiz.title,
        "language": quiz.content_language,
        "intro": html(quiz.intro),
        "minutes": quiz.minutes,
        "kind": quiz.kind,
        "pass_percent": quiz.pass_percent,
        "attempts_allowed": quiz.attempts_allowed,
        "draw_count": quiz.draw_count,
        "shuffle_questions": quiz.shuffle_questions,
        "shuffle_choices": quiz.shuffle_choices,
        "questions": [question for question in questions if question],
        "bands": [compile_band(band) for band in quiz.bands],
        "what_you_can_do": html(quiz.what_you_can_do),
        "helplines": list(quiz.helplines),
    }


def compare(before: dict[str, Any], after: dict[str, Any]) -> Differences:
    """What is otherwise in the second of two contents."""
    return differences(before, after, wording_of=_wording_of)


def _wording_of(type_name: str) -> frozenset[str]:
    known = QUESTION_TYPES.get(type_name)  # an old edition may have a type that is gone
    return known.wording | SUPPLEMENT_WORDING if known else frozenset()


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
            "section": self.content.get("section", ""),
            **self.type.public(self.content),
        }

    def explained(self, given: Given, mark: Mark) -> dict[str, Any]:
        """What the type's ``feedback_template`` needs to say what is right and why."""
        return {
            "question": self,
            "explanation": self.content["explanation"],
            "supplement": shown_supplement(self.content),
            "choices": self.type.feedback(self.content, given),
            "mark": mark,
            "answers_template": self.type.answers_template,
            **self.type.feedback_context(self.content, given),
        }


class Arrangement:
    """The questions that one attempt gets, in its order. Immutable."""

    def __init__(self, questions: Iterable[Mapping[str, Any]]) -> None:
        self.questions = [
            QuestionInEdition(number, dict(question))
            for number, question in enumerate(questions, start=1)
        ]
        self.by_key = {question.key: question for question in self.questions}
        self.available = sum(question.content["points"] for question in self.questions)

    @property
    def question_count(self) -> int:
        return len(self.questions)


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
        self.kind = KINDS[content.get("kind", PRACTICE.name)]
        self._arrangements: dict[int, Arrangement] = {}

    @property
    def questions(self) -> list[QuestionInEdition]:
        """All of them, as the editor wrote them; an attempt may get others (``arranged_for``)."""
        return self.version(0).questions

    @property
    def by_key(self) -> dict[str, QuestionInEdition]:
        return self.version(0).by_key

    @property
    def question_count(self) -> int:
        return len(self.questions)

    @property
    def available(self) -> int:
        """The points that all questions together can give."""
        return self.version(0).available

    @cached_property
    def varies(self) -> bool:
        """Whether attempts differ in their questions or in what stands where."""
        return bool(
            0 < self.content.get("draw_count", 0) < len(self.content["questions"])
            or self.content.get("shuffle_questions")
            or self.content.get("shuffle_choices")
            or any(QUESTION_TYPES[each["type"]].varies for each in self.content["questions"])
        )

    @property
    def language(self) -> str:
        """What it is written in; the interface may speak another."""
        return self.content.get("language") or settings.LANGUAGE_CODE

    @property
    def has_arms(self) -> bool:
        return any(question.type.has_arms for question in self.questions)

    @property
    def attempts_allowed(self) -> int:
        """How many a learner may do; 0 for any number."""
        own = self.content.get("attempts_allowed", 0) if self.kind.is_check else 0
        return self.kind.attempts or own

    @property
    def pass_percent(self) -> int:
        """The score from which one passes; 0 when that is not asked."""
        return self.content.get("pass_percent", 0) if self.kind.is_check else 0

    def version_for(self, attempt_key: UUID) -> int:
        return version_of(attempt_key) if self.varies else 0

    def arranged_for(self, attempt_key: UUID) -> Arrangement:
        return self.version(self.version_for(attempt_key))

    def version(self, version: int) -> Arrangement:
        """Version 0 is the quiz as it was written; see arranging.py."""
        known = self._arrangements.get(version)
        if known is None:
            known = self._arrangements[version] = Arrangement(self._questions(version))
        return known

    def _questions(self, version: int) -> list[Mapping[str, Any]]:
        questions = self.content["questions"]
        if not version:
            return questions
        found = arranged(
            questions,
            version,
            draw_count=self.content.get("draw_count", 0),
            is_shuffled=self.content.get("shuffle_questions", False),
        )
        return [
            QUESTION_TYPES[question["type"]].arranged(
                question,
                version,
                shuffle_choices=self.content.get("shuffle_choices", False),
            )
            for question in found
        ]

    @property
    def scripts(self) -> list[str]:
        """Of all its kinds of question: any may be fetched into a page later."""
        return sorted({question.type.script for question in self.questions} - {""})
