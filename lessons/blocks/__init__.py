"""What a step of a lesson can hold.

Each block's id is the one that Wagtail gives it; it stays through copies, translations
and packages. A block that only teachers see, or a field of it, says so in its name:
``teacher_note``, ``listen_for``.
"""

from __future__ import annotations

from lessons.blocks.base import RICH_TEXT_FEATURES, SHORT_FEATURES, IllustrationBlock
from lessons.blocks.help import TeacherNoteBlock
from lessons.blocks.reading import TextBlock
from lessons.blocks.steps import SourceBlock, StepBlock, StepContentBlock

__all__ = [
    "RICH_TEXT_FEATURES",
    "SHORT_FEATURES",
    "IllustrationBlock",
    "SourceBlock",
    "StepBlock",
    "StepContentBlock",
    "TeacherNoteBlock",  # this one and the next: the first migration looks here for them
    "TextBlock",
]
