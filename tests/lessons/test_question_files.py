"""Each kind of question in a package file, with a real example in ``questions/``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from lessons.package_files import PackageError, read_package
from quizzes.models import Quiz
from tests.factories.lessons import SMALL_PACKAGE, load_small_package

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
