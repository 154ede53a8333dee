"""The shapes of what a step of a lesson can hold, in a package file. Plain Python.

Each is one entry of ``blocks`` in a ``<slug>.lesson.yaml``; its ``type`` says which. A block
that only teachers see, or a field of it, says so in its name: ``teacher_note``, ``listen_for``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from lessons.package_base import Document, Image, Line, Markdown, Recording, Slug, Strict


class TextBlock(Strict):
    type: Literal["text"]
    id: UUID
    text: Markdown


class EasyTextBlock(Strict):
    """The text, case or timeline before it, in easy language."""

    type: Literal["easy_text"]
    id: UUID
    text: Markdown
    checked_on: date | None = None  # when it was compared with what it stands for


class ImageBlock(Strict):
    type: Literal["image"]
    id: UUID
    image: Image


class RecordingBlock(Strict):
    """A video or something to listen to, and what to notice in it."""

    type: Literal["recording"]
    id: UUID
    recording: Recording
    intro: str = ""


class DownloadBlock(Strict):
    """A file to take along, and what it is."""

    type: Literal["download"]
    id: UUID
    document: Document
    what: Line


class QuoteBlock(Strict):
    """Something said by a person who lived it, with consent and source noted."""

    type: Literal["quote"]
    id: UUID
    quote: Markdown
    who: Line
    source: Slug  # id of a Source
    consent: Line  # how consent was given or why it is public


class SignalCardBlock(Strict):
    """One signal: what you may notice, what it may also be, what you can do."""

    type: Literal["signal_card"]
    id: UUID
    title: Line
    notice: Markdown
    also_possible: Markdown
    do: Markdown
    sources: list[Slug] = []


class CaseBlock(Strict):
    """A short made-up story about a person."""

    type: Literal["case"]
    id: UUID
    title: Line
    story: Markdown
    image: Image | None = None
    questions: list[Line] = []


class ReflectionBlock(Strict):
    """Something to think about. Nothing is stored or sent, and the screen says so."""

    type: Literal["reflection"]
    id: UUID
    prompt: Markdown


class DiscussionForm(Strict):
    form: Literal["pair", "group", "class"]
    how: Line


class DiscussionBlock(Strict):
    type: Literal["discussion"]
    id: UUID
    question: Markdown
    form: Literal["pair", "group", "class"]
    minutes: Annotated[int, Field(ge=1, le=45)]
    listen_for: Markdown  # for the teacher only
    other_forms: list[DiscussionForm] = []  # the same talk in another setting


class QuestionBlock(Strict):
    """One question in the middle of a step, answered there."""

    type: Literal["question"]
    id: UUID
    question: UUID  # id of a question of a quiz in this package that explains at once


class QuizBlock(Strict):
    type: Literal["quiz"]
    id: UUID
    quiz: Slug  # slug of a quiz in this package
    intro: str = ""


class HelplineCardBlock(Strict):
    type: Literal["helpline_card"]
    id: UUID
    title: Line
    helplines: Annotated[list[Slug], Field(min_length=1)]  # slugs of known helplines
    intro: str = ""


class TeacherNoteBlock(Strict):
    """Only teachers see it."""

    type: Literal["teacher_note"]
    id: UUID
    note: Markdown


class Frame(Strict):
    image: Image
    text: Line


class PictureStoryBlock(Strict):
    """A story told in pictures, one after the other."""

    type: Literal["picture_story"]
    id: UUID
    title: Line
    frames: Annotated[list[Frame], Field(min_length=2, max_length=8)]


class Message(Strict):
    """``note`` is what happens in between ("Een dag later")."""

    sender: Literal["me", "other", "note"]
    text: Line


class ChatStoryBlock(Strict):
    """A made-up chat to read; the reader sees it as ``me``."""

    type: Literal["chat_story"]
    id: UUID
    title: Line
    other: Line  # the made-up name of who writes back
    messages: Annotated[list[Message], Field(min_length=2, max_length=30)]


class FlipCard(Strict):
    front: Line
    back: Markdown


class FlipCardsBlock(Strict):
    """Cards with something to guess or know in front, and what it is behind."""

    type: Literal["flip_cards"]
    id: UUID
    title: Line
    cards: Annotated[list[FlipCard], Field(min_length=2, max_length=12)]
    sources: list[Slug] = []


class Moment(Strict):
    when: Line
    title: Line
    text: Markdown


class TimelineBlock(Strict):
    """What came after what."""

    type: Literal["timeline"]
    id: UUID
    title: Line
    moments: Annotated[list[Moment], Field(min_length=2, max_length=12)]
    sources: list[Slug] = []


class Action(Strict):
    title: Line
    text: Markdown


class StepByStepBlock(Strict):
    """What you do first, and then."""

    type: Literal["step_by_step"]
    id: UUID
    title: Line
    steps: Annotated[list[Action], Field(min_length=2, max_length=10)]
    sources: list[Slug] = []


class ComparisonRow(Strict):
    topic: Line
    normal: Line
    worrying: Line
    wrong: Line


class ComparisonBlock(Strict):
    """The same thing when it is normal, when it is worrying and when it is wrong."""

    type: Literal["comparison"]
    id: UUID
    title: Line
    rows: Annotated[list[ComparisonRow], Field(min_length=1, max_length=8)]
    sources: list[Slug] = []


class WorkFormBlock(Strict):
    """Something to do with the whole room. A role-play has rules that keep it safe."""

    type: Literal["work_form"]
    id: UUID
    kind: Literal["move", "statement_line", "role_play"]
    title: Line
    minutes: Annotated[int, Field(ge=1, le=45)]
    instructions: Markdown
    statements: list[Line] = []
    safety: Markdown = ""
    without_moving: Markdown = ""  # the same for who cannot or will not walk
    listen_for: Markdown  # for the teacher only

    @model_validator(mode="after")
    def has_what_its_kind_needs(self) -> Self:
        if self.kind == "role_play" and not self.safety:
            raise ValueError("a role_play needs safety: the rules that everybody hears first")
        if self.kind == "statement_line" and not self.statements:
            raise ValueError("a statement_line needs statements")
        return self


class WordBlock(Strict):
    """A word explained where it is first used."""

    type: Literal["word"]
    id: UUID
    word: Line
    explanation: Markdown
    sources: list[Slug] = []


class ChainCardBlock(Strict):
    """Who does what, why, what must go along, and when you hear back."""

    type: Literal["chain_card"]
    id: UUID
    title: Line
    who: Line  # an organisation or a function, never a person
    does: Markdown
    why: Markdown
    goes_along: Markdown
    hear_back: Markdown
    sources: list[Slug] = []


class Variant(Strict):
    label: Line
    text: Markdown


class VariantsBlock(Strict):
    """The same told for different readers, who open what is for them (counter, care, housing)."""

    type: Literal["variants"]
    id: UUID
    title: Line
    variants: Annotated[list[Variant], Field(min_length=2, max_length=8)]
    sources: list[Slug] = []


class LocalSlotBlock(Strict):
    """A place that a municipality fills; until then the national text stands there."""

    type: Literal["local_slot"]
    id: UUID
    slot: Slug  # "lokale-hulp": the same in all lessons that ask for the same
    title: Line
    fallback: Markdown


Block = Annotated[
    TextBlock
    | EasyTextBlock
    | ImageBlock
    | RecordingBlock
    | DownloadBlock
    | QuoteBlock
    | SignalCardBlock
    | CaseBlock
    | ReflectionBlock
    | DiscussionBlock
    | QuizBlock
    | QuestionBlock
    | HelplineCardBlock
    | TeacherNoteBlock
    | PictureStoryBlock
    | ChatStoryBlock
    | FlipCardsBlock
    | TimelineBlock
    | StepByStepBlock
    | ComparisonBlock
    | WorkFormBlock
    | WordBlock
    | ChainCardBlock
    | VariantsBlock
    | LocalSlotBlock,
    Field(discriminator="type"),
]
