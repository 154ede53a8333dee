from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.models import Page, Revision

from lessons.actions import load_package
from lessons.models import CataloguePage, LessonPackagePage, LessonPage, QuizInStep
from lessons.package_files import PackageError
from media.models import CustomImage
from quizzes import publishing
from quizzes.models import Edition, Quiz
from tests.factories.lessons import SMALL_PACKAGE, load_small_package, make_helpline

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_PACKAGE, tmp_path / "small"))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def counts() -> tuple[int, ...]:
    models = (Page, Revision, Edition, Quiz, CustomImage)
    return tuple(model.objects.count() for model in models)


def test_the_package_is_there_and_published() -> None:
    result = load_small_package()
    package = LessonPackagePage.objects.live().get()
    lesson = LessonPage.objects.live().get()
    assert package.get_parent().specific_class is CataloguePage
    assert package.get_url() == "/lessen/klein-pakket/"
    assert lesson.get_url() == "/lessen/klein-pakket/les-een/"
    assert lesson.get_parent().pk == package.pk
    assert result.left_alone == []
    assert [goal.value for goal in package.goals] == ["Je weet waar je hulp krijgt."]
    assert package.sources[0].value["publisher"] == "Een uitgever"


def test_ids_in_the_file_are_the_ids_of_steps_questions_and_choices() -> None:
    load_small_package()
    lesson = LessonPage.objects.get()
    assert lesson.key == UUID("11111111-0000-4000-8000-000000000002")
    assert lesson.steps[0].id == "11111111-0000-4000-8000-000000000011"
    question = Edition.objects.get().content["questions"][0]
    assert question["key"] == "11111111-0000-4000-8000-000000000501"
    assert question["choices"][0]["key"] == "11111111-0000-4000-8000-000000000511"
    assert question["choices"][0]["is_right"] is True


def test_a_picture_keeps_its_text_and_size() -> None:
    load_small_package()
    image = CustomImage.objects.get(package_file="klein-pakket/heuvel.svg")
    assert (image.description, image.is_decorative) == ("Twee mensen op een heuvel.", False)
    assert (image.width, image.height, image.credit) == (800, 500, "Doorzien")
    assert CustomImage.objects.get(package_file="klein-pakket/stip.svg").is_decorative


def test_loading_twice_changes_nothing() -> None:
    load_small_package()
    before = counts()
    lines: list[str] = []
    result = load_small_package(tell=lines.append)
    assert counts() == before
    assert result.changed == []
    assert lines[-1] == "Klein pakket: 0 written, 0 left alone."


def test_a_newer_file_is_published_with_the_same_ids(folder: Path) -> None:
    load_small_package()
    replace(folder / "les-een.lesson.yaml", "Lees **rustig**", "Lees **goed**")
    replace(folder / "kleine-quiz.quiz.yaml", "text: Niemand\n", "text: Geen mens\n")
    result = load_small_package(folder)
    assert result.changed == ["les-een", "kleine-quiz"]
    lesson = LessonPage.objects.get()
    assert "goed" in str(lesson.steps[0].value["blocks"][0].value.source)
    newest = Edition.objects.newest().first()
    assert newest.number == 2
    choice = newest.content["questions"][0]["choices"][1]
    assert choice["text"] == "Geen mens"
    assert choice["key"] == "11111111-0000-4000-8000-000000000512"


def test_what_an_editor_changed_is_left_alone(folder: Path) -> None:
    load_small_package()
    lesson = LessonPage.objects.get()
    lesson.title = "Van de redactie"
    lesson.save_revision().publish()
    replace(folder / "les-een.lesson.yaml", "Lees **rustig**", "Lees **goed**")
    lines: list[str] = []
    result = load_small_package(folder, tell=lines.append)
    assert result.left_alone == ["les-een"]
    assert LessonPage.objects.get().title == "Van de redactie"
    assert any("les-een: an editor changed it" in line for line in lines)


def test_a_draft_of_an_editor_is_left_alone_too(folder: Path) -> None:
    load_small_package()
    quiz = Quiz.objects.get()
    quiz.title = "Concept"
    quiz.save_revision()
    replace(folder / "kleine-quiz.quiz.yaml", "title: Kleine quiz", "title: Nieuwe quiz")
    assert load_small_package(folder).left_alone == ["kleine-quiz"]
    assert Quiz.objects.get().title == "Kleine quiz"


def test_a_page_that_an_editor_took_offline_stays_offline(folder: Path) -> None:
    load_small_package()
    LessonPage.objects.get().unpublish()
    replace(folder / "les-een.lesson.yaml", "Lees **rustig**", "Lees **goed**")
    assert load_small_package(folder).left_alone == ["les-een"]
    assert not LessonPage.objects.get().live


def test_overwrite_replaces_what_an_editor_changed() -> None:
    load_small_package()
    lesson = LessonPage.objects.get()
    lesson.title = "Van de redactie"
    lesson.save_revision().publish()
    result = load_small_package(overwrite=True)
    assert result.changed == ["les-een"]
    assert LessonPage.objects.get().title == "Les een"


