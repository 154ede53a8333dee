"""Every package that comes with the site: read whole, in each language, by the same rules.

The models are walked field by field, so a new kind of block or question is measured and searched
from the day it exists. What only one package must have is in ``test_starter_language.py``.
Plain Python: no database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from pydantic import BaseModel

from editorial.language import EASY
from editorial.readability import measure, sentences_in, words_in
from lessons.easy_reading import STANDS_FOR
from lessons.package_blocks import EasyTextBlock, HelplineCardBlock, LocalSlotBlock, QuoteBlock
from lessons.package_questions import MarkedQuestion
from lessons.package_schema import Lesson, Package, Quiz, Source
from tests.lessons.test_starter_language import WORDS_FOR_NOBODY, WORDS_NOT_FOR_LEARNERS, helplines

STARTER = Path(__file__).parents[2] / "lessons" / "starter"
PACKAGES = sorted(path.name for path in STARTER.iterdir() if path.is_dir())
MODELS = {"package": Package, "lesson": Lesson, "quiz": Quiz}
# Who reads a field. All other text is for learners.
FOR_TEACHERS = {
    "before", "short_version", "materials", "listen_for", "note", "disclosure", "summary",
    "made_by", "checked_by", "curriculum_goals", "level",
}  # fmt: skip
NOT_READ = {
    "review_owner", "school_types", "group_form", "sensitivity",
    "id", "slug", "type", "file", "captions", "url", "source", "sources", "helplines",
    "quiz", "lesson", "form", "forms", "kind", "rule", "language", "language_level",
    "audience", "licence", "version", "lessons", "quizzes", "owner", "published", "recheck",
    "publisher", "credit", "sender", "slot", "signal", "belief", "size", "layout",
    "accepted", "figure_source", "script", "text_type", "genre",
}  # fmt: skip
# (Flesch-Douma at least, words per sentence at most on average, longest sentence).
PUPILS, TEACHERS, PROFESSIONALS = (65, 12, 15), (60, 12, 30), (55, 14, 22)
TELLING = re.compile(
    r"uitbuit|mensenhandel|misbruik|slachtoffer|dader|seks|exploit|traffick|abuse|victim|sex"
    r"|استغلال|اتجار|ضحي|جنس",
    re.I,
)


@cache
def files(package: str, language: str = "nl") -> dict[str, BaseModel]:
    """By name; the package first."""
    folder = STARTER / package / ("" if language == "nl" else language)
    found = {}
    for path in sorted(folder.glob("*.yaml"), key=lambda path: path.name != "package.yaml"):
        kind = path.name.removesuffix(".yaml").rpartition(".")[2]
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[path.name] = MODELS[kind].model_validate(content)
    return found


def of_kind(package: str, kind: type, language: str = "nl") -> list[Any]:
    return [model for model in files(package, language).values() if isinstance(model, kind)]


def about(package: str) -> Package:
    return of_kind(package, Package)[0]


def inside(value: Any) -> Iterator[BaseModel]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from inside(item)
    elif isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from inside(getattr(value, name))


def texts(value: Any, fields: set[str] | None = None, name: str = "") -> Iterator[str]:
    """What is read in it: by learners, or what stands in one of these fields."""
    if isinstance(value, Source) or name in NOT_READ:
        return
    if isinstance(value, str):
        if value and (name not in FOR_TEACHERS if fields is None else name in fields):
            # In a text with marks every line is a message, a field of a form or a paragraph.
            yield re.sub(r"\[\[|\]\]", "", value.replace("\n", "\n\n")) if "[[" in value else value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item, fields, name)
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from texts(getattr(value, field), fields, field)


def story_lines(script: str) -> Iterator[str]:
    """What is said and told in a script, without the names of scenes and marks."""
    for line in script.splitlines():
        told = re.sub(r"->.*$|^\s*[-#*>]+\s*|^[^:]{1,24}:\s|\[[^\]]*\]|\([^)]*\)", "", line).strip()
        if told:
            yield told


def ordinary(lesson: BaseModel) -> BaseModel:
    """Without the texts in easy language: those would make the figures of the others better."""
    if not isinstance(lesson, Lesson):
        return lesson
    steps = [
        step.model_copy(
            update={"blocks": [one for one in step.blocks if not isinstance(one, EasyTextBlock)]}
        )
        for step in lesson.steps
    ]
    return lesson.model_copy(update={"steps": steps})


def easy_pairs(lesson: Lesson) -> list[tuple[str, str]]:
    """What each easy text stands for, and the easy text."""
    return [
        ("\n\n".join(said_by(original)), easy.text)
        for step in lesson.steps
        for original, easy in pairwise(step.blocks)
        if isinstance(easy, EasyTextBlock)
    ]


def said_by(original: Any) -> Iterator[str]:
    part = STANDS_FOR[original.type]
    yield from texts(getattr(original, part) if part else original)


def learner_text(model: BaseModel) -> str:
    found = [*texts(model)]
    for one in inside(model):
        if script := getattr(one, "script", ""):
            found += story_lines(script)
    return "\n\n".join(found)


def cases(*kinds: type) -> list[Any]:
    return [
        pytest.param(package, name, id=f"{package}/{name}")
        for package in PACKAGES
        for name, model in files(package).items()
        if isinstance(model, kinds)
    ]


def is_for_young_people(package: str) -> bool:
    return about(package).audience == "young_people"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_lists_what_lies_in_its_folder(package: str) -> None:
    it = about(package)
    assert it.slug == package
    lessons, quizzes = of_kind(package, Lesson), of_kind(package, Quiz)
    assert sorted(it.lessons) == sorted(lesson.slug for lesson in lessons)
    assert sorted(it.quizzes) == sorted(quiz.slug for quiz in quizzes)
    for name, model in files(package).items():
        assert name in {"package.yaml", f"{model.slug}.lesson.yaml", f"{model.slug}.quiz.yaml"}
    assert it.minutes == sum(lesson.minutes for lesson in lessons)


def test_no_id_and_no_address_is_used_twice() -> None:
    models = [
        one for package in PACKAGES for model in files(package).values() for one in inside(model)
    ]
    ids = [one.id for one in models if isinstance(getattr(one, "id", None), UUID)]
    assert [value for value, count in Counter(ids).items() if count > 1] == []
    assert {value.version for value in ids} == {4}
    quizzes = Counter(one.slug for one in models if isinstance(one, Quiz))
    assert [slug for slug, count in quizzes.items() if count > 1] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_source_is_used_known_and_looked_at_within_a_year(package: str) -> None:
    known = {source.id: source for source in about(package).sources}
    named = set()
    for model in files(package).values():
        for one in inside(model):
            if not isinstance(one, Package):
                named |= set(getattr(one, "sources", []))
            if isinstance(one, QuoteBlock):
                named.add(one.source)
    assert named - known.keys() == set()
    assert known.keys() - named == set(), "a source that nothing uses"
    for source in known.values():
        assert source.check_by - source.checked_on <= timedelta(days=366), source.id


@pytest.mark.parametrize(("package", "name"), cases(Quiz))
def test_a_quiz_is_sourced_explained_and_ends_at_help(package: str, name: str) -> None:
    quiz = files(package)[name]
    assert isinstance(quiz, Quiz)
    assert len(quiz.questions) >= (40 if quiz.kind == "check" else 10)
    for question in quiz.questions:
        assert question.explanation.strip()
        if isinstance(question, MarkedQuestion):
            assert question.sources, question.prompt
    assert "112" in quiz.helplines
    if is_for_young_people(package):
        assert "kindertelefoon" in quiz.helplines
    assert min(band.from_percent for band in quiz.bands) == 0


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_what_a_package_must_have(package: str) -> None:
    kinds = {question.type for quiz in of_kind(package, Quiz) for question in quiz.questions}
    if package != "herken-je-dit":
        assert {"branching_story", "spot_signals", "two_sides"} <= kinds
    for lesson in of_kind(package, Lesson):
        cards = [block for block in inside(lesson) if isinstance(block, HelplineCardBlock)]
        assert "112" in cards[-1].helplines, lesson.slug
        assert "mag altijd" in learner_text(lesson.steps[0]), lesson.slug
    it = about(package)
    if not it.checked_by:
        for said in (it.summary, it.before, it.made_by):
            assert "Nog niet beoordeeld" in said
    used = {
        one.file
        for model in files(package).values()
        for one in inside(model)
        if hasattr(one, "file")
    }
    lying = {path.name for path in (STARTER / package / "images").iterdir()}
    assert {name for name in used if not name.endswith((".vtt", ".mp4", ".m4a"))} == lying


@pytest.mark.parametrize("package", PACKAGES)
def test_a_helpline_exists_and_is_for_who_reads(package: str) -> None:
    fit = (
        {"young_people", "everyone"}
        if is_for_young_people(package)
        else {"professionals", "everyone", "young_people", "teachers"}
    )
    for model in files(package).values():
        for one in inside(model):
            for slug in getattr(one, "helplines", []):
                assert helplines()[slug]["for_whom"] in fit, slug


@pytest.mark.parametrize(("package", "name"), cases(Lesson, Quiz))
def test_a_learner_can_read_it(package: str, name: str) -> None:
    """A-17"""
    text = learner_text(ordinary(files(package)[name]))
    easy, mean, longest = PUPILS if is_for_young_people(package) else PROFESSIONALS
    figures = measure(text)
    assert figures.flesch_douma >= easy
    assert figures.words_per_sentence <= mean
    assert [said for said in sentences_in(text) if len(words_in(said)) > longest] == []


WITH_EASY_TEXTS = [
    one for one in cases(Lesson) if easy_pairs(files(str(one.values[0]))[str(one.values[1])])
]


def test_the_first_lessons_for_pupils_are_there_in_easy_language() -> None:
    first = {"herken-je-dit/les-1-wat-zie-je", "echt-of-druk/les-1-vrij-of-druk"}
    assert first <= {one.id.removesuffix(".lesson.yaml") for one in WITH_EASY_TEXTS}


@pytest.mark.parametrize(("package", "name"), WITH_EASY_TEXTS)
def test_an_easy_text_is_easier_than_what_it_stands_for(package: str, name: str) -> None:
    pairs = easy_pairs(files(package)[name])
    for original, easy in pairs:
        before, after = measure(original), measure(easy)
        assert after.flesch_douma >= max(EASY.flesch_douma, before.flesch_douma), easy
        assert after.words_per_sentence <= EASY.mean, easy
        assert [one for one in sentences_in(easy) if len(words_in(one)) > EASY.longest] == []
    together = [measure("\n\n".join(side)) for side in zip(*pairs, strict=True)]
    assert together[1].flesch_douma > together[0].flesch_douma
    assert together[1].words_per_sentence < together[0].words_per_sentence


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("package", "name"), WITH_EASY_TEXTS)
def test_a_lesson_that_is_easy_to_read_is_so_in_all_its_texts_and_stories(
    package: str, name: str, language: str
) -> None:
    """And in both languages: half a lesson in easy language is a lesson that nobody can follow."""
    for step in files(package, language)[name].steps:
        for block, following in pairwise([*step.blocks, None]):
            if block.type in STANDS_FOR:
                assert isinstance(following, EasyTextBlock), block


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("package", "name"), WITH_EASY_TEXTS)
def test_an_easy_text_keeps_every_figure_and_name(package: str, name: str, language: str) -> None:
    """Numbers of the text, and who the story is about; "two" and the like are read by people."""
    names = re.compile(r"\d+|\b(?:Dani|Bo|Mika|Sam|Robin|Noor|Bram|Kim|Robbie|Milan)\b")
    for original, easy in easy_pairs(files(package, language)[name]):
        assert set(names.findall(original)) <= set(names.findall(easy)), easy


@pytest.mark.parametrize(("package", "name"), cases(Package, Lesson))
def test_a_teacher_can_read_it_in_one_go(package: str, name: str) -> None:
    text = "\n\n".join(texts(files(package)[name], FOR_TEACHERS))
    easy, mean, _longest = TEACHERS
    figures = measure(text)
    assert figures.flesch_douma >= easy
    assert figures.words_per_sentence <= mean


@pytest.mark.parametrize("package", PACKAGES)
def test_nobody_reads_a_word_that_harms(package: str) -> None:
    for name, model in files(package).items():
        learner, teacher = learner_text(model), "\n".join(texts(model, FOR_TEACHERS))
        if isinstance(model, Package):
            learner, teacher = "", learner + teacher
        for pattern in WORDS_NOT_FOR_LEARNERS if is_for_young_people(package) else ():
            found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", learner, re.IGNORECASE)
            assert not found, f"{name}: {found}"
        for pattern in WORDS_FOR_NOBODY:
            found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", learner + teacher, re.IGNORECASE)
            assert not found, f"{name}: {found}"


@pytest.mark.parametrize("package", PACKAGES)
def test_what_stands_in_a_browser_history_is_neutral(package: str) -> None:
    """P-32"""
    for language in ("nl", "en", "ar"):
        for model in files(package, language).values():
            assert not TELLING.search(f"{model.title} {model.slug}"), model.title
    for path in (STARTER / package).rglob("*"):
        assert not TELLING.search(path.name), path.name


@pytest.mark.parametrize("package", PACKAGES)
def test_a_picture_is_small_and_carries_nothing_that_runs_or_fetches(package: str) -> None:
    for path in (STARTER / package / "images").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert len(svg.encode()) < 12_000, path.name
        assert 'viewBox="0 0 800 500"' in svg, path.name
        found = re.findall(
            r"<script|<foreignObject|<text|<image|href|\bon\w+=|url\(http|@import", svg
        )
        assert found == [], path.name


def skeleton(value: Any, name: str = "") -> Any:
    """All that must be the same in every language: shape, ids, keys, what is right."""
    if isinstance(value, BaseModel):
        return {field: skeleton(getattr(value, field), field) for field in type(value).model_fields}
    if isinstance(value, list | tuple):
        return [skeleton(item, name) for item in value]
    if name == "script":
        return re.findall(r"^#.*$|->.*$", value, re.MULTILINE)  # scenes, and where choices lead
    if isinstance(value, str) and (name not in NOT_READ or name in MAY_DIFFER):
        return bool(value)
    return value


MAY_DIFFER = {
    "review_owner",
    "language", "recheck", "publisher", "owner", "credit", "accepted", "figure_source",
    "belief", "signal", "published",
}  # fmt: skip


@pytest.mark.parametrize("package", PACKAGES)
def test_the_english_is_whole_and_about_the_same(package: str) -> None:
    dutch, english = files(package), files(package, "en")
    assert dutch.keys() == english.keys()
    for name, model in dutch.items():
        assert skeleton(english[name]) == skeleton(model), name
        same = [
            text for text in {*texts(model)} & {*texts(english[name])} if len(words_in(text)) > 5
        ]
        assert same == [], f"{name}: not translated"


ARABIC = [
    pytest.param(package, path.name, id=f"{package}/{path.name}")
    for package in PACKAGES
    for path in sorted((STARTER / package / "ar").glob("*.yaml"))
]


@pytest.mark.parametrize(("package", "name"), ARABIC)
def test_what_is_there_in_arabic_is_about_the_same_and_in_arabic(package: str, name: str) -> None:
    # A language may do without easy texts.
    dutch, arabic = ordinary(files(package)[name]), ordinary(files(package, "ar")[name])
    whole, part = skeleton(dutch), skeleton(arabic)
    if isinstance(arabic, Package):
        for which in ("lessons", "quizzes"):
            assert set(part.pop(which)) <= set(whole.pop(which))
    assert part == whole
    read = " ".join(texts(arabic))
    letters = [letter for letter in read if letter.isalpha()]
    assert sum("\u0600" <= letter <= "\u06ff" for letter in letters) > 0.9 * len(letters)
    # Figures, and numbers to call, are those of the original.
    assert sorted(re.findall(r"\d[\d-]+", read.replace("5000", ""))) == sorted(
        re.findall(r"\d[\d-]+", " ".join(texts(dutch)).replace("5.000", ""))
    )


def test_a_field_that_nobody_knows_is_read() -> None:
    """What this file leaves out is left out by name."""
    quiz = of_kind("herken-je-dit", Quiz)[0]
    assert quiz.questions[0].prompt in learner_text(quiz)
    assert quiz.questions[0].choices[0].feedback in learner_text(quiz)
    assert quiz.bands[0].text in learner_text(quiz)


def test_a_place_for_a_municipality_has_one_kind_of_reader() -> None:
    """One text is written for it: what helps a professional is not what helps a pupil."""
    readers: dict[str, set[str]] = {}
    for package in PACKAGES:
        for lesson in of_kind(package, Lesson):
            for block in inside(list(lesson.steps)):
                if isinstance(block, LocalSlotBlock):
                    readers.setdefault(block.slot, set()).add(about(package).audience)
    assert readers
    assert [slot for slot, audiences in readers.items() if len(audiences) > 1] == []
