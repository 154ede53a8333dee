"""From a package file to what Wagtail keeps: values of fields, raw stream data. Plain Python.

The ids of the file become the ids of the blocks; an entry of a list that has none in the
file gets one that follows from its block, so that a second load makes the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from lessons import package_schema as schema
from lessons.package_base import Supplement
from lessons.package_questions import (
    MarkedQuestion,
    PointAtQuestion,
    Question,
    SpotMomentsQuestion,
)
from lessons.package_texts import EMPHASIS, SHORT_FEATURES
from lessons.rich_text import to_html
from lessons.school_types import SchoolType, school_types_in

Raw = list[dict[str, Any]]


def entries(owner: UUID, values: Sequence[Any], *, field: str, kind: str = "item") -> Raw:
    """A list as Wagtail keeps it."""
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
        "school_types": entries(
            package.id, school_types(package), field="school_types", kind="school_type"
        ),
        "language_level": package.language_level,
        "minutes": package.minutes,
        "group_form": package.group_form,
        "needs_devices": package.needs_devices,
        "sensitivity": package.sensitivity,
        "goals": entries(package.id, package.goals, field="goals", kind="line"),
        "curriculum_goals": entries(
            package.id, package.curriculum_goals, field="curriculum_goals", kind="line"
        ),
        "forms": entries(package.id, package.forms, field="forms", kind="form"),
        "before": to_html(package.before, SHORT_FEATURES),
        "disclosure": to_html(package.disclosure, SHORT_FEATURES),
        "image_id": image,
        "licence": package.licence,
        "version": package.version,
        "review_by": package.review_by.isoformat(),
        "review_owner": package.review_owner,
        "certificate_months": package.certificate_months,
        "made_by": package.made_by,
        "checked_by": entries(package.id, package.checked_by, field="checked_by", kind="line"),
        "sources": entries(package.id, sources, field="sources", kind="source"),
    }


def school_types(package: schema.Package) -> list[SchoolType]:
    """As the file says, or else as its ``level`` says in words."""
    if package.school_types is None:
        return school_types_in(package.level)
    return list(dict.fromkeys(package.school_types))


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
    signals: Mapping[str, int]


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
        "bands": entries(quiz.id, bands, field="bands", kind="band"),
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
        "sources": entries(question.id, question.sources, field="sources"),
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
            **({"signal": numbers.signals[supplement.signal]} if supplement.signal else {}),
            "helplines": entries(owner, helplines, field="supplement.helplines"),
        }
    }
