"""What a package file has beside explanations and bands, and what is wrong with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lessons.models import LessonPage
from lessons.package_files import PackageError, read_package
from media.models import CustomImage
from quizzes.models import Edition, Quiz
from tests.factories.lessons import SMALL_PACKAGE, load_small_package
from tests.factories.quizzes import BESIDE, PICTURE, RECORDING
from tests.factories.signals import make_signal

QUIZ = "kleine-quiz.quiz.yaml"
EXPLANATION = "    explanation: Je mag altijd iemand bellen.\n"
BAND = "    text: Vertel het door.\n"
SUPPLEMENT = """    supplement:
      image:
        file: naast.svg
        alt: Iemand belt.
        credit: Doorzien
      recording:
        file: baantje.mp3
        captions: baantje.vtt
        title: Een baantje
        description: Twee jongeren praten.
        credit: Doorzien
      lesson: les-een
      helplines: [testlijn]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small package with all of it beside its first question and its second band."""
    folder = Path(shutil.copytree(SMALL_PACKAGE, tmp_path / "small"))
    (folder / "images" / "naast.svg").write_bytes(BESIDE)
    shutil.copytree(RECORDING.parent, folder / "recordings")
    for place in (EXPLANATION, BAND):
        replace(folder, place, place + SUPPLEMENT)
    return folder


def replace(folder: Path, old: str, new: str) -> None:
    file = folder / QUIZ
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_in(folder: Path) -> list[str]:
    with pytest.raises(PackageError) as caught:
        read_package(folder, helplines=["testlijn"])
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.django_db
def test_a_signal_is_named_by_its_slug(folder: Path) -> None:
    replace(
        folder, "      lesson: les-een\n", "      lesson: les-een\n      signal: meer-telefoons\n"
    )
    assert "there is no signal 'meer-telefoons'" in "\n".join(problems_in(folder))
    make_signal()
    load_small_package(folder)
    content = Edition.objects.get().content
    assert content["questions"][0]["supplement"]["signal"] == "meer-telefoons"
    assert "signal" not in content["bands"][1]["supplement"]


@pytest.mark.django_db
def test_it_goes_from_the_file_into_an_edition(folder: Path) -> None:
    load_small_package(folder)
    lesson = LessonPage.objects.get()
    content = Edition.objects.get().content
    for kept in (content["questions"][0]["supplement"], content["bands"][1]["supplement"]):
        assert kept["alt"] == "Iemand belt."
        assert kept["image"]["credit"] == "Doorzien"
        assert kept["recording"]["description"] == "Twee jongeren praten."
        assert kept["lesson"]["page"] == lesson.pk
        assert kept["lesson"]["path"] == "/lessen/klein-pakket/les-een/"
        assert kept["helplines"] == ["testlijn"]
    # The lesson holds the quiz that leads to it.
    assert lesson.quizzes.get().quiz == Quiz.objects.get()
    for question in Quiz.objects.get().questions.all():
        question.body.stream_block.clean(question.body)


@pytest.mark.django_db
def test_a_second_load_writes_nothing(folder: Path) -> None:
    load_small_package(folder)
    result = load_small_package(folder)
    assert (result.changed, result.left_alone) == ([], [])
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_another_picture_of_the_same_name_makes_another_edition(folder: Path) -> None:
    load_small_package(folder)
    (folder / "images" / "naast.svg").write_bytes(PICTURE)
    assert load_small_package(folder).changed == ["images/naast.svg", "kleine-quiz"]
    old, new = Edition.objects.order_by("number")
    assert (
        old.content["questions"][0]["supplement"]["image"]
        != new.content["questions"][0]["supplement"]["image"]
    )
    assert CustomImage.objects.filter(package_file="klein-pakket/naast.svg").count() == 1


@pytest.mark.django_db
def test_an_editors_own_supplement_is_left_alone(folder: Path) -> None:
    load_small_package(folder)
    quiz = Quiz.objects.get()
    quiz.save_revision()
    replace(folder, "alt: Iemand belt.", "alt: Iemand belt met een vriend.")
    assert load_small_package(folder).left_alone == ["kleine-quiz"]
    assert load_small_package(folder, overwrite=True).changed == ["kleine-quiz"]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("        alt: Iemand belt.\n", "", 13, "give 'alt', or 'decorative: true'"),
        ("file: naast.svg", "file: weg.svg", 14, "there is no file images/weg.svg"),
        (
            "        credit: Doorzien\n      rec",
            "        caption: Zo\n      rec",
            13,
            "a caption is",
        ),
        ("file: baantje.mp3", "file: weg.mp3", 18, "there is no file recordings/weg.mp3"),
        ("captions: baantje.vtt", "captions: weg.vtt", 19, "there is no file recordings/weg.vtt"),
        ("        description: Twee jongeren praten.\n", "", 17, "description: this is missing"),
        ("lesson: les-een", "lesson: les-nul", 23, "there is no lesson 'les-nul' in this package"),
        ("helplines: [testlijn]", "helplines: [niemand]", 24, "there is no helpline 'niemand'"),
        ("      lesson: les", "      les: les", 23, "supplement.les: this key is unknown"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    folder: Path, old: str, new: str, line: int, message: str
) -> None:
    replace(folder, old, new)
    (problem,) = problems_in(folder)
    assert problem.startswith(f"{QUIZ}:{line}: ")
    assert message in problem


def test_a_mistake_beside_a_band_is_found_too(folder: Path) -> None:
    text = (folder / QUIZ).read_text(encoding="utf-8")
    before, after = text.split(BAND)
    (folder / QUIZ).write_text(before + BAND + after.replace("les-een", "les-nul"))
    (problem,) = problems_in(folder)
    assert "there is no lesson 'les-nul' in this package" in problem


def test_captions_that_differ_from_those_elsewhere_are_named(folder: Path) -> None:
    replace(folder, "        title: Een baantje\n", "        title: Een baantje\n"
            "        transcript: '0:01 Jay: hoi'\n")  # fmt: skip
    assert any("other captions or another transcript" in one for one in problems_in(folder))
