"""From a package file to what Wagtail keeps: values of fields, raw stream data. Plain Python.

The ids of the file become the ids of the blocks; an entry of a list that has none in the
file gets one that follows from its block, so that a second load makes the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from lessons import package_blocks as block_schema
from lessons import package_schema as schema
from lessons.package_base import Supplement
from lessons.package_files import EMPHASIS, LONG_FEATURES, SHORT_FEATURES
from lessons.package_questions import (
    MarkedQuestion,
    PointAtQuestion,
    Question,
    SpotMomentsQuestion,
)
from lessons.rich_text import to_html

Raw = list[dict[str, Any]]


def _entries(owner: UUID, values: Sequence[Any], *, field: str, kind: str = "item") -> Raw:
    return [
        {"type": kind, "id": str(uuid5(owner, f"{field}.{number}")), "value": value}
        for number, value in enumerate(values)
    ]


def package_fields(package: schema.Package, *, image: int) -> dict[str, Any]:
    """The values of a ``LessonPackagePage``; ``image`` is the cover's number."""
    sources = [source.model_dump(mode="json") for source in package.sources]
    return {
        "title": package.title,
        "slug": package.slug,
        "big_idea": package.big_idea,
        "summary": to_html(package.summary, SHORT_FEATURES),
        "audience": package.audience,
        "age_from": package.age_from,
        "age_to": package.age_to,
        "level": package.level,
        "language_level": package.language_level,
        "minutes": package.minutes,
        "goals": _entries(package.id, package.goals, field="goals", kind="line"),
        "curriculum_goals": _entries(
            package.id, package.curriculum_goals, field="curriculum_goals", kind="line"
        ),
        "forms": _entries(package.id, package.forms, field="forms", kind="form"),
        "before": to_html(package.before, SHORT_FEATURES),
        "disclosure": to_html(package.disclosure, SHORT_FEATURES),
        "image_id": image,
        "licence": package.licence,
        "version": package.version,
        "review_by": package.review_by.isoformat(),
        "made_by": package.made_by,
        "checked_by": _entries(package.id, package.checked_by, field="checked_by", kind="line"),
        "sources": _entries(package.id, sources, field="sources", kind="source"),
    }


class LessonContent:
    """Makes the values of a ``LessonPage``. Numbers of images, quizzes and helplines by name."""

    def __init__(
        self,
        *,
        images: Mapping[str, int],
        quizzes: Mapping[str, int],
        helplines: Mapping[str, int],
    ) -> None:
        self.images = images
        self.quizzes = quizzes
        self.helplines = helplines

    def fields(self, lesson: schema.Lesson) -> dict[str, Any]:
        return {
            "title": lesson.title,
            "slug": lesson.slug,
            "summary": lesson.summary,
            "minutes": lesson.minutes,
            "goals": _entries(lesson.id, lesson.goals, field="goals", kind="line"),
            "materials": _entries(lesson.id, lesson.materials, field="materials", kind="line"),
            "before": to_html(lesson.before, SHORT_FEATURES),
            "short_version": to_html(lesson.short_version, SHORT_FEATURES),
            "steps": [
                {
                    "type": "step",
                    "id": str(step.id),
                    "value": {
                        "title": step.title,
                        "minutes": step.minutes,
                        "blocks": [self.block(block) for block in step.blocks],
                    },
                }
                for step in lesson.steps
            ],
        }

    def block(self, block: block_schema.Block) -> dict[str, Any]:
        make: Callable[[Any], Any] = getattr(self, f"_{block.type}")
        return {"type": block.type, "id": str(block.id), "value": make(block)}

    def _text(self, block: block_schema.TextBlock) -> str:
        return to_html(block.text, LONG_FEATURES)

    def _image(self, block: block_schema.ImageBlock) -> dict[str, Any]:
        return {
            "image": self.images[block.image.file],
            "alt": block.image.alt,
            "decorative": block.image.decorative,
            "caption": block.image.caption,
        }

    def _quote(self, block: block_schema.QuoteBlock) -> dict[str, Any]:
        return {
            "quote": to_html(block.quote, EMPHASIS),
            "who": block.who,
            "source": block.source,
            "consent": block.consent,
        }

    def _signal_card(self, block: block_schema.SignalCardBlock) -> dict[str, Any]:
        return {
            "title": block.title,
            "notice": to_html(block.notice, SHORT_FEATURES),
            "also_possible": to_html(block.also_possible, SHORT_FEATURES),
            "do": to_html(block.do, SHORT_FEATURES),
            "sources": _entries(block.id, block.sources, field="sources"),
        }

    def _case(self, block: block_schema.CaseBlock) -> dict[str, Any]:
        return {
            "title": block.title,
            "story": to_html(block.story, SHORT_FEATURES),
            "image": self.images[block.image.file] if block.image else None,
            "alt": block.image.alt if block.image else "",
            "questions": _entries(block.id, block.questions, field="questions"),
        }

    def _reflection(self, block: block_schema.ReflectionBlock) -> dict[str, Any]:
        return {"prompt": to_html(block.prompt, SHORT_FEATURES)}

    def _discussion(self, block: block_schema.DiscussionBlock) -> dict[str, Any]:
        return {
            "question": to_html(block.question, SHORT_FEATURES),
            "form": block.form,
            "minutes": block.minutes,
            "listen_for": to_html(block.listen_for, SHORT_FEATURES),
        }

    def _quiz(self, block: block_schema.QuizBlock) -> dict[str, Any]:
        return {"quiz": self.quizzes[block.quiz], "intro": block.intro}

    def _helpline_card(self, block: block_schema.HelplineCardBlock) -> dict[str, Any]:
        numbers = [self.helplines[slug] for slug in block.helplines]
        return {
            "title": block.title,
            "intro": block.intro,
            "helplines": _entries(block.id, numbers, field="helplines"),
        }

    def _teacher_note(self, block: block_schema.TeacherNoteBlock) -> str:
        return to_html(block.note, SHORT_FEATURES)


