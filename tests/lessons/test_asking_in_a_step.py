"""Which questions may stand in a step: for an editor, and in a package file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from lessons.blocks import StepContentBlock
from lessons.package_files import PackageError, read_package
from quizzes.in_step import choices_for_step
from quizzes.kinds import KINDS, may_stand_in_step
from quizzes.models import Quiz
from tests.factories.lessons import EVERY_BLOCK
from tests.factories.quizzes import make_quiz, one_answer, two_sides

BLOCK = StepContentBlock().child_blocks["question"]
PLACED = "question: 44444444-0000-4000-8000-000000000501"


@pytest.mark.parametrize(
    ("kind", "draw_count", "may"),
    [
        ("practice", 0, True),
        ("practice", 3, True),  # all of them
        ("practice", 2, False),
        ("check", 0, False),
        ("measurement", 0, False),
        ("self_scan", 0, False),
        ("poll", 0, False),
    ],
)
def test_only_what_explains_at_once_and_is_in_every_attempt(
    kind: str, draw_count: int, may: bool
) -> None:
    assert may_stand_in_step(KINDS[kind], draw_count, 3) is may


@pytest.fixture
def quizzes(db: Any) -> list[Quiz]:
    made = [
        make_quiz("proef-een", questions=[("q1", one_answer("q1")), ("q2", two_sides("q2"))]),
        make_quiz("proef-twee", questions=[("q3", one_answer("q3"))], kind="check"),
        make_quiz("proef-drie", questions=[("q4", one_answer("q4"))]),
    ]
    made[2].unpublish()
    return made


def test_an_editor_chooses_from_what_may_stand_there(quizzes: list[Quiz]) -> None:
    first = quizzes[0].questions.first()
    assert list(choices_for_step()) == [(quizzes[0].title, [(str(first.key), "1. Vraag q1?")])]


def test_the_list_takes_as_many_queries_whatever_its_length(
    quizzes: list[Quiz], django_assert_num_queries: Any
) -> None:
    for number in range(3):
        make_quiz(f"meer-{number}", questions=[(f"m{number}", one_answer(f"m{number}"))])
    with django_assert_num_queries(2):
        assert len(list(choices_for_step())) == 4


def test_a_question_that_may_not_stand_there_says_so_at_the_field(quizzes: list[Quiz]) -> None:
    good, *_rest = (str(one.key) for one in quizzes[0].questions.all())
    assert BLOCK.clean(BLOCK.to_python({"question": good}))["question"] == good
    for quiz, place in ((quizzes[0], 1), (quizzes[1], 0), (quizzes[2], 0)):
        key = str(quiz.questions.all()[place].key)
        with pytest.raises(StructBlockValidationError) as caught:
            BLOCK.clean(BLOCK.to_python({"question": key}))
        assert "Kies een vraag uit een quiz" in str(caught.value.block_errors["question"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EVERY_BLOCK, tmp_path / "every-block"))


def problems(folder: Path, file: str, old: str, new: str) -> str:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PackageError) as caught:
        read_package(folder, helplines={"kindertelefoon"})
    return "\n".join(str(problem) for problem in caught.value.problems)


def test_a_package_asks_only_what_is_in_it(folder: Path) -> None:
    told = problems(folder, "elk-blok.lesson.yaml", PLACED, PLACED[:-1] + "9")
    line = (EVERY_BLOCK / "elk-blok.lesson.yaml").read_text().splitlines().index(" " * 8 + PLACED)
    assert f"elk-blok.lesson.yaml:{line + 1}: there is no question '4444" in told


def test_a_package_asks_nothing_in_a_step_that_is_explained_later(folder: Path) -> None:
    told = problems(folder, "een-vraag.quiz.yaml", "minutes: 1", "minutes: 1\nkind: check")
    assert "the quiz 'een-vraag' explains later, or draws its questions" in told