def test_a_picture_that_an_editor_changed_is_left_alone(folder: Path) -> None:
    load_small_package()
    CustomImage.objects.filter(package_file="klein-pakket/omslag.svg").update(credit="Redactie")
    replace(folder / "images" / "omslag.svg", "#fde", "#edf")
    assert load_small_package(folder).left_alone == ["images/omslag.svg"]


def test_a_new_picture_gets_a_new_address(folder: Path, django_capture_on_commit_callbacks) -> None:
    load_small_package()
    old = CustomImage.objects.get(package_file="klein-pakket/omslag.svg").file.name
    replace(folder / "images" / "omslag.svg", "#fde", "#edf")
    with django_capture_on_commit_callbacks(execute=True):
        load_small_package(folder)
    new = CustomImage.objects.get(package_file="klein-pakket/omslag.svg").file.name
    assert new != old
    assert default_storage.exists(new)
    assert not default_storage.exists(old)


def test_nothing_is_loaded_from_a_package_with_a_mistake(folder: Path) -> None:
    make_helpline()
    replace(folder / "les-een.lesson.yaml", "quiz: kleine-quiz", "quiz: geen")
    before = counts()
    with pytest.raises(PackageError, match=r"les-een\.lesson\.yaml:\d+: there is no quiz 'geen'"):
        load_package(folder=folder)
    assert counts() == before


def test_nothing_is_left_behind_when_it_fails_half_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_helpline()
    before = counts()

    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(LessonPage, "save_revision", fail)
    with pytest.raises(RuntimeError):
        load_package(folder=folder)
    assert counts() == before
    uploads = tmp_path / "uploads"
    assert [path for path in uploads.rglob("*") if path.is_file()] == []


def test_an_address_that_is_taken_is_a_problem_with_file_and_line(folder: Path) -> None:
    load_small_package()
    for path in folder.glob("*.yaml"):
        replace(path, "11111111-0000", "22222222-0000")
    with pytest.raises(PackageError) as caught:
        load_small_package(folder)
    assert [str(problem) for problem in caught.value.problems] == [
        "kleine-quiz.quiz.yaml:3: another quiz has the slug 'kleine-quiz'",
        "package.yaml:3: another package has the slug 'klein-pakket'",
    ]


def test_lessons_stand_in_the_order_of_the_file(folder: Path) -> None:
    text = (folder / "les-een.lesson.yaml").read_text()
    second = text.replace("11111111-0000", "33333333-0000").replace("les-een", "les-twee")
    (folder / "les-twee.lesson.yaml").write_text(second)
    replace(folder / "package.yaml", "  - les-een", "  - les-een\n  - les-twee")
    load_small_package(folder)
    replace(folder / "package.yaml", "  - les-een\n  - les-twee", "  - les-twee\n  - les-een")
    load_small_package(folder)
    slugs = LessonPage.objects.order_by("path").values_list("slug", flat=True)
    assert list(slugs) == ["les-twee", "les-een"]


def test_which_step_holds_which_quiz_is_known_as_published() -> None:
    load_small_package()
    place = QuizInStep.objects.get()
    assert place.step_id == "11111111-0000-4000-8000-000000000013"
    assert place.quiz.slug == "kleine-quiz"
    LessonPage.objects.get().unpublish()
    assert not QuizInStep.objects.exists()


def test_the_command_tells_what_it_does() -> None:
    make_helpline()
    said = StringIO()
    call_command("load_package", SMALL_PACKAGE, stdout=said)
    assert "  les-een: written\n" in said.getvalue()
    assert "Klein pakket: 6 written, 0 left alone.\n" in said.getvalue()


def test_the_command_fails_with_every_problem(folder: Path) -> None:
    with pytest.raises(CommandError, match="small was not loaded: 2 problems") as caught:
        call_command("load_package", folder, stdout=StringIO())
    assert "there is no helpline 'testlijn'" in str(caught.value)


def test_the_command_wants_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_package", tmp_path / "weg", stdout=StringIO())


def test_revisions_hold_the_same_ids_as_what_is_live() -> None:
    """An editor opens the newest revision: its ids must be those that answers hang on."""
    load_small_package()
    lesson = LessonPage.objects.get()
    draft = json.loads(lesson.latest_revision.content["steps"])
    assert [step["id"] for step in draft] == [step.id for step in lesson.steps]
    quiz = Quiz.objects.get()
    drafted = quiz.get_latest_revision_as_object()
    assert [question.key for question in drafted.questions.all()] == [
        question.key for question in quiz.questions.all()
    ]


def test_a_quiz_that_is_too_large_is_named_with_its_file_and_size(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_helpline()
    monkeypatch.setattr(publishing, "MOST_BYTES", 100)
    monkeypatch.setattr(publishing, "size_of", lambda content: 1_340_000)
    before = counts()
    with pytest.raises(PackageError) as refused:
        load_package(folder=folder)
    (problem,) = refused.value.problems
    assert problem.file.endswith(".quiz.yaml")
    assert problem.line > 1
    assert "the quiz is 1.3 MB and may not be larger than 1 MB" in problem.message
    assert counts() == before
