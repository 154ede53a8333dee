"""From a lesson of a package file to the values of its page. Plain Python.

A block whose fields have the same names in the file and in ``lessons/blocks`` needs nothing
here: its Markdown becomes HTML and its lists get ids. The others have a method of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from lessons import package_blocks as block_schema
from lessons import package_schema as schema
from lessons.package_content import entries
from lessons.package_texts import LONG_FEATURES, MARKDOWN_FIELDS, SHORT_FEATURES
from lessons.rich_text import to_html


class LessonContent:
    """Makes the values of a ``LessonPage``. Numbers of images, quizzes and helplines by name."""

    def __init__(
        self,
        *,
        images: Mapping[str, int],
        quizzes: Mapping[str, int],
        helplines: Mapping[str, int],
        recordings: Mapping[str, int],
        documents: Mapping[str, int],
    ) -> None:
        self.images = images
        self.recordings = recordings
        self.documents = documents
        self.quizzes = quizzes
        self.helplines = helplines

    def fields(self, lesson: schema.Lesson) -> dict[str, Any]:
        return {
            "title": lesson.title,
            "slug": lesson.slug,
            "summary": lesson.summary,
            "minutes": lesson.minutes,
            "goals": entries(lesson.id, lesson.goals, field="goals", kind="line"),
            "materials": entries(lesson.id, lesson.materials, field="materials", kind="line"),
            "before": to_html(lesson.before, SHORT_FEATURES),
            "short_version": to_html(lesson.short_version, SHORT_FEATURES),
            "steps": [
                {
                    "type": "step",
                    "id": str(step.id),
                    "value": {
                        "title": step.title,
                        "minutes": step.minutes,
                        "heavy_notice": step.heavy_notice,
                        "blocks": [self.block(block) for block in step.blocks],
                    },
                }
                for step in lesson.steps
            ],
        }

    def block(self, block: block_schema.Block) -> dict[str, Any]:
        make: Callable[[Any], Any] = getattr(self, f"_{block.type}", self._as_named)
        return {"type": block.type, "id": str(block.id), "value": make(block)}

    def _as_named(self, block: block_schema.Block) -> dict[str, Any]:
        return self._values(block, block.id)

    def _values(self, model: BaseModel, owner: UUID) -> dict[str, Any]:
        """Each field under its own name; ``owner`` is the block, for the ids in lists."""
        markdown = MARKDOWN_FIELDS.get(type(model), {})
        values: dict[str, Any] = {}
        for name in type(model).model_fields:
            value = getattr(model, name)
            if name in markdown:
                values[name] = to_html(value, markdown[name])
            elif isinstance(value, list):
                parts = [
                    self._values(part, owner) if isinstance(part, BaseModel) else part
                    for part in value
                ]
                values[name] = entries(owner, parts, field=name)
            elif name not in ("type", "id"):
                values[name] = value
        return values

    def _text(self, block: block_schema.TextBlock) -> str:
        return to_html(block.text, LONG_FEATURES)

    def _easy_text(self, block: block_schema.EasyTextBlock) -> dict[str, Any]:
        day = block.checked_on and block.checked_on.isoformat()
        return {"text": to_html(block.text, LONG_FEATURES), "checked_on": day}

    def _illustration(self, image: schema.Image) -> dict[str, Any]:
        return {
            "image": self.images[image.file],
            "alt": image.alt,
            "decorative": image.decorative,
            "caption": image.caption,
        }

    def _image(self, block: block_schema.ImageBlock) -> dict[str, Any]:
        return self._illustration(block.image)

    def _recording(self, block: block_schema.RecordingBlock) -> dict[str, Any]:
        return {"recording": self.recordings[block.recording.file], "intro": block.intro}

    def _download(self, block: block_schema.DownloadBlock) -> dict[str, Any]:
        return {"document": self.documents[block.document.file], "what": block.what}

    def _picture_story(self, block: block_schema.PictureStoryBlock) -> dict[str, Any]:
        frames = [{**self._illustration(one.image), "text": one.text} for one in block.frames]
        return {"title": block.title, "frames": entries(block.id, frames, field="frames")}

    def _case(self, block: block_schema.CaseBlock) -> dict[str, Any]:
        return {
            "title": block.title,
            "story": to_html(block.story, SHORT_FEATURES),
            "image": self.images[block.image.file] if block.image else None,
            "alt": block.image.alt if block.image else "",
            "questions": entries(block.id, block.questions, field="questions"),
        }

    def _question(self, block: block_schema.QuestionBlock) -> dict[str, Any]:
        return {"question": str(block.question)}

    def _quiz(self, block: block_schema.QuizBlock) -> dict[str, Any]:
        return {"quiz": self.quizzes[block.quiz], "intro": block.intro}

    def _helpline_card(self, block: block_schema.HelplineCardBlock) -> dict[str, Any]:
        numbers = [self.helplines[slug] for slug in block.helplines]
        return {
            "title": block.title,
            "intro": block.intro,
            "helplines": entries(block.id, numbers, field="helplines"),
        }

    def _teacher_note(self, block: block_schema.TeacherNoteBlock) -> str:
        return to_html(block.note, SHORT_FEATURES)
