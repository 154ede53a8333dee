"""Writes a package from the database in the format that ``package_files`` reads.

Only what is published. What was written is read again before anybody gets it, so that every
package that leaves the site can be brought in somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from helplines.models import Helpline
from lessons import package_schema as schema
from lessons.block_writing import filled, values_of
from lessons.markdown_writing import UnwritableTextError, to_markdown
from lessons.models import LessonPackagePage, LessonPage
from lessons.package_content import QUIZ_SETTINGS
from lessons.package_files import PACKAGE_FILE, PackageError, Problem, read_package
from lessons.package_names import Names
from lessons.package_paths import plain_message
from lessons.package_recordings import FOLDER
from lessons.package_texts import SHORT_FEATURES
from lessons.package_translations import TRANSLATIONS, ids_in, read_translations
from lessons.question_writing import QuestionWriting
from lessons.yaml_writing import write_yaml
from quizzes.models import Quiz
from signals.models import Signal

Model = TypeVar("Model", bound=BaseModel)
PLAIN = (
    "slug", "title", "big_idea", "audience", "age_from", "age_to", "level", "language_level",
    "minutes", "group_form", "needs_devices", "sensitivity", "licence", "version",
    "review_owner", "made_by",
)  # fmt: skip
LISTS = ("goals", "curriculum_goals", "forms", "checked_by", "sources")


@dataclass
class WrittenLanguage:
    """A package in one language; the files are with the original."""

    package: schema.Package
    lessons: list[schema.Lesson]
    quizzes: list[schema.Quiz]

    def files(self) -> dict[str, str]:
        parts: dict[str, BaseModel] = {PACKAGE_FILE: self.package}
        parts |= {f"{one.slug}.lesson.yaml": one for one in self.lessons}
        parts |= {f"{one.slug}.quiz.yaml": one for one in self.quizzes}
        return {name: write_yaml(as_written(part)) for name, part in parts.items()}


@dataclass
class WrittenPackage:
    """A package, ready to be packed. ``notes`` says what stays behind, and why."""

    original: WrittenLanguage
    languages: dict[str, WrittenLanguage] = field(default_factory=dict)
    media: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def files(self) -> dict[str, bytes]:
        """Every file by its path, in a fixed order."""
        texts = self.original.files()
        for code, language in self.languages.items():
            texts |= {f"{code}/{name}": text for name, text in language.files().items()}
        return {**{name: text.encode() for name, text in texts.items()}, **self.media}


def as_written(part: BaseModel) -> dict[str, Any]:
    """The values of a file: without those that it may leave out."""
    return part.model_dump(mode="json", exclude_defaults=True)


def write_package(page: LessonPackagePage) -> WrittenPackage:
    """This package as it is published, checked by reading it. A handful of queries per lesson.

    Raises ``PackageError`` with everything that keeps it from being used elsewhere.
    """
    written = PackageWriting(page).write()
    with TemporaryDirectory(prefix="doorzien-package-") as name:
        folder = Path(name)
        for path, content in written.files().items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
        known = {
            "helplines": set(Helpline.objects.values_list("slug", flat=True)),
            "signals": set(Signal.objects.originals().values_list("slug", flat=True)),
        }
        read_translations(folder, read_package(folder, **known), **known)
    return written


class PackageWriting:
    """One run of ``write_package``."""

    def __init__(self, page: LessonPackagePage) -> None:
        self.page = page
        self.names = Names(page)
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.file = PACKAGE_FILE
        self.make = QuestionWriting(self.names, self.text)

    def write(self) -> WrittenPackage:
        original = self.language(self.page)
        if original is None or self.problems:
            raise PackageError(self.problems)
        written = WrittenPackage(original, notes=self.notes)
        for code in TRANSLATIONS:
            translation = self.translation(code)
            language = translation and self.language(translation, original, f"{code}/")
            if language:
                written.languages[code] = language
        if self.problems:
            raise PackageError(self.problems)
        written.media = dict(self.media())
        return written

    def translation(self, code: str) -> LessonPackagePage | None:
        shared = LessonPackagePage.objects.live().filter(translation_key=self.page.translation_key)
        others = shared.exclude(pk=self.page.pk).filter(locale__language_code=code)
        return others.select_related("locale", "image").first()

    def language(
        self,
        page: LessonPackagePage,
        original: WrittenLanguage | None = None,
        folder: str = "",
    ) -> WrittenLanguage | None:
        pages = list(LessonPage.objects.child_of(page).live().order_by("path"))
        lessons = [one for one in map(self.lesson_in(folder), pages) if one]
        if original:
            lessons = list(self.up_to_date(lessons, original.lessons, folder))
            if not lessons:
                return None
        used = dict.fromkeys(
            block["quiz"]
            for lesson in lessons
            for step in lesson["steps"]
            for block in step["blocks"]
            if block["type"] == "quiz" and "quiz" in block
        )
        quizzes = list(self.quizzes(used, page, folder))
        if original:
            quizzes = list(self.up_to_date(quizzes, original.quizzes, folder))
        self.file = folder + PACKAGE_FILE
        package = self.checked(
            schema.Package,
            {
                **self.package(page, original),
                "lessons": [one["slug"] for one in lessons],
                "quizzes": [one["slug"] for one in quizzes],
            },
        )
        if package is None:
            return None
        return WrittenLanguage(
            package,
            [one for one in self.all_checked(schema.Lesson, lessons, folder, "lesson")],
            [one for one in self.all_checked(schema.Quiz, quizzes, folder, "quiz")],
        )

    def package(self, page: LessonPackagePage, original: WrittenLanguage | None) -> dict[str, Any]:
        written = {
            "schema_version": schema.SCHEMA_VERSION,
            "id": str(original.package.id if original else page.key),
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

    def lesson_in(self, folder: str) -> Any:
        def write(page: LessonPage) -> dict[str, Any]:
            self.file = f"{folder}{page.slug}.lesson.yaml"
            return self.lesson(page)

        return write

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

    def quizzes(
        self, slugs: Iterable[str], page: LessonPackagePage, folder: str
    ) -> Iterator[dict[str, Any]]:
        own = Quiz.objects.filter(slug__in=list(slugs), locale=page.locale)
        found = {quiz.slug: quiz for quiz in own.select_related("locale")}
        for slug in slugs:
            self.file = f"{folder}{slug}.quiz.yaml"
            quiz = found.get(slug)
            if quiz is not None and quiz.live:
                yield self.quiz(quiz, page)
            elif not folder:
                self.add(_("deze quiz is niet gepubliceerd"))

    def quiz(self, quiz: Quiz, page: LessonPackagePage) -> dict[str, Any]:
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
            "audience": quiz.audience if quiz.audience != page.audience else None,
            "questions": questions,
            "bands": [self.make.band(band) for band in quiz.bands.get_prep_value()],
            "what_you_can_do": self.text(quiz.what_you_can_do, SHORT_FEATURES),
            "helplines": quiz.helplines,
        }
        return filled(written)

    def up_to_date(
        self, parts: Iterable[dict[str, Any]], originals: Iterable[Any], folder: str
    ) -> Iterator[dict[str, Any]]:
        """Those that have all the parts of their original; of the others a note."""
        known = {one.slug: ids_in(one.model_dump(mode="json")) for one in originals}
        for part in parts:
            if ids_in(part) == known.get(part["slug"]):
                yield part
            else:
                told = _(
                    "‘%(title)s’ (%(language)s) loopt achter op het origineel en gaat niet mee"
                )
                self.notes.append(told % {"title": part["title"], "language": folder.strip("/")})

    def all_checked(
        self, model: type[Model], parts: Iterable[dict[str, Any]], folder: str, kind: str
    ) -> Iterator[Model]:
        for part in parts:
            self.file = f"{folder}{part['slug']}.{kind}.yaml"
            found = self.checked(model, part)
            if found is not None:
                yield found

    def checked(self, model: type[Model], written: dict[str, Any]) -> Model | None:
        for told in self.names.problems:
            self.add(told)
        self.names.problems.clear()
        try:
            return model.model_validate(written)
        except ValidationError as error:
            for detail in error.errors():
                place = ".".join(str(part) for part in detail["loc"])
                self.add(f"{place}: {plain_message(detail)}" if place else plain_message(detail))
            return None

    def add(self, message: str) -> None:
        self.problems.append(Problem(self.file, 1, message))

    def values(self, stream: Any) -> list[Any]:
        return values_of(stream.get_prep_value())

    def text(self, html: str | None, features: Iterable[str]) -> str:
        try:
            return to_markdown(html or "", features, self.names.address)
        except UnwritableTextError as error:
            self.add(_("deze tekst is niet te schrijven: %(text)s") % {"text": str(error)})
            return ""

    def media(self) -> Iterator[tuple[str, bytes]]:
        for name, image in sorted(self.names.images.items()):
            yield f"images/{name}", _content(image)
        for name, recording in sorted(self.names.recordings.items()):
            yield f"{FOLDER}/{name}", _content(recording)
            captions = self.names.captions(recording)
            yield f"{FOLDER}/{name.rpartition('.')[0]}.vtt", captions.encode()


def _content(thing: Any) -> bytes:
    with thing.file.storage.open(thing.file.name, "rb") as file:
        return bytes(file.read())


def is_original(page: LessonPackagePage) -> bool:
    """Whether it can be exported: a translation goes along with what it translates."""
    return page.locale.language_code == settings.LANGUAGE_CODE