QUIZ_SETTINGS = (
    "kind",
    "pass_percent",
    "attempts_allowed",
    "draw_count",
    "shuffle_questions",
    "shuffle_choices",
)


@dataclass(frozen=True)
class Numbers:
    """The database's numbers of what a quiz shows: of files by name, of the rest by slug."""

    images: Mapping[str, int]
    recordings: Mapping[str, int]
    lessons: Mapping[str, int]
    helplines: Mapping[str, int]


def quiz_fields(quiz: schema.Quiz, numbers: Numbers) -> dict[str, Any]:
    """The values of a ``Quiz``; its questions are beside them (``quiz_questions``)."""
    bands = [
        {
            "from_percent": band.from_percent,
            "title": band.title,
            "text": to_html(band.text, SHORT_FEATURES),
            **_supplement(uuid5(quiz.id, f"bands.{number}"), band.supplement, numbers),
        }
        for number, band in enumerate(quiz.bands)
    ]
    return {
        "slug": quiz.slug,
        "title": quiz.title,
        "intro": to_html(quiz.intro, SHORT_FEATURES),
        "minutes": quiz.minutes,
        **{name: getattr(quiz, name) for name in QUIZ_SETTINGS},
        "bands": _entries(quiz.id, bands, field="bands", kind="band"),
        "what_you_can_do": to_html(quiz.what_you_can_do, SHORT_FEATURES),
        "helplines": list(quiz.helplines),
    }


def quiz_questions(quiz: schema.Quiz, numbers: Numbers) -> list[tuple[UUID, str, Raw]]:
    """Each question's key, section and the raw data of its body.

    A choice's key is its entry's id.
    """
    return [
        (
            question.id,
            question.section,
            [
                {
                    "type": question.type,
                    "id": str(question.id),
                    "value": _question(question, numbers),
                }
            ],
        )
        for question in quiz.questions
    ]


def _question(question: Question, numbers: Numbers) -> dict[str, Any]:
    own = question.own_values()
    if isinstance(question, PointAtQuestion):
        own["image"] = numbers.images[question.image.file]
    if isinstance(question, SpotMomentsQuestion):
        own["recording"] = numbers.recordings[question.recording.file]
    return {
        "prompt": to_html(question.prompt, EMPHASIS),
        "explanation": to_html(question.explanation, SHORT_FEATURES),
        **_supplement(question.id, question.supplement, numbers),
        "sources": _entries(question.id, question.sources, field="sources"),
        "signal": question.signal,
        "form": question.form,
        **({"ask_sure": question.ask_sure} if isinstance(question, MarkedQuestion) else {}),
        **own,
    }


def _supplement(owner: UUID, supplement: Supplement | None, numbers: Numbers) -> dict[str, Any]:
    """No field where the file has none."""
    if supplement is None:
        return {}
    image, recording = supplement.image, supplement.recording
    helplines = [numbers.helplines[slug] for slug in supplement.helplines]
    return {
        "supplement": {
            "image": numbers.images[image.file] if image else None,
            "alt": image.alt if image else "",
            "decorative": image.decorative if image else False,
            "recording": numbers.recordings[recording.file] if recording else None,
            "lesson": numbers.lessons[supplement.lesson] if supplement.lesson else None,
            "helplines": _entries(owner, helplines, field="supplement.helplines"),
        }
    }
