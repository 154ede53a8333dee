"""What a package says in other languages: a folder per language, with the same ids.

``en/`` and ``ar/`` hold YAML only; pictures and recordings are those of the package. A language
may have less than the whole: some of the lessons, with their quizzes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from lessons.easy_reading import EASY
from lessons.package_files import (
    PACKAGE_FILE,
    PackageError,
    PackageFolder,
    PackageReader,
    Problem,
)
from lessons.package_paths import walk
from lessons.package_schema import Lesson

TRANSLATIONS = ("en", "ar")


def read_translations(
    folder: Path,
    original: PackageFolder,
    *,
    helplines: Collection[str],
    signals: Collection[str] = (),
) -> list[PackageFolder]:
    """The package in each language that it has. Raises ``PackageError`` with every problem."""
    found: list[PackageFolder] = []
    problems: list[Problem] = []
    for language in TRANSLATIONS:
        if not (folder / language / PACKAGE_FILE).is_file():
            continue
        reader = PackageReader(
            folder / language,
            frozenset(helplines),
            frozenset(signals),
            media=folder,
            original=original.package,
        )
        try:
            translation = reader.read()
        except PackageError as error:
            problems += [_in_folder(language, problem) for problem in error.problems]
            continue
        wrong = list(_other_than(original, translation, language))
        problems += [_in_folder(language, problem) for problem in wrong]
        found.append(translation)
    if problems:
        raise PackageError(problems)
    return found


def _in_folder(language: str, problem: Problem) -> Problem:
    return Problem(f"{language}/{problem.file}", problem.line, problem.message)


def _other_than(
    original: PackageFolder, translation: PackageFolder, language: str
) -> Iterator[Problem]:
    """What is not a translation: another language, or other ids than in the original."""
    if translation.package.language != language:
        yield translation.problem(PACKAGE_FILE, ("language",), f"language: must be '{language}'")
    pairs = [(PACKAGE_FILE, translation.package, original.package)]
    for kind in ("lesson", "quiz"):
        mine, theirs = (
            {f"{one.slug}.{kind}.yaml": one for one in getattr(side, _LISTS[kind])}
            for side in (translation, original)
        )
        for file, one in mine.items():
            if file in theirs:
                pairs.append((file, one, theirs[file]))
            else:
                yield translation.problem(file, ("slug",), "there is no original of this file")
    for file, one, source in pairs:
        if _keys(one) != _keys(source):
            message = "the ids are not those of the original, in the same order"
            yield translation.problem(file, ("id",), message)
        elif isinstance(one, Lesson):
            yield from _heavy_elsewhere(translation, file, one, source)


def _heavy_elsewhere(
    translation: PackageFolder, file: str, lesson: Lesson, original: Lesson
) -> Iterator[Problem]:
    """A step that is heavy in one language is heavy in the other: progress counts both alike."""
    for place, (mine, theirs) in enumerate(zip(lesson.steps, original.steps, strict=True)):
        if bool(mine.heavy_notice) != bool(theirs.heavy_notice):
            message = "heavy_notice: must be there where the original has one, and nowhere else"
            yield translation.problem(file, ("steps", place), message)


_NAMES = ("id", "question")
_LISTS = {"lesson": "lessons", "quiz": "quizzes"}


def _keys(root: BaseModel) -> list[UUID]:
    """Its own ids, and those of the questions that it asks."""
    keys = (
        getattr(model, name, None)
        for _place, model in walk(root)
        if getattr(model, "type", None) != EASY  # a language may do without
        for name in _NAMES
    )
    return [key for key in keys if isinstance(key, UUID)]


def ids_in(written: Any) -> list[str]:
    """The ids in a part of a package as it stands in a file, in their order; not of sources."""
    if isinstance(written, list):
        return [found for one in written for found in ids_in(one)]
    if not isinstance(written, dict) or written.get("type") == EASY:
        return []
    own = [written[name] for name in _NAMES if _is_key(written.get(name))]
    return own + [found for name, one in written.items() if name != "id" for found in ids_in(one)]


def _is_key(value: Any) -> bool:
    try:
        return bool(value) and str(UUID(str(value))) == value
    except ValueError:
        return False
