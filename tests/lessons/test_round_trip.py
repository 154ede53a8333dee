"""What leaves the site as a package and comes in elsewhere is the same, and leaves the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from django.core.management import call_command
from wagtail.models import Page

from lessons import package_schema as schema
from lessons.actions import load_package
from lessons.block_writing import BLOCKS
from lessons.blocks import StepContentBlock
from lessons.models import CataloguePage, LessonPackagePage, LessonPage, LoadedContent
from lessons.package_files import PackageError
from lessons.package_questions import QUESTIONS
from lessons.package_writing import write_package
from lessons.package_zip import pack
from lessons.question_writing import WRITERS
from media.models import CustomDocument, CustomImage, Recording
from quizzes.models import Edition, Question, Quiz
from quizzes.question_types import QUESTION_TYPES
from tests.factories.lessons import load_every_block, load_small_package, make_helpline
from tests.factories.quizzes import EVERY_TYPE, key, make_picture, set_body, with_supplement

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).parents[2] / "lessons" / "starter"
STARTERS = sorted(path.name for path in STARTER.iterdir())


def unpack(files: dict[str, bytes], folder: Path) -> Path:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def forget_everything() -> None:
    """As if this were a site where the package never was."""
    Edition.objects.all().delete()
    Question.objects.all().delete()
    Quiz.objects.all().delete()
    for page in Page.objects.type(CataloguePage):
        page.refresh_from_db()
        page.delete()
    LoadedContent.objects.all().delete()
    CustomImage.objects.all().delete()
    Recording.objects.all().delete()
    CustomDocument.objects.all().delete()


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_package_comes_back_as_it_left(name: str, tmp_path: Path) -> None:
    call_command("load_helplines", verbosity=0)
    loaded = load_package(folder=STARTER / name)
    first = write_package(loaded.page)
    languages = {one.name for one in (STARTER / name).iterdir() if len(one.name) == 2}
    assert set(first.languages) == languages
    assert first.notes == []
    forget_everything()
    again = load_package(folder=unpack(first.files(), tmp_path / "package"))
    assert pack(write_package(again.page).files()) == pack(first.files())


def round_trip(page: LessonPackagePage, folder: Path) -> tuple[dict[str, bytes], LessonPackagePage]:
    """What was written, and the package as it was brought in where nothing was."""
    files = write_package(page).files()
    forget_everything()
    return files, load_package(folder=unpack(files, folder)).page


def test_every_block_comes_back_as_it_left(tmp_path: Path) -> None:
    page = load_every_block().page
    before = [step["value"] for step in LessonPage.objects.get().steps.get_prep_value()]
    kinds = {block["type"] for step in before for block in step["blocks"]}
    assert kinds == set(StepContentBlock.base_blocks) == set(BLOCKS)
    files, again = round_trip(page, tmp_path / "package")
    assert pack(write_package(again).files()) == pack(files)
    after = [step["value"] for step in LessonPage.objects.get().steps.get_prep_value()]
    assert without_numbers(after) == without_numbers(before)


def without_numbers(value: Any) -> Any:
    """Pictures, quizzes and helplines have other numbers where they are brought in."""
    if isinstance(value, list):
        return [without_numbers(one) for one in value]
    if isinstance(value, dict):
        return {
            name: "some" if name in ("image", "quiz", "recording", "document", "helplines") and one
            else without_numbers(one)
            for name, one in value.items()
        }  # fmt: skip
    return value


def quiz_of_everything(lesson: int | None = None) -> Quiz:
    """The quiz of the small package with a question of each type, each with a supplement."""
    quiz = Quiz.objects.get(slug="kleine-quiz")
    quiz.questions = [
        Question(key=key(f"alles-{name}"), sort_order=number, section="Deel" if number == 3 else "")
        for number, (name, _make) in enumerate(EVERY_TYPE)
    ]
    for question, (name, make) in zip(quiz.questions.all(), EVERY_TYPE, strict=True):
        set_body(question, with_supplement(make(name), name, lesson=lesson))
    quiz.shuffle_choices = True
    quiz.audience = "teachers"
    quiz.save_revision().publish()
    return quiz


def raw_questions() -> list[Any]:
    return [
        (one.key, one.section, without_numbers(one.body.get_prep_value()[0]["value"]))
        for one in Question.objects.order_by("sort_order")
    ]


def test_every_kind_of_question_comes_back_as_it_left(tmp_path: Path) -> None:
    loaded = load_small_package()
    make_helpline("kindertelefoon")
    quiz_of_everything(loaded.lessons[0].pk)
    first = write_package(loaded.page)
    assert {one.type for one in first.original.quizzes[0].questions} == set(QUESTION_TYPES)
    before = raw_questions()
    forget_everything()
    again = load_package(folder=unpack(first.files(), tmp_path / "package"))
    assert pack(write_package(again.page).files()) == pack(first.files())
    quiz = Quiz.objects.get()
    assert (quiz.audience, quiz.shuffle_choices) == ("teachers", True)
    for (key_a, section_a, one), (key_b, section_b, other) in zip(
        before, raw_questions(), strict=True
    ):
        assert (key_a, section_a) == (key_b, section_b)
        assert one["supplement"].pop("lesson")
        assert other["supplement"].pop("lesson")
        if "targets" in one:
            one["targets"] = sorted(one["targets"], key=lambda target: target["value"]["start"])
        assert strip_ids(other) == strip_ids(one)


def strip_ids(value: Any) -> Any:
    """Entries that have no id in a file get another; those of answers are compared. What is
    empty may be left out."""
    if isinstance(value, dict):
        keeps = isinstance(value.get("value"), dict | str) and value.get("type") == "item"
        return {
            name: strip_ids(one)
            for name, one in value.items()
            if (name != "id" or keeps) and one not in ("", None, [], False)
        }
    if isinstance(value, list):
        return [strip_ids(one) for one in value]
    return value


def names_of(block: Any) -> set[str]:
    return set(getattr(block, "child_blocks", {}))


def test_every_field_of_a_block_stands_in_the_file() -> None:
    """A field that an editor fills in and a file does not know would be lost in silence."""
    own = {"image": {"image", "alt", "decorative", "caption"}, "case": {"alt"}}
    for name, block in StepContentBlock.base_blocks.items():
        written = set(BLOCKS[name].model_fields)
        assert names_of(block) - written <= own.get(name, set()), name


INSTEAD = {
    "point_at": {"alt"},
    "sort_groups": {f"group_{number}" for number in range(1, 6)},
    "two_sides": {"title_a", "text_a", "title_b", "text_b"},
}


def test_every_field_of_a_question_stands_in_the_file() -> None:
    models = {get_args(one.model_fields["type"].annotation)[0]: one for one in QUESTIONS}
    assert set(models) == set(QUESTION_TYPES) == set(WRITERS)
    for name, kind in QUESTION_TYPES.items():
        unknown = names_of(kind.block()) - set(models[name].model_fields)
        assert unknown <= INSTEAD.get(name, set()), name


def test_every_field_of_a_page_or_quiz_stands_in_the_file() -> None:
    inherited = {one.name for one in Page._meta.get_fields()}
    elsewhere = {"page_ptr", "key", "image"}
    for model, part in ((LessonPackagePage, schema.Package), (LessonPage, schema.Lesson)):
        own = {one.name for one in model._meta.concrete_fields} - inherited - elsewhere
        assert own <= set(part.model_fields), model
    kept = {one.name for one in Quiz._meta.concrete_fields} - {
        one.name for base in Quiz.__mro__[1:] if hasattr(base, "_meta")
        for one in base._meta.get_fields()
    }  # fmt: skip
    assert kept - {"id", "key", "language", "bands"} <= set(schema.Quiz.model_fields)


def test_a_picture_that_an_editor_chose_goes_along_by_what_is_in_it(tmp_path: Path) -> None:
    loaded = load_small_package()
    picture = make_picture("eigen")
    page = LessonPackagePage.objects.get()
    page.image = picture
    page.save_revision().publish()
    files = write_package(page).files()
    name = f"images/image-{picture.file_hash[:16]}.svg"
    assert name in files
    # Here it is the editor's own, and it stays that; elsewhere it comes with the package.
    count = CustomImage.objects.count()
    load_package(folder=unpack(files, tmp_path / "package"))
    assert CustomImage.objects.count() == count
    forget_everything()
    again = load_package(folder=tmp_path / "package").page
    assert again.image.package_file == f"klein-pakket/{name.removeprefix('images/')}"
    assert pack(write_package(again).files()) == pack(files)
    assert loaded.page.slug == again.slug


def test_what_another_site_could_not_read_is_named(tmp_path: Path) -> None:
    load_small_package()
    lesson = LessonPage.objects.get()
    lesson.minutes += 5
    lesson.save_revision().publish()
    with pytest.raises(PackageError) as refused:
        write_package(LessonPackagePage.objects.get())
    assert [one.file for one in refused.value.problems] == ["les-een.lesson.yaml"]
    assert "add up" in refused.value.problems[0].message


def test_a_translation_that_lags_behind_stays_here() -> None:
    call_command("load_helplines", verbosity=0)
    page = load_package(folder=STARTER / "herken-je-dit").page
    lesson = LessonPage.objects.get(slug="les-1-wat-zie-je", locale__language_code="nl")
    steps = lesson.steps.get_prep_value()
    steps[0]["value"]["blocks"].append(
        {"type": "text", "id": str(key("nieuw")), "value": "<p>Nieuw.</p>"}
    )
    lesson.steps = json.dumps(steps)
    lesson.save_revision().publish()
    written = write_package(page)
    assert [one.slug for one in written.languages["en"].lessons] == ["les-2-wat-doe-jij"]
    assert "ar" not in written.languages
    assert len(written.notes) == 2


def test_what_is_not_published_stays_here() -> None:
    load_small_package()
    lesson = LessonPage.objects.get()
    lesson.title = "Concept"
    lesson.save_revision()
    written = write_package(LessonPackagePage.objects.get())
    assert written.original.lessons[0].title == "Les een"


def test_a_link_inside_the_site_becomes_a_whole_address() -> None:
    load_small_package()
    lesson = LessonPage.objects.get()
    front = Page.objects.get(depth=2)
    lesson.before = f'<p data-block-key="x1">Zie <a linktype="page" id="{front.pk}">hier</a>.</p>'
    lesson.save_revision().publish()
    written = write_package(LessonPackagePage.objects.get())
    assert written.original.lessons[0].before == f"Zie [hier]({front.full_url})."


def test_a_document_that_an_editor_chose_goes_along_by_what_is_in_it(tmp_path: Path) -> None:
    page = load_every_block().page
    document = CustomDocument.objects.get()
    document.package_file = ""
    document.save()
    files = write_package(page).files()
    name = f"document-{document.file_hash[:16]}.pdf"
    assert files[f"documents/{name}"].startswith(b"%PDF")
    load_package(folder=unpack(files, tmp_path / "package"))
    assert CustomDocument.objects.get().pk == document.pk, "it is here already"
    forget_everything()
    again = load_package(folder=tmp_path / "package").page
    assert CustomDocument.objects.get().package_file == f"alle-blokken/{name}"
    assert pack(write_package(again).files()) == pack(files)


def test_a_document_without_its_maker_stays_here() -> None:
    page = load_every_block().page
    CustomDocument.objects.update(credit="")
    with pytest.raises(PackageError) as refused:
        write_package(page)
    assert "‘Mijn plan’" in str(refused.value)
