"""Writes one page or quiz as it stands in the database, as a file of a package has it.

Plain dictionaries; whoever asked checks them against the schema.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lessons import package_schema as schema
from lessons.block_writing import filled, values_of
from lessons.markdown_writing import UnwritableTextError, to_markdown
from lessons.models import LessonPackagePage, LessonPage
from lessons.package_content import QUIZ_SETTINGS
from lessons.package_names import Names
from lessons.package_texts import SHORT_FEATURES
from lessons.question_writing import QuestionWriting
from quizzes.models import Quiz

PLAIN = (
    "slug", "title", "big_idea", "audience", "age_from", "age_to", "level", "language_level",
    "minutes", "group_form", "needs_devices", "sensitivity", "licence", "version",
    "review_owner", "made_by", "certificate_months",
)  # fmt: skip
LISTS = ("goals", "curriculum_goals", "forms", "checked_by", "sources")


class PartWriting:
    """``problems`` gets what cannot be written; whoever asked empties it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.problems = names.problems
        self.make = QuestionWriting(names, self.text)

    def package(self, page: LessonPackagePage, key: UUID) -> dict[str, Any]:
        written = {
            "schema_version": schema.SCHEMA_VERSION,
            "id": str(key),
            **{name: getattr(page, name) for name in PLAIN},
            **{name: self.values(getattr(page, name)) for name in LISTS},
            "summary": self.text(page.summary, SHORT_FEATURES),
            "before": self.text(page.before, SHORT_FEATURES),
            "disclosure": self.text(page.disclosure, SHORT_FEATURES),
            "review_by": page.review_by.isoformat(),
            "language": page.locale.language_code,
            "image": self.names.cover(page.image),
        }
        return {**filled(written), "school_types": self.values(page.school_types)}

    def lesson(self, page: LessonPage) -> dict[str, Any]:
        written = {
            "schema_version": schema.SCHEMA_VERSION,
            "id": str(page.source.key),
            "slug": page.slug,
            "title": page.title,
            "summary": page.summary,
            "minutes": page.minutes,
            "goals": self.values(page.goals),
            "materials": self.values(page.materials),
            "before": self.text(page.before, SHORT_FEATURES),
            "short_version": self.text(page.short_version, SHORT_FEATURES),
            "steps": [self.make.step(step) for step in page.steps.get_prep_value()],
        }
        return filled(written)

    def quiz(self, quiz: Quiz, audience: str) -> dict[str, Any]:
        questions = [
            self.make.question(
                key=str(question.key),
                section=question.section,
                body=question.body.get_prep_value()[0],
            )
            for question in quiz.questions.order_by("sort_order")
        ]
        written = {
            "schema_version": schema.SCHEMA_VERSION,
            "id": str(quiz.source.key),
            "slug": quiz.slug,
            "title": quiz.title,
            "intro": self.text(quiz.intro, SHORT_FEATURES),
            "minutes": quiz.minutes,
            **{name: getattr(quiz, name) for name in QUIZ_SETTINGS},
            "audience": quiz.audience if quiz.audience != audience else None,
            "questions": questions,
            "bands": [self.make.band(band) for band in quiz.bands.get_prep_value()],
            "what_you_can_do": self.text(quiz.what_you_can_do, SHORT_FEATURES),
            "helplines": quiz.helplines,
        }
        return filled(written)

    def values(self, stream: Any) -> list[Any]:
        return values_of(stream.get_prep_value())

    def text(self, html: str | None, features: Iterable[str]) -> str:
        try:
            return to_markdown(html or "", features, self.names.address)
        except UnwritableTextError as error:
            told = _("deze tekst is niet te schrijven: %(text)s")
            self.problems.append(told % {"text": str(error)})
            return ""
