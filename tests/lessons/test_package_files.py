"""Reading a package's folder: every problem is named, with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.package_files import PackageError, read_package
from tests.factories.lessons import SMALL_PACKAGE

STARTER = Path(__file__).parents[2] / "lessons" / "starter" / "herken-je-dit"
HELPLINES = {"testlijn"}
Change = Callable[[str, str, str], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_PACKAGE, tmp_path / "small"))


@pytest.fixture
def change(folder: Path) -> Change:
    """Replaces a text in one file; returns the line on which it stands."""

    def replace(file: str, old: str, new: str) -> int:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


def problems(folder: Path) -> list[str]:
    with pytest.raises(PackageError) as caught:
        read_package(folder, helplines=HELPLINES)
    return [str(problem) for problem in caught.value.problems]


def test_a_good_folder_is_read(folder: Path) -> None:
    content = read_package(folder, helplines=HELPLINES)
    assert content.package.slug == "klein-pakket"
    assert [lesson.slug for lesson in content.lessons] == ["les-een"]
    assert sorted(content.images) == ["heuvel.svg", "omslag.svg", "stip.svg"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("package.yaml", "language_level: B1", "language_level: C1", "language_level: Input"),
        ("package.yaml", "age_to: 15", "age_to: 11", "age_to is lower than age_from"),
        ("package.yaml", "made_by: Redactie", "made_bij: Redactie", "made_bij: this key is"),
        ("package.yaml", "  - les-een", "  - les-twee", "there is no file les-twee.lesson.yaml"),
        ("package.yaml", "  - les-een", "  - les-een\n  - les-een", None),
        ("package.yaml", "file: omslag.svg", "file: weg.svg", "there is no file images/weg.svg"),
        ("package.yaml", "age_from: 12", "age_from: [", None),
        ("les-een.lesson.yaml", "slug: les-een", "slug: les-1", "the slug must be 'les-een'"),
        ("les-een.lesson.yaml", "    minutes: 3", "    minutes: drie", "steps.1.minutes: Input"),
        ("les-een.lesson.yaml", "quiz: kleine-quiz", "quiz: geen", "there is no quiz 'geen'"),
        ("les-een.lesson.yaml", "source: bron-een", "source: geen", "there is no source 'geen'"),
        ("les-een.lesson.yaml", "helplines: [testlijn]", "helplines: [x]", "no helpline 'x'"),
        ("les-een.lesson.yaml", "prompt: Wie kun", 'prompt: "# Wie kun', None),
        ("les-een.lesson.yaml", "note: GEHEIM", "note: <script>x</script> GEHEIM", "<script>"),
        ("les-een.lesson.yaml", "do: Vraag", "do: '[x](javascript:y)' #", "a link must start"),
        ("les-een.lesson.yaml", "caption: Samen kijken", "caption: " + "a" * 201, "longer than"),
        ("kleine-quiz.quiz.yaml", "is_right: true", "is_right: false", "exactly one choice"),
        ("kleine-quiz.quiz.yaml", "text: Niemand\n", "txt: Niemand\n", "txt: this key is unknown"),
        ("kleine-quiz.quiz.yaml", "minutes: 3", "minutes: 3\nminutes: 4", None),
    ],
)
def test_a_mistake_is_named_with_its_file(
    folder: Path, change: Change, file: str, old: str, new: str, message: str | None
) -> None:
    change(file, old, new)
    found = problems(folder)
    assert any(line.startswith(f"{file}:") and (message or "") in line for line in found), found


def test_a_mistake_is_named_with_its_line(folder: Path, change: Change) -> None:
    line = change("les-een.lesson.yaml", "quiz: kleine-quiz", "quiz: geen")
    assert problems(folder) == [
        f"les-een.lesson.yaml:{line}: there is no quiz 'geen' in this package"
    ]


def test_a_wrong_field_inside_a_block_is_found_on_its_own_line(
    folder: Path, change: Change
) -> None:
    # "text" is a key here and also the name of the kind of block.
    line = change("les-een.lesson.yaml", "id: 11111111-0000-4000-8000-000000000101", "id: nee")
    (problem,) = problems(folder)
    assert problem.startswith(f"les-een.lesson.yaml:{line}: steps.0.blocks.0.id: ")


def test_all_mistakes_are_named_at_once(folder: Path, change: Change) -> None:
    change("package.yaml", "age_to: 15", "age_to: 11")
    change("les-een.lesson.yaml", "helplines: [testlijn]", "helplines: [weg]")
    change("kleine-quiz.quiz.yaml", "sources: [bron-een]", "sources: [weg]")
    found = problems(folder)
    assert [line.split(":")[0] for line in found] == [
        "kleine-quiz.quiz.yaml",
        "les-een.lesson.yaml",
        "package.yaml",
    ]


def test_an_id_that_comes_twice_is_refused(folder: Path, change: Change) -> None:
    same = "id: 11111111-0000-4000-8000-000000000501"
    change("kleine-quiz.quiz.yaml", "id: 11111111-0000-4000-8000-000000000511", same)
    assert "this id is also at kleine-quiz.quiz.yaml" in problems(folder)[0]


def test_a_file_that_is_not_listed_is_named(folder: Path) -> None:
    shutil.copy(folder / "les-een.lesson.yaml", folder / "oud.lesson.yaml")
    assert problems(folder) == [
        "oud.lesson.yaml:1: package.yaml does not list this file under 'lessons'"
    ]


def test_a_folder_without_a_package_says_so(tmp_path: Path) -> None:
    assert problems(tmp_path) == ["package.yaml:1: this file is missing"]


def test_a_file_that_is_not_text_says_so(folder: Path) -> None:
    (folder / "les-een.lesson.yaml").write_bytes(b"\xff\xfe\x00")
    assert problems(folder) == ["les-een.lesson.yaml:1: this file is not UTF-8"]


def test_an_empty_file_says_so(folder: Path) -> None:
    (folder / "package.yaml").write_text("")
    assert problems(folder) == ["package.yaml:1: the file is empty"]


def test_a_picture_with_a_script_is_refused(folder: Path) -> None:
    (folder / "images" / "heuvel.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'
    )
    assert "images/heuvel.svg: line 1: <script> is not allowed" in problems(folder)[0]


def test_the_starter_package_is_good() -> None:
    helplines = {
        "112", "kindertelefoon", "helpwanted", "keerpunt", "veilig-thuis", "comensha",
        "fairwork", "meld-misdaad-anoniem", "vertrouwensinspecteur", "slachtofferhulp", "politie",
    }  # fmt: skip
    try:
        read_package(STARTER, helplines=helplines)
    except PackageError as error:
        others = [one for one in error.problems if "no helpline" not in one.message]
        assert others == []
