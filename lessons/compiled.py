"""A lesson made ready once: each step's HTML, for learners or for teachers.

Immutable and without anything personal, so that every request and thread may share it.
What is for teachers only is taken out before a template sees it, not in the template.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StructValue
from wagtail.blocks.stream_block import StreamValue

from helplines.models import Helpline
from lessons.blocks import StepContentBlock
from lessons.easy_reading import EASY, twins
from lessons.models import LessonPackagePage, LessonPage
from quizzes.in_step import StepQuestion, step_questions
from quizzes.packing import Piece
from quizzes.step_rendering import open_template
from signals.queries import read_signals_again

FIRST_PICTURE = re.compile(r'<picture>|<img [^>]*?src="([^"]+)"')


@dataclass(frozen=True)
class PlacedQuestion:
    """A question in a step. ``place`` is its id in the page, ``template`` for ``Where.fill``."""

    place: str
    found: StepQuestion
    step_path: str
    template: list[Piece | str]


@dataclass(frozen=True)
class CompiledStep:
    """One screen. ``html`` is what its blocks look like."""

    id: str
    number: int  # from 1
    title: str
    minutes: int
    heavy_notice: str  # what is read first; "" when the step is not heavy
    path: str
    html: SafeString
    quiz_ids: frozenset[int]
    shows_help: bool  # holds a card of helplines
    questions: tuple[PlacedQuestion, ...] = ()
    has_easy_text: bool = False  # of any of it

    @property
    def scripts(self) -> list[str]:
        """What its questions gain from."""
        return sorted({one.found.question.type.script for one in self.questions} - {""})

    @property
    def first_picture(self) -> str:
        """Its address; "" when there is none, or when it is behind a notice.

        Nor of a photo: which of its copies is wanted only the browser knows.
        """
        found = None if self.heavy_notice else FIRST_PICTURE.search(self.html)
        return unescape(found[1]) if found and found[1] else ""


@dataclass(frozen=True)
class CompiledLesson:
    """A lesson as published (or as an editor has it now, in a preview)."""

    page_id: int
    key: UUID  # of what it translates, so that a class with two languages is one class
    slug: str
    title: str
    language: str  # of the content; the interface may speak another
    minutes: int
    package_slug: str
    package_title: str
    package_id: int
    # Of what they translate, or their own: classes are given these.
    source_id: int
    source_package_id: int
    steps: tuple[CompiledStep, ...]
    helplines: tuple[Helpline, ...]  # that the lesson itself shows
    is_for_professionals: bool = False  # of any kind: not for young people

    @property
    def step_ids(self) -> list[str]:
        return [step.id for step in self.steps]

    @property
    def has_easy_text(self) -> bool:
        return any(step.has_easy_text for step in self.steps)

    @property
    def scripts(self) -> list[str]:
        return sorted({script for step in self.steps for script in step.scripts})

    @property
    def asks_from(self) -> int:
        """The number of the first step with a question: from there on answers may wait in a
        browser. 0 when there is none."""
        return next((step.number for step in self.steps if step.questions), 0)

    def step(self, number: int) -> CompiledStep | None:
        return self.steps[number - 1] if 1 <= number <= len(self.steps) else None


def compile_lesson(
    lesson: LessonPage,
    package: LessonPackagePage,
    *,
    for_teacher: bool = False,
    only: Collection[str] | None = None,
    on_paper: bool = False,
) -> CompiledLesson:
    """Renders every step, in the language that is active now. A few queries per step.

    ``only`` names the kinds of block that are wanted; without it all of them are. What is filled
    in on a screen is for a pen when ``on_paper``.
    """
    read_signals_again()
    language = lesson.locale.language_code
    context = {
        "publishers": {source.value["id"]: source.value["publisher"] for source in package.sources},
        "for_teacher": for_teacher,
        "on_paper": on_paper,
        "language": language,
        "questions": step_questions(set(questions_in(lesson)), language),
    }
    return CompiledLesson(
        page_id=lesson.pk,
        key=lesson.source.key,
        slug=lesson.slug,
        title=lesson.title,
        language=lesson.locale.language_code,
        minutes=lesson.minutes,
        package_slug=package.slug,
        package_title=package.title,
        package_id=package.pk,
        source_id=lesson.source.pk,
        source_package_id=package.source.pk,
        steps=tuple(
            _compile_step(step, number, lesson, package, context, only)
            for number, step in enumerate(lesson.steps, start=1)
        ),
        helplines=tuple(_helplines(lesson)),
        is_for_professionals=package.audience != package.Audience.YOUNG_PEOPLE,
    )


def _compile_step(
    step: StreamValue.StreamChild,
    number: int,
    lesson: LessonPage,
    package: LessonPackagePage,
    context: dict[str, Any],
    only: Collection[str] | None,
) -> CompiledStep:
    path = reverse("progress:step", args=[package.slug, lesson.slug, number])
    for_teacher = context["for_teacher"]
    context = {**context, "step_path": path}
    blocks = step.value["blocks"]
    pairs = easy_twins(blocks)
    beside = set() if for_teacher else {EASY}  # a learner reads it in place of its original
    html = [
        render_block(
            block,
            {
                **context,
                "is_first": number == 1 and position == 0,
                "place": question_place(block),
                "easy": None if for_teacher or context["on_paper"] else pairs.get(position),
            },
            for_teacher=for_teacher,
        )
        for position, block in enumerate(blocks)
        if (for_teacher or block.block_type not in StepContentBlock.TEACHER_ONLY)
        and block.block_type not in beside
        and (only is None or block.block_type in only)
    ]
    return CompiledStep(
        id=str(step.id),
        number=number,
        title=step.value["title"],
        minutes=step.value["minutes"],
        heavy_notice=step.value.get("heavy_notice") or "",
        path=path,
        html=mark_safe("\n".join(html)),  # noqa: S308  (templates escaped it)
        quiz_ids=frozenset(
            block.value["quiz"].source.pk
            for block in blocks
            if block.block_type == "quiz" and block.value["quiz"] is not None
        ),
        shows_help=any(block.block_type == "helpline_card" for block in blocks),
        questions=()
        if for_teacher or context["on_paper"]
        else tuple(_placed_questions(blocks, context["questions"], path)),
        has_easy_text=bool(pairs),
    )


def easy_twins(blocks: StreamValue) -> dict[int, Any]:
    """By the place of a block, the text in easy language that stands for it."""
    found = twins([block.block_type for block in blocks])
    return {place: blocks[twin].value["text"] for place, twin in found.items()}


def questions_in(lesson: LessonPage) -> Iterator[str]:
    """The keys of the questions that stand in its steps, in order."""
    for step in lesson.steps:
        for block in step.value["blocks"]:
            if block.block_type == "question" and block.value["question"]:
                yield block.value["question"]


def question_place(block: StreamValue.StreamChild) -> str:
    """The id in a page of a question that stands in a step."""
    return f"vraag-{block.id}"


def _placed_questions(
    blocks: StreamValue, known: Mapping[str, StepQuestion], step_path: str
) -> Iterator[PlacedQuestion]:
    for block in blocks:
        found = known.get(block.value["question"]) if block.block_type == "question" else None
        if found:
            place = question_place(block)
            yield PlacedQuestion(place, found, step_path, open_template(found, place, step_path))


def render_block(
    block: StreamValue.StreamChild,
    context: dict[str, Any],
    *,
    for_teacher: bool,
    without: frozenset[str] = frozenset(),
) -> str:
    """A block's HTML, but for the fields ``without`` and those that are not for this reader."""
    value = block.value
    if isinstance(value, StructValue):
        hidden = without if for_teacher else without | StepContentBlock.TEACHER_FIELDS
        value = StructValue(
            block.block, [(name, part) for name, part in value.items() if name not in hidden]
        )
    return block.block.render(value, context=context)


def heavy_notice_html(notice: str, language: str) -> str:
    """What a teacher gets to know of what learners read before a heavy step; "" when it is not."""
    context = {"notice": notice, "language": language}
    return render_to_string("lessons/_heavy_notice_told.html", context) if notice else ""


def _helplines(lesson: LessonPage) -> Iterator[Helpline]:
    """Each national helpline of the lesson's cards once, in order."""
    seen = set()
    for step in lesson.steps:
        for block in step.value["blocks"]:
            if block.block_type != "helpline_card":
                continue
            for helpline in block.value["helplines"]:
                if helpline is not None and helpline.is_national and helpline.pk not in seen:
                    seen.add(helpline.pk)
                    yield helpline
