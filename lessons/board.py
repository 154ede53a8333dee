"""A lesson on the board in front of a class: a row of slides, and the teacher's notes.

Slides are found without rendering them; only the one that is asked for is rendered. What
is for teachers only is never part of a slide, and a key only of a slide with an answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_uppercase
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks.stream_block import StreamValue

from lessons.blocks import StepContentBlock
from lessons.compiled import heavy_notice_html, questions_in, render_block
from lessons.easy_reading import EASY
from lessons.models import LessonPackagePage, LessonPage
from lessons.nearby import NOWHERE, Nearby
from lessons.slides import ROOM, share_out
from quizzes.editions import CompiledEdition, QuestionInEdition
from quizzes.grading import Given
from quizzes.in_step import step_questions
from quizzes.kinds import POLL, PRACTICE
from quizzes.previews import key_of, on_paper
from quizzes.queries import newest_editions

# Others stand alone. Their room beside their words, in letters.
SHARE_A_SLIDE = {"text": 0, "word": 120, "image": ROOM // 2, "quote": 120, "reflection": 160}
# A check or a measurement that is done together, with the answers, measures nothing; and
# what somebody says about themselves is nobody else's business.
DONE_TOGETHER = {PRACTICE.name, POLL.name}
# Questions that hands can answer: their choices get a letter.
LETTERED = {"one_answer", "several_answers", "true_false"}


@dataclass(frozen=True)
class Slide:
    """One screen. ``kind``: blocks, statement, question, answer, or alone (a quiz to do so)."""

    kind: str
    step_number: int
    title: str  # of the step
    minutes: int  # for the teacher: of the talk or work form, else of the whole step
    number: int = 0  # from 1
    blocks: tuple[StreamValue.StreamChild, ...] = ()
    statement: str = ""
    statement_number: int = 0
    edition: CompiledEdition | None = None
    question: QuestionInEdition | None = None
    is_one: bool = False  # a question by itself, not one of a whole quiz

    @property
    def is_marked(self) -> bool:
        return self.question is not None and self.question.content["points"] > 0

    @property
    def spoken(self) -> str:
        """The language that its words are written in; nothing for that of the lesson."""
        return self.edition.language if self.edition else ""

    @property
    def shown(self) -> dict[str, Any]:
        """What its template needs beside itself."""
        if self.kind == "question" and self.question:
            return question_context(self.question)
        if self.kind == "answer" and self.question:
            return answer_context(self.question)
        return {}


class Board:
    """A published lesson as slides. At most some ten queries, however many blocks it has."""

    near: Nearby = NOWHERE  # where it is shown

    def __init__(self, lesson: LessonPage, package: LessonPackagePage) -> None:
        self.lesson = lesson
        self.package = package
        self.language = lesson.locale.language_code
        quizzes = (
            block.value["quiz"].pk
            for step in lesson.steps
            for block in step.value["blocks"]
            if block.block_type == "quiz" and block.value["quiz"] is not None
        )
        self._editions = newest_editions(list(quizzes))
        self._asked = step_questions(set(questions_in(lesson)), self.language)
        found = (slide for number, step in enumerate(lesson.steps, 1)
                 for slide in self._slides(number, step))  # fmt: skip
        self.slides = tuple(replace(slide, number=place) for place, slide in enumerate(found, 1))

    def slide(self, number: int) -> Slide | None:
        return self.slides[number - 1] if 1 <= number <= len(self.slides) else None

    @cached_property
    def _context(self) -> dict[str, Any]:
        return {
            "publishers": {
                source.value["id"]: source.value["publisher"] for source in self.package.sources
            },
            "for_teacher": False,
            "on_board": True,
            "language": self.language,
        }

    def _slides(self, number: int, step: StreamValue.StreamChild) -> Iterator[Slide]:
        blank = Slide("blocks", number, step.value["title"], step.value["minutes"])
        blocks = [
            block
            for block in step.value["blocks"]
            if block.block_type not in StepContentBlock.TEACHER_ONLY and self._is_shown(block)
        ]
        for positions in share_out([size(block) for block in blocks]):
            together = tuple(blocks[position] for position in positions)
            if len(together) == 1:
                yield from self._slides_of_one(blank, together[0])
            else:
                yield replace(blank, blocks=together)

    def _is_shown(self, block: StreamValue.StreamChild) -> bool:
        if block.block_type == EASY:
            return False
        if block.block_type == "question":
            return block.value["question"] in self._asked
        quiz = block.value["quiz"] if block.block_type == "quiz" else None
        return block.block_type != "quiz" or (quiz is not None and quiz.pk in self._editions)

    def _slides_of_one(self, blank: Slide, block: StreamValue.StreamChild) -> Iterator[Slide]:
        """Most blocks are one slide; statements and questions get one each."""
        if block.block_type == "quiz":
            yield from _slides_of_quiz(blank, self._editions[block.value["quiz"].pk])
            return
        if block.block_type == "question":
            found = self._asked[block.value["question"]]
            for kind in ("question", "answer"):
                yield replace(
                    blank, kind=kind, edition=found.edition, question=found.question, is_one=True
                )
            return
        slide = replace(blank, blocks=(block,))
        if block.block_type in {"discussion", "work_form"}:
            slide = replace(slide, minutes=block.value["minutes"])
        yield slide
        if block.block_type == "work_form":
            for number, statement in enumerate(block.value["statements"], start=1):
                yield replace(
                    slide,
                    kind="statement",
                    blocks=(),
                    statement=statement,
                    statement_number=number,
                )

    def html(self, slide: Slide) -> SafeString:
        """What its blocks look like to a learner. Statements are slides of their own."""
        parts = (
            render_block(block, self._context, for_teacher=False, without=frozenset({"statements"}))
            for block in slide.blocks
        )
        shows_help = any(block.block_type == "helpline_card" for block in slide.blocks)
        return self.near.place_in("\n".join(parts), with_cards=shows_help)

    def notes(self, slide: Slide) -> SafeString:
        """What the teacher knows about the step that this slide is of. Never on the board."""
        context = {**self._context, "for_teacher": True}
        step = self.lesson.steps[slide.step_number - 1].value
        parts = [heavy_notice_html(step.get("heavy_notice") or "", self.language)]
        for block in step["blocks"]:
            if block.block_type in StepContentBlock.TEACHER_ONLY:
                parts.append(render_block(block, context, for_teacher=True))
            elif block.block_type in {"discussion", "work_form"}:
                parts.append(
                    render_to_string(
                        "lessons/blocks/_listen_for.html", {**context, "value": block.value}
                    )
                )
        return mark_safe("\n".join(filter(None, parts)))  # noqa: S308  (templates escaped it)


def size(block: StreamValue.StreamChild) -> int:
    """About how many letters of room it needs on a slide."""
    if block.block_type not in SHARE_A_SLIDE:
        return ROOM
    words = block.block.get_searchable_content(block.value)
    return SHARE_A_SLIDE[block.block_type] + sum(len(text) for text in words)


def _slides_of_quiz(blank: Slide, edition: CompiledEdition) -> Iterator[Slide]:
    if edition.kind.name not in DONE_TOGETHER:
        yield replace(blank, kind="alone", edition=edition)
        return
    for question in edition.questions:
        for kind in ("question", "answer"):
            yield replace(blank, kind=kind, edition=edition, question=question)


def question_context(question: QuestionInEdition) -> dict[str, Any]:
    """A question before anybody answered: public fields and letters (S-20)."""
    choices = [
        {name: choice[name] for name in ("letter", "text", "is_ours")}
        for choice in _lettered(question)
    ]
    verdicts = 2 if question.content["type"] == "true_false" else len(choices)
    return {
        "question": question.public,
        "paper": {} if choices else on_paper(question),
        "choices": choices[:verdicts],
        "reasons": choices[verdicts:],
    }


def answer_context(question: QuestionInEdition) -> dict[str, Any]:
    """What is right and why, for a slide of its own; whoever asks may see the guide (S-21)."""
    key = key_of(question)
    return {"question": question.public, "key": key, "choices": _lettered(question)}


def _lettered(question: QuestionInEdition) -> list[dict[str, Any]]:
    """The choices in the order of the question, with the key: not for a question's slide."""
    if question.content["type"] not in LETTERED or not question.content["points"]:
        return []
    choices = question.type.feedback(question.content, Given())
    return [
        {**choice, "letter": letter, "is_ours": choice["key"] in {"true", "false"}}
        for letter, choice in zip(ascii_uppercase, choices, strict=False)
    ]
