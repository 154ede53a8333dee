"""Each kind of question in a package file, with a real example in ``questions/``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from lessons.package_files import PackageError, read_package
from media.models import Recording
from quizzes.models import Quiz
from tests.factories.lessons import SMALL_PACKAGE, load_small_package
from tests.factories.quizzes import RECORDING

QUESTIONS = Path(__file__).parent / "questions"
EXAMPLES = sorted(QUESTIONS.glob("*.yaml"))
Put = Callable[[str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """The small package with this question as the first of its quiz."""

    def put_in(text: str) -> Path:
        folder = Path(shutil.copytree(SMALL_PACKAGE, tmp_path / "small"))
        file = folder / "kleine-quiz.quiz.yaml"
        quiz = file.read_text(encoding="utf-8")
        file.write_text(quiz.replace("questions:\n", f"questions:\n{text}", 1), encoding="utf-8")
        for picture in (QUESTIONS / "images").iterdir():
            shutil.copy(picture, folder / "images")
        shutil.copytree(RECORDING.parent, folder / "recordings")
        return folder

    return put_in


@pytest.mark.django_db
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_question_goes_from_its_file_into_an_edition(put: Put, example: Path) -> None:
    load_small_package(put(example.read_text(encoding="utf-8")))
    quiz = Quiz.objects.get(slug="kleine-quiz")
    first = quiz.editions.get().content["questions"][0]
    assert first["type"] == example.stem
    # What the editor's form says of it as well: nothing.
    block = quiz.questions.first().body[0]
    block.block.clean(block.value)


@pytest.mark.parametrize(
    ("kind", "old", "new", "message"),
    [
        ("spot_signals", "[[Je krijgt", "Je krijgt", "text, line 4: ]] without [["),
        ("spot_signals", "Je begint om zeven uur.]]", "Je begint", "text, line 5: [[ without ]]"),
        ("spot_signals", "Bel ons", "[[Bel ons]]", "text, line 5: 'Bel ons' is not in 'choices'"),
        (
            "spot_signals",
            "        text: Je krijgt werkkleding",
            "        text: Je krijgt kleding",
            "choices: 'Je krijgt kleding van ons.' is not between [[ and ]] in the text",
        ),
        ("spot_signals", "signal: Schuld bij de baas", "signal: ''", "give 'signal' when"),
        ("spot_signals", "look: advertisement", "look: brief", "look: Input should be 'chat'"),
        ("sort_groups", "groups: [Hulp]", "groups: [Help]", "there is no group 'Help'"),
        ("sort_groups", "groups: [Hulp]", "groups: [Hulp, Druk, Dwang]", "not every group"),
        ("gap", "[[3]]", "[[4]]", "gap 4 is in the text and not in 'gaps'"),
        ("gap", "[[2]]", "de chat", "gap 2 is not in the text"),
        ("gap", "[[2]]", "[[2", "line 2: write a gap as [[1]]"),
        ("gap", "text: politie", "text: Zorgen", "'Zorgen' is written twice"),
        ("match", "text: De gemeente", "text: veilig  thuis", "'veilig  thuis' is written twice"),
        ("order", "text: Beslis over melden en over hulp", "text: weeg samen hoe ERNSTIG het is",
         "items: 'weeg samen hoe ERNSTIG het is' is written twice"),
        ("order", "    items:", "    rule: per_place\n    items:", "rule: Input should be"),
        ("point_at", "file: werkplaats.svg", "file: weg.svg", "there is no file images/weg.svg"),
        ("point_at", "      alt: Tekening", "      decorative: true #", "needs 'alt'"),
        ("point_at", "x: 87", "x: 89", "x + width and y + height must be at most 100"),
        ("spot_moments", 'start: "0:07,9"', 'start: "acht"', 'write a time as "0:12"'),
        ("spot_moments", 'start: "0:07,9"', "start: 0:09", "begin where a line of the transcript"),
        ("spot_moments", 'end: "0:26"', 'end: "0:29"', "begin at or after 0:32"),
        ("spot_moments", 'end: "0:47"', 'end: "1:00"', "the recording takes 0:52,7"),
        ("spot_moments", 'start: "0:20,3"', 'start: "0:50"', "in the order of the recording"),
        ("spot_moments", "file: baantje.mp3", "file: weg.mp3", "no file recordings/weg.mp3"),
        ("spot_moments", "file: baantje.mp3", "file: baantje.exe", "file: String should match"),
        ("spot_moments", "captions: baantje", "captions: weg", "no file recordings/weg.vtt"),
        ("spot_moments", "      title: Een", "      transcript: ja\n      title: Een",
         "line 1: begin with a time and words"),
        ("spot_moments", "      title:", "      poster: {file: a.svg, alt: a}\n      title:",
         "this is sound: it has no picture"),
        ("point_at", "width: 12", "width: 4", "width: Input should be greater than or equal to 5"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(put: Put, kind: str, old: str, new: str, message: str) -> None:
    text = next(path for path in EXAMPLES if path.stem == kind).read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(PackageError) as caught:
        read_package(put(text.replace(old, new, 1)), helplines={"testlijn"})
    assert any(message in str(problem) for problem in caught.value.problems), str(caught.value)


@pytest.mark.django_db
def test_another_picture_of_the_same_name_makes_another_edition(put: Put) -> None:
    example = next(path for path in EXAMPLES if path.stem == "point_at")
    folder = put(example.read_text(encoding="utf-8"))
    load_small_package(folder)
    quiz = Quiz.objects.get(slug="kleine-quiz")
    before = quiz.editions.get().content["questions"][0]["image"]["name"]
    picture = folder / "images" / "werkplaats.svg"
    picture.write_text(picture.read_text(encoding="utf-8").replace("NACHT", "DAG"), "utf-8")
    load_small_package(folder)
    first, second = quiz.editions.order_by("number")
    assert first.content["questions"][0]["image"]["name"] == before
    after = second.content["questions"][0]["image"]["name"]
    assert before != after
    assert "NACHT" in Path(default_storage.path(before)).read_text("utf-8")
    assert "DAG" in Path(default_storage.path(after)).read_text("utf-8")


def test_what_is_wrong_in_a_recording_names_the_file_and_its_line(put: Put) -> None:
    example = next(path for path in EXAMPLES if path.stem == "spot_moments")
    folder = put(example.read_text(encoding="utf-8"))
    captions = folder / "recordings" / "baantje.vtt"
    text = captions.read_text(encoding="utf-8")
    captions.write_text(text.replace("--> 00:03.015", "--> 00:00.015"), encoding="utf-8")
    with pytest.raises(PackageError) as caught:
        read_package(folder, helplines={"testlijn"})
    (problem,) = caught.value.problems
    assert str(problem) == "recordings/baantje.vtt:3: the end must be later than the beginning"
    (folder / "recordings" / "baantje.mp3").write_bytes(b"<html>")
    with pytest.raises(PackageError) as caught:
        read_package(folder, helplines={"testlijn"})
    (problem,) = caught.value.problems
    assert "recordings/baantje.mp3 is no MP4, WebM, M4A, MP3 or Ogg" in str(problem)


@pytest.mark.django_db
def test_a_recording_comes_in_once_and_another_one_makes_another_edition(
    put: Put, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    example = next(path for path in EXAMPLES if path.stem == "spot_moments")
    folder = put(example.read_text(encoding="utf-8"))
    load_small_package(folder)
    recording = Recording.objects.get()
    assert recording.package_file == "klein-pakket/baantje.mp3"
    assert recording.missing == []
    first = recording.file.name
    assert load_small_package(folder).changed == []
    assert Recording.objects.get().file.name == first

    captions = folder / "recordings" / "baantje.vtt"
    text = captions.read_text(encoding="utf-8")
    captions.write_text(text.replace("Hé Noa", "Hoi Noa"), encoding="utf-8")
    changed = load_small_package(folder).changed
    assert changed == ["recordings/baantje.mp3", "kleine-quiz"]
    assert "Hoi Noa" in Recording.objects.get().transcript
    assert Recording.objects.get().file.name == first

    sound = folder / "recordings" / "baantje.mp3"
    sound.write_bytes(sound.read_bytes() + sound.read_bytes()[:5000])
    with django_capture_on_commit_callbacks(execute=True):
        load_small_package(folder)
    assert not default_storage.exists(first)
    editions = Quiz.objects.get(slug="kleine-quiz").editions.order_by("number")
    names = [edition.content["questions"][0]["recording"]["name"] for edition in editions]
    assert len(names) == 3
    assert names[0] == names[1] != names[2]
    assert all(default_storage.exists(name) for name in names)


@pytest.mark.django_db
def test_a_recording_that_an_editor_changed_is_left_alone(put: Put) -> None:
    example = next(path for path in EXAMPLES if path.stem == "spot_moments")
    folder = put(example.read_text(encoding="utf-8"))
    load_small_package(folder)
    Recording.objects.update(title="Van de redactie")
    result = load_small_package(folder)
    assert result.left_alone == ["recordings/baantje.mp3"]
    assert Recording.objects.get().title == "Van de redactie"
    load_small_package(folder, overwrite=True)
    assert Recording.objects.get().title == "Een baantje"
