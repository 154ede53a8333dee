"""Reads the folder of a package file and names everything that is wrong with it.

No database: whoever calls says which helplines and signals there are. The shape is in
``package_schema``; here is what needs more than one file to see.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from lessons import package_blocks as block_schema
from lessons import package_schema as schema
from lessons.asked import wrong_questions
from lessons.package_base import Document as DocumentSource
from lessons.package_base import Recording, Supplement
from lessons.package_documents import read_document
from lessons.package_paths import plain_message, walk, without_tags
from lessons.package_questions import SpotMomentsQuestion
from lessons.package_recordings import FOLDER, RecordingFile, read_recording, wrong_windows
from lessons.package_texts import wrong_texts
from lessons.package_versions import NewerVersionError, brought_up_to_date
from lessons.yaml_lines import Document, YamlError, read_yaml
from media.svg import UnsafeSvgError, check_svg

PACKAGE_FILE = "package.yaml"
# Addresses under /lessen/<package>/ that are not a lesson.
RESERVED_SLUGS = frozenset({"handleiding"})
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackageError(Exception):
    """The package cannot be used. ``problems`` names all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class PackageFolder:
    """A package that was read and found good."""

    package: schema.Package
    lessons: list[schema.Lesson]
    quizzes: list[schema.Quiz]
    images: dict[str, bytes]
    recordings: dict[str, RecordingFile]
    downloads: dict[str, bytes]  # what is in ``documents/``
    documents: dict[str, Document] = field(repr=False)  # the YAML files

    def problem(self, file: str, location: Sequence[str | int], message: str) -> Problem:
        return Problem(file, self.documents[file].line(location), message)


def read_package(
    folder: Path, *, helplines: Collection[str], signals: Collection[str] = ()
) -> PackageFolder:
    """The package in this folder. Raises ``PackageError`` with every problem in it."""
    return PackageReader(folder, frozenset(helplines), frozenset(signals)).read()


