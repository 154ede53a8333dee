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
from lessons.models import LessonPackagePage, LessonPage
from lessons.package_documents import FOLDER as DOCUMENTS
from lessons.package_files import PACKAGE_FILE, PackageError, Problem, read_package
from lessons.package_names import Names
from lessons.package_paths import plain_message
from lessons.package_recordings import FOLDER
from lessons.package_translations import TRANSLATIONS, ids_in, read_translations
from lessons.part_writing import PartWriting
from lessons.yaml_writing import write_yaml
from quizzes.in_step import originals_of
from quizzes.models import Quiz
from signals.models import Signal

Model = TypeVar("Model", bound=BaseModel)


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
        self.names = Names(page.slug, page)
        self.parts = PartWriting(self.names)
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.file = PACKAGE_FILE

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
        asked = [
            block["question"]
            for lesson in lessons
            for step in lesson["steps"]
            for block in step["blocks"]
            if block["type"] == "question"
        ]
        of = originals_of(asked) if asked else {}
        used.update((of[key].slug, None) for key in asked if key in of)
        quizzes = list(self.quizzes(used, page, folder))
        if original:
            quizzes = list(self.up_to_date(quizzes, original.quizzes, folder))
        self.file = folder + PACKAGE_FILE
        package = self.checked(
            schema.Package,
            {
                **self.parts.package(page, original.package.id if original else page.key),
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

    def lesson_in(self, folder: str) -> Any:
        def write(page: LessonPage) -> dict[str, Any]:
            self.file = f"{folder}{page.slug}.lesson.yaml"
            return self.parts.lesson(page)

        return write

    def quizzes(
        self, slugs: Iterable[str], page: LessonPackagePage, folder: str
    ) -> Iterator[dict[str, Any]]:
        own = Quiz.objects.filter(slug__in=list(slugs), locale=page.locale)
        found = {quiz.slug: quiz for quiz in own.select_related("locale")}
        for slug in slugs:
            self.file = f"{folder}{slug}.quiz.yaml"
            quiz = found.get(slug)
            if quiz is not None and quiz.live:
                yield self.parts.quiz(quiz, page.audience)
            elif not folder:
                self.add(_("deze quiz is niet gepubliceerd"))

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

    def media(self) -> Iterator[tuple[str, bytes]]:
        for name, image in sorted(self.names.images.items()):
            yield f"images/{name}", _content(image)
        for name, recording in sorted(self.names.recordings.items()):
            yield f"{FOLDER}/{name}", _content(recording)
            captions = self.names.captions(recording)
            yield f"{FOLDER}/{name.rpartition('.')[0]}.vtt", captions.encode()

        for name, document in sorted(self.names.documents.items()):
            yield f"{DOCUMENTS}/{name}", _content(document)


def _content(thing: Any) -> bytes:
    with thing.file.storage.open(thing.file.name, "rb") as file:
        return bytes(file.read())


def is_original(page: LessonPackagePage) -> bool:
    """Whether it can be exported: a translation goes along with what it translates."""
    return page.locale.language_code == settings.LANGUAGE_CODE
