"""Which fields of a package file hold Markdown, or are bounded. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from lessons import package_blocks as block_schema
from lessons import package_schema as schema
from lessons.package_questions import QUESTIONS
from lessons.rich_text import UnusableMarkdownError, to_html

LONG_FEATURES = ("h3", "h4", "bold", "italic", "ol", "ul", "link")
SHORT_FEATURES = ("bold", "italic", "ul", "ol", "link")
EMPHASIS = ("bold", "italic")


def short(*names: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(names, SHORT_FEATURES)


# Which of the editor's fields hold Markdown, and what they may hold (lessons/blocks/).
MARKDOWN_FIELDS: dict[type[BaseModel], dict[str, tuple[str, ...]]] = {
    block_schema.TextBlock: {"text": LONG_FEATURES},
    block_schema.EasyTextBlock: {"text": LONG_FEATURES},
    block_schema.QuoteBlock: {"quote": EMPHASIS},
    block_schema.SignalCardBlock: short("notice", "also_possible", "do"),
    block_schema.CaseBlock: short("story"),
    block_schema.ReflectionBlock: short("prompt"),
    block_schema.DiscussionBlock: short("question", "listen_for"),
    block_schema.TeacherNoteBlock: short("note"),
    block_schema.FlipCard: short("back"),
    block_schema.Moment: short("text"),
    block_schema.Action: short("text"),
    block_schema.WorkFormBlock: short("instructions", "safety", "without_moving", "listen_for"),
    block_schema.WordBlock: short("explanation"),
    block_schema.ChainCardBlock: short("does", "why", "goes_along", "hear_back"),
    block_schema.Variant: short("text"),
    block_schema.LocalSlotBlock: short("fallback"),
    schema.Lesson: short("before", "short_version"),
    **{kind: {"prompt": EMPHASIS, "explanation": SHORT_FEATURES} for kind in QUESTIONS},
    schema.ScoreBand: short("text"),
    schema.Quiz: short("intro", "what_you_can_do"),
    schema.Package: short("summary", "before", "disclosure"),
}
# What a ``Line`` does not bound already.
LIMITS: dict[type[BaseModel], dict[str, int]] = {
    block_schema.QuizBlock: {"intro": 200},
    block_schema.RecordingBlock: {"intro": 200},
    block_schema.HelplineCardBlock: {"intro": 300},
    schema.Image: {"alt": 200, "caption": 200, "credit": 200},
    schema.Source: {"published": 40, "recheck": 500},
}


def wrong_texts(model: BaseModel) -> Iterator[tuple[str, str]]:
    """The fields of this model whose text cannot be used, and why. Not of the models inside it."""
    for name, features in MARKDOWN_FIELDS.get(type(model), {}).items():
        try:
            to_html(getattr(model, name), features)
        except UnusableMarkdownError as error:
            yield name, str(error)
    for name, limit in LIMITS.get(type(model), {}).items():
        if len(getattr(model, name)) > limit:
            yield name, f"longer than {limit} characters"