class PackageReader:
    """Reads one folder. A translation has its files around it: ``original``'s, in ``media``."""

    def __init__(
        self,
        folder: Path,
        helplines: frozenset[str],
        signals: frozenset[str] = frozenset(),
        *,
        media: Path | None = None,
        original: schema.Package | None = None,
    ) -> None:
        self.folder = folder
        self.media = media or folder
        self.original = original
        self.helplines = helplines
        self.signals = signals
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []
        self.images: dict[str, bytes] = {}
        self.recordings: dict[str, RecordingFile] = {}
        self.downloads: dict[str, bytes] = {}
        self.lessons: frozenset[str] = frozenset()  # of this package
        self.ids: dict[UUID, str] = {}

    def read(self) -> PackageFolder:
        package = self.load(PACKAGE_FILE, schema.Package)
        if package is None:
            raise PackageError(self.problems)
        lessons = self.load_listed(package, "lessons", "lesson", schema.Lesson)
        quizzes = self.load_listed(package, "quizzes", "quiz", schema.Quiz)
        whole = self.original or package
        self.lessons = frozenset(whole.lessons)
        self.check_package(package)
        sources = {source.id for source in package.sources}
        for lesson in lessons:
            self.check(f"{lesson.slug}.lesson.yaml", lesson, sources, set(whole.quizzes))
            if self.original is None:  # of a translation the ids must be those of the original
                for place, message in wrong_questions(lesson, quizzes):
                    self.add(f"{lesson.slug}.lesson.yaml", place, message)
        for quiz in quizzes:
            self.check(f"{quiz.slug}.quiz.yaml", quiz, sources, set())
        if self.problems:
            raise PackageError(self.problems)
        return PackageFolder(
            package,
            lessons,
            quizzes,
            self.images,
            self.recordings,
            self.downloads,
            self.documents,
        )

    def add(self, file: str, location: Sequence[str | int], message: str) -> None:
        document = self.documents.get(file)
        self.problems.append(Problem(file, document.line(location) if document else 1, message))

    def load(self, name: str, model: type[Model]) -> Model | None:
        """The file as this model, or ``None`` after noting what is wrong."""
        try:
            self.documents[name] = read_yaml((self.folder / name).read_text(encoding="utf-8"))
        except OSError:
            self.add(name, (), "this file is missing")
            return None
        except UnicodeDecodeError:
            self.add(name, (), "this file is not UTF-8")
            return None
        except YamlError as error:
            self.problems.append(Problem(name, error.line, str(error)))
            return None
        try:
            return model.model_validate(brought_up_to_date(name, self.documents[name].content))
        except NewerVersionError as error:
            self.add(name, ("schema_version",), str(error))
            return None
        except ValidationError as error:
            for detail in error.errors():
                location = without_tags(self.documents[name].content, detail["loc"])
                path = ".".join(str(part) for part in location) or "the file"
                self.add(name, location, f"{path}: {plain_message(detail)}")
            return None

    def load_listed(
        self, package: schema.Package, key: str, kind: str, model: type[Model]
    ) -> list[Model]:
        found: list[Model] = []
        listed = list(getattr(package, key))
        for index, slug in enumerate(listed):
            name = f"{slug}.{kind}.yaml"
            if slug in listed[:index]:
                self.add(PACKAGE_FILE, (key, index), f"'{slug}' is there twice")
                continue
            if not (self.folder / name).is_file():
                self.add(PACKAGE_FILE, (key, index), f"there is no file {name}")
                continue
            part = self.load(name, model)
            if part is None:
                continue
            if part.slug != slug:  # type: ignore[attr-defined]
                self.add(name, ("slug",), f"the slug must be '{slug}', as the file's name")
                continue
            found.append(part)
        for path in sorted(self.folder.glob(f"*.{kind}.yaml")):
            if path.name.removesuffix(f".{kind}.yaml") not in listed:
                self.add(path.name, (), f"{PACKAGE_FILE} does not list this file under '{key}'")
        return found

    def check_package(self, package: schema.Package) -> None:
        if package.age_to < package.age_from:
            self.add(PACKAGE_FILE, ("age_to",), "age_to is lower than age_from")
        seen: set[str] = set()
        for index, source in enumerate(package.sources):
            if source.id in seen:
                self.add(
                    PACKAGE_FILE, ("sources", index, "id"), f"source '{source.id}' comes twice"
                )
            seen.add(source.id)
        for index, slug in enumerate(package.lessons):
            if slug in RESERVED_SLUGS:
                self.add(PACKAGE_FILE, ("lessons", index), f"'{slug}' cannot be a lesson's slug")
        self.check(PACKAGE_FILE, package, seen, set())

    def check(self, file: str, root: BaseModel, sources: set[str], quizzes: set[str]) -> None:
        """What one file says about other files, the database's helplines and its own texts."""
        for location, model in walk(root):
            self.check_id(file, location, model)
            for name, message in wrong_texts(model):
                self.add(file, (*location, name), f"{name}: {message}")
            if isinstance(model, schema.Image):
                self.check_image(file, location, model)
            if isinstance(model, SpotMomentsQuestion):
                self.check_windows(file, location, model)
            if isinstance(model, block_schema.RecordingBlock):
                self.check_recording(file, (*location, "recording"), model.recording)
            if isinstance(model, DocumentSource):
                self.check_document(file, location, model)
            if isinstance(model, Supplement):
                self.check_supplement(file, location, model)
            for key, known, what in (
                ("sources", sources, "source"),
                ("helplines", self.helplines, "helpline"),
            ):
                names = getattr(model, key, ())
                for index, name in enumerate(names):
                    if isinstance(name, str) and name not in known:
                        self.add(file, (*location, key, index), f"there is no {what} '{name}'")
            if isinstance(model, block_schema.QuoteBlock) and model.source not in sources:
                self.add(file, (*location, "source"), f"there is no source '{model.source}'")
            if isinstance(model, block_schema.QuizBlock) and model.quiz not in quizzes:
                message = f"there is no quiz '{model.quiz}' in this package"
                self.add(file, (*location, "quiz"), message)

    def check_id(self, file: str, location: tuple[str | int, ...], model: BaseModel) -> None:
        key = getattr(model, "id", None)
        if not isinstance(key, UUID):
            return
        here = f"{file}:{self.documents[file].line((*location, 'id'))}"
        if self.ids.setdefault(key, here) != here:
            self.add(file, (*location, "id"), f"this id is also at {self.ids[key]}")

    def check_image(self, file: str, location: tuple[str | int, ...], image: schema.Image) -> None:
        where = (*location, "file")
        if image.file in self.images:
            return
        try:
            content = (self.media / "images" / image.file).read_bytes()
        except OSError:
            self.add(file, where, f"there is no file images/{image.file}")
            return
        if image.file.endswith(".svg"):
            try:
                check_svg(content)
            except UnsafeSvgError as error:
                self.add(file, where, f"images/{image.file}: {error}")
        self.images[image.file] = content

    def check_document(
        self, file: str, location: tuple[str | int, ...], document: DocumentSource
    ) -> None:
        if document.file in self.downloads:
            return
        content, wrong = read_document(self.media, document)
        if wrong:
            self.add(file, (*location, "file"), wrong)
        self.downloads[document.file] = content

    def check_supplement(
        self, file: str, location: tuple[str | int, ...], supplement: Supplement
    ) -> None:
        if supplement.recording is not None:
            self.check_recording(file, (*location, "recording"), supplement.recording)
        if supplement.lesson is not None and supplement.lesson not in self.lessons:
            message = f"there is no lesson '{supplement.lesson}' in this package"
            self.add(file, (*location, "lesson"), message)
        if supplement.signal is not None and supplement.signal not in self.signals:
            self.add(file, (*location, "signal"), f"there is no signal '{supplement.signal}'")

    def check_windows(
        self, file: str, location: tuple[str | int, ...], question: SpotMomentsQuestion
    ) -> None:
        read = self.check_recording(file, (*location, "recording"), question.recording)
        for found in wrong_windows(question, read) if read is not None else ():
            self.add(file, (*location, *found.place), found.message)

    def check_recording(
        self, file: str, location: tuple[str | int, ...], recording: Recording
    ) -> RecordingFile | None:
        """The recording at this place, or ``None`` after noting what is wrong with it."""
        read, wrong = read_recording(self.media, recording)
        for found in wrong:
            if found.line:
                name = f"{FOLDER}/{recording.captions}"
                self.problems.append(Problem(name, found.line, found.message))
            else:
                self.add(file, (*location, *found.place), found.message)
        if read is not None and self.recordings.setdefault(recording.file, read) != read:
            message = (
                f"{FOLDER}/{recording.file} has other captions or another transcript elsewhere"
            )
            self.add(file, location, message)
        return read
