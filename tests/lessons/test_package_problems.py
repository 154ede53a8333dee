"""What is wrong in a package file is told in the language of who looks, with how to mend it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from lessons import package_documents, package_recordings
from lessons.package_files import Problem
from lessons.package_problems import sentence, told
from lessons.package_questions import placing, reading
from lessons.package_sentences import SENTENCES

ROOT = Path(settings.BASE_DIR)
# Who says something about a file, and in which calls.
SPEAKERS = [
    *sorted((ROOT / "lessons").glob("package_[bdfqrstv]*.py")),
    *sorted((ROOT / "lessons/package_questions").glob("*.py")),
    *(ROOT / "lessons" / name for name in ("asked.py", "loading.py", "rich_text.py")),
    *(ROOT / "lessons" / name for name in ("package_translations.py", "yaml_lines.py")),
    ROOT / "media/svg.py",
]
NAMES = {
    *["ValueError", "Found", "NewerVersionError", "UnsafeSvgError", "UnusableMarkdownError"],
    *["YamlError", "add", "problem", "refuse"],
}
# A value may stand anywhere in a message.
ANY = "iets"


def text_of(node: ast.AST) -> str:
    """A string, with something in the place of every value; "" for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else ANY for part in node.values
        )
    return ""


def spoken(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name in NAMES:
                yield from map(text_of, node.args)
        elif isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id in {"message", "problem"}:
                yield text_of(node.value)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield from map(text_of, node.value.elts)


def messages() -> set[str]:
    """Whole sentences: a name of a field or a file has no spaces, or is only a value."""
    found = {text for path in SPEAKERS for text in spoken(path)}
    return {text for text in found if " " in text and text.replace(ANY, "").strip(" :;'{}")}


# Put together from parts that are looked at by themselves.
IN_PARTS = {
    "explains later, or draws its questions: none of them can stand in a step",
    *["iets/iets iets", "images/iets: iets", "line iets: iets", "the quiz 'iets' iets"],
    "there is no iets 'iets'",
}
WHOLE = [
    "the quiz 'a' explains later, or draws its questions: none of them can stand in a step",
    "there is no source 'a'",
    "there is no helpline 'a'",
]
IN_TABLES = [
    *[f"recordings/a.mp4 {text}" for text in package_recordings.FILES.values()],
    *[f"documents/a.pdf {text}" for text in package_documents.MISTAKES.values()],
    *[f"line 3: {text}" for text in package_recordings.TRANSCRIPT.values()],
    *package_recordings.CAPTIONS.values(),
    *[text for _place, text in package_recordings.WINDOWS.values()],
    *[text.rstrip() for text in reading.BRACKETS.values()],
    *placing.GAP_MISTAKES.values(),
]


@pytest.mark.parametrize("message", sorted({*messages() - IN_PARTS, *IN_TABLES, *WHOLE}))
def test_whatever_is_said_of_a_file_has_a_twin(message: str) -> None:
    message = message.replace("{", "").replace("}", "")
    message = re.sub(r"line (iets|number):", "line 3:", message)
    if message == "marked before:":
        message += " dit"
    assert sentence(message) != message


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_problem_says_what_where_and_how_to_mend_it(language: str) -> None:
    problem = Problem("les.lesson.yaml", 12, "steps.0.blocks.2.title: this is missing")
    with translation.override(language):
        [shown] = told([problem])
    assert (shown.file, shown.line) == ("les.lesson.yaml", 12)
    assert (
        shown.text
        == {
            "nl": "Stap 1, blok 3, titel: Dit ontbreekt. Vul het in.",
            "en": "Step 1, block 3, title: This is missing. Fill it in.",
            "ar": shown.text,
        }[language]
    )
    if language == "ar":
        assert "this is missing" not in shown.text
        assert "هذا ناقص" in shown.text


@pytest.mark.parametrize(
    ("message", "told_in_dutch"),
    [
        (
            "there is no file images/plaat.svg",
            "Er is geen bestand images/plaat.svg. Zet het erbij, of haal de naam hier weg.",
        ),
        (
            "images/plaat.svg: line 3: <script> is not allowed",
            "images/plaat.svg: In de tekst, regel 3: <script> mag niet in een beeld. Haal het weg.",
        ),
        (
            "gap 1 is not in the text; gap 2 is in the text more than once",
            "Gat 1 staat niet in de tekst. Zet [[1]] op zijn plek. "
            "Gat 2 staat vaker dan één keer in de tekst. Laat er één staan.",
        ),
        (
            "audience: Input should be 'young_people', 'teachers' or 'professionals'",
            "Audience: Hier mag alleen dit staan: 'young_people', 'teachers' or 'professionals'. "
            "Kies er één.",
        ),
        (
            "minutes: Input should be a valid integer, unable to parse",
            "Minuten: Hier hoort een heel getal.",
        ),
        ("something that nobody foresaw", "something that nobody foresaw"),
        ("100 % of nothing", "100 % of nothing"),
    ],
)
def test_sentences_keep_what_they_are_about(message: str, told_in_dutch: str) -> None:
    assert sentence(message) == told_in_dutch


def test_a_value_with_a_per_cent_sign_is_shown_as_it_is() -> None:
    assert "100 %(x)s" in sentence("there is no helpline '100 %(x)s'")


def test_every_twin_uses_no_other_values_than_its_english() -> None:
    for english, twin in SENTENCES.items():
        values = {name: "1" for name in re.findall(r"\{(\w+)\}", english)}
        assert "%(" not in str(twin) % values
