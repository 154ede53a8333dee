"""A package of every version of the format comes in, also years later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lessons import package_schema as schema
from lessons import package_versions
from lessons.block_writing import BLOCKS
from lessons.import_actions import read_upload
from lessons.package_files import PackageError, read_package
from lessons.package_versions import NEWEST, NewerVersionError, brought_up_to_date
from quizzes.question_types import QUESTION_TYPES
from tests.factories.lessons import PACKAGES, SMALL_PACKAGE, make_helpline

VERSIONS = PACKAGES / "versions"
# What there was when the file of this version was made; never longer than what there is now.
LEAST_BLOCKS, LEAST_QUESTIONS = 22, 16


def test_there_is_a_file_of_every_version() -> None:
    assert [path.stem for path in sorted(VERSIONS.glob("*.zip"))] == [
        str(number) for number in range(1, NEWEST + 1)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(VERSIONS.glob("*.zip")), ids=lambda path: path.stem)
def test_a_file_of_an_older_version_is_read(path: Path) -> None:
    make_helpline()
    make_helpline("kindertelefoon")
    read = read_upload(path.read_bytes()).content
    blocks = {one.type for lesson in read.lessons for step in lesson.steps for one in step.blocks}
    questions = {one.type for quiz in read.quizzes for one in quiz.questions}
    assert len(blocks) >= LEAST_BLOCKS
    assert len(questions) >= LEAST_QUESTIONS
    assert blocks <= set(BLOCKS)
    assert questions <= set(QUESTION_TYPES)


def test_a_file_of_a_newer_version_says_to_update_the_site(tmp_path: Path) -> None:
    for path in SMALL_PACKAGE.glob("*.yaml"):
        text = path.read_text("utf-8").replace("schema_version: 1", f"schema_version: {NEWEST + 1}")
        (tmp_path / path.name).write_text(text, "utf-8")
    with pytest.raises(PackageError, match="update the site first"):
        read_package(tmp_path, helplines={"testlijn"})


def test_an_older_file_goes_through_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(_name: str, content: dict[str, Any]) -> dict[str, Any]:
        return {**content, "title": content["name"], "schema_version": 2}

    monkeypatch.setattr(package_versions, "NEWEST", 2)
    monkeypatch.setitem(package_versions.STEPS, 1, renamed)
    assert brought_up_to_date("package.yaml", {"schema_version": 1, "name": "x"})["title"] == "x"
    with pytest.raises(NewerVersionError):
        brought_up_to_date("package.yaml", {"schema_version": 3})


@pytest.mark.parametrize("content", [None, [], "x", {}, {"schema_version": True}])
def test_what_says_no_version_is_left_to_the_schema(content: Any) -> None:
    assert brought_up_to_date("package.yaml", content) == content


def test_there_is_a_step_from_every_older_version() -> None:
    assert set(package_versions.STEPS) == set(range(1, NEWEST))
    assert schema.SCHEMA_VERSION == NEWEST
