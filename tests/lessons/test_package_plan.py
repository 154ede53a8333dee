"""What an import says beforehand is what it does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from helplines.models import Helpline
from lessons.actions import load_package
from lessons.models import LessonPage
from lessons.package_differences import Difference, differences
from lessons.package_files import read_package
from lessons.package_plan import CHANGED, KEPT, NEW, UNCHANGED, Part, plan
from lessons.package_translations import read_translations
from media.models import CustomDocument, CustomImage
from quizzes.models import Quiz
from tests.factories.lessons import (
    EVERY_BLOCK,
    SMALL_PACKAGE,
    load_every_block,
    load_small_package,
    make_helpline,
)

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).parents[2] / "lessons" / "starter"


def planned(folder: Path) -> list[Part]:
    helplines = set(Helpline.objects.values_list("slug", flat=True))
    content = read_package(folder, helplines=helplines)
    return plan(content, read_translations(folder, content, helplines=helplines))


def states(folder: Path) -> dict[str, str]:
    return {part.name: part.state for part in planned(folder)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_PACKAGE, tmp_path / "small"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("name", sorted(path.name for path in STARTER.iterdir()))
def test_of_a_starter_package_everything_is_new_and_then_nothing(name: str) -> None:
    call_command("load_helplines", verbosity=0)
    assert set(states(STARTER / name).values()) == {NEW}
    load_package(folder=STARTER / name)
    assert [part for part in planned(STARTER / name) if part.state != UNCHANGED] == []


def test_of_every_block_nothing_differs_after_loading() -> None:
    load_every_block()
    assert [part for part in planned(EVERY_BLOCK) if part.state != UNCHANGED] == []


def test_what_is_planned_is_what_is_done(folder: Path) -> None:
    load_small_package()
    replace(folder / "les-een.lesson.yaml", "Lees **rustig**", "Lees **goed**")
    replace(folder / "images" / "omslag.svg", "#fde", "#edf")
    replace(folder / "kleine-quiz.quiz.yaml", "title: Kleine quiz", "title: Nieuwe quiz")
    replace(folder / "package.yaml", "version: 1.0.0", "version: 1.0.1")
    replace(folder / "images" / "stip.svg", "<svg", "<svg ")
    Quiz.objects.get().save_revision()
    CustomImage.objects.filter(package_file="klein-pakket/omslag.svg").update(credit="Redactie")
    parts = planned(folder)
    result = load_small_package(folder)
    assert {one.name for one in parts if one.is_written} == set(result.changed)
    assert {one.name for one in parts if one.state == KEPT} == set(result.left_alone)
    assert {one.state for one in parts} == {CHANGED, KEPT, UNCHANGED}


def test_a_page_that_was_taken_offline_is_kept(folder: Path) -> None:
    load_small_package()
    LessonPage.objects.get().unpublish()
    replace(folder / "les-een.lesson.yaml", "Lees **rustig**", "Lees **goed**")
    assert states(folder)["les-een"] == KEPT


def test_a_lesson_that_another_site_added_is_left_out_of_the_comparison(folder: Path) -> None:
    result = load_small_package()
    extra = LessonPage.objects.get()
    extra.copy(update_attrs={"slug": "hier-erbij", "title": "Hier erbij"})
    assert result.page.get_children().count() == 2
    assert set(states(folder).values()) == {UNCHANGED}


def test_another_order_shows_as_a_difference(folder: Path) -> None:
    assert list(differences([{"id": "a"}, {"id": "b"}], [{"id": "b"}, {"id": "a"}])) == [
        Difference(("order",), "1, 2", "2, 1")
    ]


def test_what_is_new_and_what_goes_is_shown_in_its_own_words() -> None:
    before = {"questions": [{"id": "a", "prompt": "Oud?", "choices": [{"id": "c", "text": "x"}]}]}
    after = {
        "questions": [
            {"id": "b", "prompt": "Nieuw?"},
            {"id": "a", "prompt": "Oud!", "choices": []},
        ]
    }
    found = [(one.place, one.before, one.after) for one in differences(before, after)]
    assert found == [
        (("questions", 1), "", "Nieuw?"),
        (("questions", 2, "prompt"), "Oud?", "Oud!"),
        (("questions", 2, "choices", 1), "x", ""),
    ]


def test_a_document_is_new_then_changed_and_stays_when_an_editor_changed_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EVERY_BLOCK, tmp_path / "every-block"))
    name = "documents/mijn-plan.pdf"
    make_helpline("kindertelefoon")
    assert states(folder)[name] == NEW
    load_every_block()
    assert states(folder)[name] == UNCHANGED
    with (folder / name).open("ab") as file:
        file.write(b"% anders\n")
    assert states(folder)[name] == CHANGED
    before = CustomDocument.objects.get()
    assert load_package(folder=folder).changed == [name]
    after = CustomDocument.objects.get()
    assert after.pk == before.pk
    assert after.file.name != before.file.name, "browsers keep no old one under this address"
    after.title = "Ons plan"
    after.save()
    with (folder / name).open("ab") as file:
        file.write(b"% weer anders\n")
    assert states(folder)[name] == KEPT
    assert load_package(folder=folder).left_alone == [name]
    assert CustomDocument.objects.get().title == "Ons plan"
