"""The shape of a package file: a folder of YAML, Markdown and images.

A package crosses installations as text that writers can review. This module is
the whole contract; ``package_files`` reads a folder into it and names file and
line of what is wrong. Plain Python: no Django, no database.

Ids are UUIDs written by hand once and never changed: answers and progress hang
on them, through edits, copies and translations.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from lessons.easy_reading import misplaced
from lessons.package_base import (
    FormOfExploitation,
    Image,
    Line,
    Markdown,
    Slug,
    Strict,
    Supplement,
)
from lessons.package_blocks import Block
from lessons.package_questions import MarkedQuestion, Question
from lessons.package_versions import NEWEST
from lessons.school_types import SchoolType
from quizzes.kinds import KINDS, lacks_marked, unfit_questions

SCHEMA_VERSION = NEWEST
Audience = Literal["young_people", "teachers", "professionals"]


class Source(Strict):
    """Where a claim comes from and when someone must look again."""

    id: Slug
    title: Line
    publisher: Line
    url: Annotated[str, Field(pattern=r"^https?://")]
    published: str = ""  # as the source gives it: a year, a month or a day; may be empty
    checked_on: date
    check_by: date
    owner: Line  # a function ("hoofdredactie"), never a person's name
    recheck: str = ""  # what an editor must check before release; shown to editors only

    @model_validator(mode="after")
    def check_by_follows_checked_on(self) -> Source:
        if self.check_by <= self.checked_on:
            raise ValueError("check_by must be later than checked_on")
        return self


class Step(Strict):
    id: UUID
    title: Line
    minutes: Annotated[int, Field(ge=1, le=45)]
    heavy_notice: Annotated[str, Field(max_length=200)] = ""  # read first; the step may be skipped
    blocks: Annotated[list[Block], Field(min_length=1)]

    @model_validator(mode="after")
    def easy_texts_follow_what_they_stand_for(self) -> Step:
        wrong = misplaced([block.type for block in self.blocks])
        if wrong:
            places = ", ".join(str(place + 1) for place in wrong)
            raise ValueError(f"an easy_text follows a text, case or timeline: block {places}")
        return self


class Lesson(Strict):
    """``<slug>.lesson.yaml``"""

    schema_version: Literal[1]
    id: UUID
    slug: Slug
    title: Line
    summary: Line
    minutes: Annotated[int, Field(ge=5, le=120)]
    goals: Annotated[list[Line], Field(min_length=1, max_length=3)]
    materials: list[Line] = []
    before: Markdown  # what the teacher arranges beforehand
    short_version: Markdown  # what to drop when there are only 20 minutes
    steps: Annotated[list[Step], Field(min_length=1)]
    sources: list[Slug] = []

    @model_validator(mode="after")
    def minutes_add_up(self) -> Lesson:
        total = sum(step.minutes for step in self.steps)
        if total != self.minutes:
            raise ValueError(f"the steps add up to {total} minutes, the lesson says {self.minutes}")
        return self


class ScoreBand(Strict):
    """What the learner reads at the end, from this whole per cent upwards."""

    from_percent: Annotated[int, Field(ge=0, le=100)]
    title: Line
    text: Markdown
    supplement: Supplement | None = None


class Quiz(Strict):
    """``<slug>.quiz.yaml``"""

    schema_version: Literal[1]
    id: UUID
    slug: Slug
    title: Line  # neutral: it stands in a browser's history
    intro: Markdown
    minutes: Annotated[int, Field(ge=1, le=45)]
    questions: Annotated[list[Question], Field(min_length=1)]
    bands: Annotated[list[ScoreBand], Field(min_length=1)]
    what_you_can_do: Markdown
    helplines: Annotated[list[Slug], Field(min_length=1)]
    kind: Literal["practice", "check", "measurement", "self_scan", "poll"] = "practice"
    pass_percent: Annotated[int, Field(ge=0, le=100)] = 0  # of a check; 0: no pass mark
    attempts_allowed: Annotated[int, Field(ge=0, le=100)] = 0  # of a check; 0: any number
    draw_count: Annotated[int, Field(ge=0)] = 0  # so many per attempt, by chance; 0: all
    shuffle_questions: bool = False
    shuffle_choices: bool = False
    audience: Audience | None = None  # left out: that of the package

    @model_validator(mode="after")
    def questions_fit(self) -> Quiz:
        kind = KINDS[self.kind]
        marked = [isinstance(question, MarkedQuestion) for question in self.questions]
        unfit = unfit_questions(kind, marked)
        if unfit:
            numbers = ", ".join(str(number) for number in unfit)
            raise ValueError(f"a {self.kind} asks nothing with a right answer: question {numbers}")
        if lacks_marked(kind, marked):
            raise ValueError(f"a {self.kind} needs a question with a right answer")
        if self.draw_count > len(self.questions):
            raise ValueError(f"draws {self.draw_count} of {len(self.questions)} questions")
        return self

    @field_validator("bands")
    @classmethod
    def bands_start_at_zero(cls, bands: list[ScoreBand]) -> list[ScoreBand]:
        if min(band.from_percent for band in bands) != 0:
            raise ValueError("one band must start at 0")
        return bands


class Package(Strict):
    """``package.yaml``"""

    schema_version: Literal[1]
    id: UUID
    slug: Slug
    title: Line
    big_idea: Line
    summary: Markdown
    audience: Audience
    age_from: Annotated[int, Field(ge=10, le=99)]
    age_to: Annotated[int, Field(ge=10, le=99)]
    level: Line  # "praktijkonderwijs, vmbo, onderbouw havo/vwo"
    school_types: list[SchoolType] | None = None  # left out: those that ``level`` names
    language_level: Literal["A2", "B1", "B2"]
    minutes: Annotated[int, Field(ge=5, le=600)]
    group_form: Literal["group", "alone", "either"] = "group"
    needs_devices: bool = True  # a telephone or computer for every learner
    sensitivity: Literal["low", "some", "high"] = "some"  # for a learner whom it happens to
    goals: Annotated[list[Line], Field(min_length=1, max_length=5)]
    curriculum_goals: list[Line] = []
    forms: Annotated[list[FormOfExploitation], Field(min_length=1)]
    before: Markdown  # what a teacher must arrange beforehand
    disclosure: Markdown  # what to do when a pupil tells something
    image: Image
    licence: Literal["CC BY-SA 4.0"]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    review_by: date
    review_owner: Annotated[str, Field(max_length=200)] = ""  # a function, never a name
    made_by: Line
    checked_by: list[Line] = []  # functions or organisations; empty means not yet reviewed
    # How long a certificate counts for who did all lessons and passed the check; 0: there is none.
    certificate_months: Annotated[int, Field(ge=0, le=60)] = 0
    language: Literal["nl", "en", "ar"]
    lessons: Annotated[list[Slug], Field(min_length=1)]  # in order
    quizzes: list[Slug] = []
    sources: list[Source]
