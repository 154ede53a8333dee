"""The starter package reads easily, harms nobody and can be traced to its sources.

Plain Python: these tests need no Django and no database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import assert_never
from uuid import UUID

import pytest
import yaml
from pydantic import BaseModel

from editorial.readability import count_syllables, measure, sentences_in, words_in
from editorial.words import terms
from lessons.package_blocks import (
    CaseBlock,
    ChainCardBlock,
    ChatStoryBlock,
    ComparisonBlock,
    DiscussionBlock,
    DownloadBlock,
    EasyTextBlock,
    FlipCardsBlock,
    HelplineCardBlock,
    ImageBlock,
    LocalSlotBlock,
    PictureStoryBlock,
    QuestionBlock,
    QuizBlock,
    QuoteBlock,
    RecordingBlock,
    ReflectionBlock,
    SignalCardBlock,
    StepByStepBlock,
    TeacherNoteBlock,
    TextBlock,
    TimelineBlock,
    VariantsBlock,
    WordBlock,
    WorkFormBlock,
)
from lessons.package_questions import TrueFalseQuestion
from lessons.package_schema import Block, Image, Lesson, Package, Question, Quiz

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "lessons" / "starter" / "herken-je-dit"
EVERY_BLOCK = ROOT / "tests" / "lessons" / "packages" / "every-block" / "elk-blok.lesson.yaml"
HELPLINES = ROOT / "site" / "helplines" / "data" / "helplines.yaml"

LEARNER_FLESCH_DOUMA = 65
TEACHER_FLESCH_DOUMA = 60
MEAN_SENTENCE = 12
LONGEST_LEARNER_SENTENCE = 15
# What a learner must not read, and why.
WORDS_NOT_FOR_LEARNERS = {term.find: term.why for term in terms()}
# Even a teacher's note leaves these alone; it may name "loverboy" once to explain it.
WORDS_FOR_NOBODY = tuple(term.find for term in terms() if term.readers == "everybody")


@cache
def _yaml(name: str) -> dict:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def package() -> Package:
    return Package.model_validate(_yaml("package.yaml"))


def lesson(slug: str) -> Lesson:
    return Lesson.model_validate(_yaml(f"{slug}.lesson.yaml"))


def quiz(slug: str) -> Quiz:
    return Quiz.model_validate(_yaml(f"{slug}.quiz.yaml"))


def _slugs(kind: str) -> list[str]:
    return sorted(path.name.split(".")[0] for path in FOLDER.glob(f"*.{kind}.yaml"))


LESSONS = _slugs("lesson")
QUIZZES = _slugs("quiz")


def everything() -> list[BaseModel]:
    return [package(), *map(lesson, LESSONS), *map(quiz, QUIZZES)]


def inside(model: BaseModel) -> Iterator[BaseModel]:
    """The model itself and every model in it."""
    yield model
    for field in type(model).model_fields:
        value = getattr(model, field)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                yield from inside(item)


def blocks_of(some_lesson: Lesson) -> Iterator[Block]:
    for step in some_lesson.steps:
        yield from step.blocks


def every_block() -> Iterator[Block]:
    yield from blocks_of(Lesson.model_validate(yaml.safe_load(EVERY_BLOCK.read_text("utf-8"))))


def _image_texts(image: Image | None) -> list[str]:
    return [text for text in (image.alt, image.caption) if text] if image else []


def learner_texts_of_block(block: Block) -> list[str]:
    match block:
        case TextBlock():
            return [block.text]
        case EasyTextBlock():
            return [block.text]
        case ImageBlock():
            return _image_texts(block.image)
        case RecordingBlock():
            recording = block.recording
            return [recording.title, block.intro, recording.transcript, recording.description]
        case DownloadBlock():
            return [block.document.title, block.what]
        case QuoteBlock():
            return [block.quote, block.who, block.consent]
        case SignalCardBlock():
            return [block.title, block.notice, block.also_possible, block.do]
        case CaseBlock():
            return [block.title, block.story, *block.questions, *_image_texts(block.image)]
        case PictureStoryBlock():
            texts = [text for frame in block.frames for text in _image_texts(frame.image)]
            return [block.title, *texts, *(frame.text for frame in block.frames)]
        case ChatStoryBlock():
            return [block.title, *(message.text for message in block.messages)]
        case TimelineBlock():
            return [block.title, *(t for m in block.moments for t in (m.when, m.title, m.text))]
        case FlipCardsBlock():
            return [block.title, *(t for card in block.cards for t in (card.front, card.back))]
        case StepByStepBlock():
            return [block.title, *(t for step in block.steps for t in (step.title, step.text))]
        case ComparisonBlock():
            cells = [t for r in block.rows for t in (r.topic, r.normal, r.worrying, r.wrong)]
            return [block.title, *cells]
        case WordBlock():
            return [block.word, block.explanation]
        case ChainCardBlock():
            answers = [block.does, block.why, block.goes_along, block.hear_back]
            return [block.title, block.who, *answers]
        case VariantsBlock():
            return [block.title, *(t for one in block.variants for t in (one.label, one.text))]
        case ReflectionBlock():
            return [block.prompt]
        case DiscussionBlock():
            return [block.question, *(other.how for other in block.other_forms)]
        case WorkFormBlock():
            texts = [block.safety, block.instructions, *block.statements, block.without_moving]
            return [block.title, *(text for text in texts if text)]
        case QuizBlock():
            return [block.intro]
        case QuestionBlock():
            return []  # measured with its quiz
        case HelplineCardBlock():
            return [block.title, block.intro]
        case LocalSlotBlock():
            return [block.title, block.fallback]
        case TeacherNoteBlock():
            return []
        case _:
            assert_never(block)


def teacher_texts_of_block(block: Block) -> list[str]:
    match block:
        case TeacherNoteBlock():
            return [block.note]
        case DiscussionBlock() | WorkFormBlock():
            return [block.listen_for]
        case _:
            return []


def learner_texts_of_question(question: Question) -> list[str]:
    texts = [question.prompt, question.explanation]
    if isinstance(question, TrueFalseQuestion):
        texts += [question.feedback_true, question.feedback_false, question.why_prompt]
        choices = question.reasons
    else:
        choices = question.choices
    return texts + [text for choice in choices for text in (choice.text, choice.feedback)]


def learner_text_of_lesson(slug: str) -> str:
    it = lesson(slug)
    texts = [it.title, it.summary, *it.goals, *(step.title for step in it.steps)]
    texts += [
        text
        for block in blocks_of(it)
        if not isinstance(block, EasyTextBlock)  # measured beside what it stands for
        for text in learner_texts_of_block(block)
    ]
    return "\n\n".join(texts)


def learner_text_of_quiz(slug: str) -> str:
    it = quiz(slug)
    texts = [it.title, it.intro, it.what_you_can_do]
    texts += [text for question in it.questions for text in learner_texts_of_question(question)]
    texts += [text for band in it.bands for text in (band.title, band.text)]
    return "\n\n".join(texts)


def teacher_text_of_lesson(slug: str) -> str:
    it = lesson(slug)
    texts = [it.before, it.short_version, *it.materials]
    texts += [text for block in blocks_of(it) for text in teacher_texts_of_block(block)]
    return "\n\n".join(texts)


def teacher_text_of_package() -> str:
    it = package()
    return "\n\n".join(
        [it.summary, it.before, it.disclosure, *it.goals, *it.curriculum_goals, it.made_by]
    )


LEARNER_NAMES = [f"{slug}.lesson" for slug in LESSONS] + [f"{slug}.quiz" for slug in QUIZZES]
TEACHER_NAMES = ["package", *(f"{slug}.lesson" for slug in LESSONS)]


@cache
def learner_text(name: str) -> str:
    slug, _, kind = name.partition(".")
    return learner_text_of_lesson(slug) if kind == "lesson" else learner_text_of_quiz(slug)


@cache
def teacher_text(name: str) -> str:
    return (
        teacher_text_of_package()
        if name == "package"
        else teacher_text_of_lesson(name.removesuffix(".lesson"))
    )


@cache
def helplines() -> dict[str, dict]:
    rows = yaml.safe_load(HELPLINES.read_text(encoding="utf-8"))["helplines"]
    assert len({row["slug"] for row in rows}) == len(rows), "a helpline slug is used twice"
    return {row["slug"]: row for row in rows}


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Package, "package.yaml"),
        *((Lesson, f"{slug}.lesson.yaml") for slug in LESSONS),
        *((Quiz, f"{slug}.quiz.yaml") for slug in QUIZZES),
    ],
)
def test_every_file_follows_the_schema(model: type[BaseModel], name: str) -> None:
    assert model.model_validate(_yaml(name))


@pytest.mark.parametrize("slug", LESSONS + QUIZZES)
def test_a_file_is_named_after_its_slug(slug: str) -> None:
    assert (lesson(slug) if slug in LESSONS else quiz(slug)).slug == slug


def test_the_package_lists_exactly_the_lessons_and_quizzes_in_its_folder() -> None:
    assert sorted(package().lessons) == LESSONS
    assert sorted(package().quizzes) == QUIZZES


def test_the_package_is_two_lessons_of_45_minutes() -> None:
    assert [lesson(slug).minutes for slug in package().lessons] == [45, 45]
    assert package().minutes == 90


@pytest.mark.parametrize("slug", LESSONS)
def test_the_steps_of_a_lesson_add_up_to_its_minutes(slug: str) -> None:
    it = lesson(slug)
    assert sum(step.minutes for step in it.steps) == it.minutes
    assert 7 <= len(it.steps) <= 10


@pytest.mark.parametrize("slug", LESSONS)
def test_no_talk_or_work_form_takes_longer_than_its_step(slug: str) -> None:
    for step in lesson(slug).steps:
        together = [b for b in step.blocks if isinstance(b, DiscussionBlock | WorkFormBlock)]
        assert sum(block.minutes for block in together) <= step.minutes, step.title


def test_the_text_of_every_kind_of_block_is_read_here() -> None:
    """A kind that these tests do not know would be neither measured nor searched for words."""
    for block in every_block():
        assert isinstance(learner_texts_of_block(block), list), block.type
        hidden = {"teacher_note"} if block.type == "teacher_note" else {"listen_for"}
        assert bool(teacher_texts_of_block(block)) == bool(
            hidden & {block.type, *type(block).model_fields}
        ), block.type


@pytest.mark.parametrize("slug", QUIZZES)
def test_a_quiz_has_ten_questions_of_every_kind(slug: str) -> None:
    questions = quiz(slug).questions
    assert len(questions) >= 10
    assert {q.type for q in questions} == {"one_answer", "several_answers", "true_false"}


@pytest.mark.parametrize("slug", QUIZZES)
def test_every_true_or_false_question_asks_for_a_reason(slug: str) -> None:
    for question in quiz(slug).questions:
        if isinstance(question, TrueFalseQuestion):
            assert len(question.reasons) >= 2, question.prompt


@pytest.mark.parametrize("slug", QUIZZES)
def test_a_question_that_asks_for_a_number_of_answers_has_that_many_right(slug: str) -> None:
    numbers = {"twee": 2, "drie": 3, "vier": 4}
    for question in quiz(slug).questions:
        if question.type == "several_answers":
            asked = re.search(r"Kies er (\w+)\.", question.prompt)
            assert asked, question.prompt
            right = sum(choice.is_right for choice in question.choices)
            assert right == numbers[asked[1]], question.prompt


def test_all_ids_are_different_random_uuids() -> None:
    ids = [
        value
        for top in everything()
        for model in inside(top)
        if isinstance(value := getattr(model, "id", None), UUID)
    ]
    assert [value for value, count in Counter(ids).items() if count > 1] == []
    assert {value.version for value in ids} == {4}


def test_every_source_that_is_named_exists() -> None:
    known = {source.id for source in package().sources}
    named = set()
    for top in everything():
        for model in inside(top):
            if not isinstance(model, Package):
                named |= set(getattr(model, "sources", []))
            if isinstance(model, QuoteBlock):
                named.add(model.source)
    assert named - known == set()
    assert known - named == set(), "a source that nothing uses"


def test_every_source_is_looked_at_again_within_a_year() -> None:
    for source in package().sources:
        assert (source.check_by - source.checked_on).days <= 366, source.id


@pytest.mark.parametrize("slug", QUIZZES)
def test_every_question_has_a_source(slug: str) -> None:
    assert [q.prompt for q in quiz(slug).questions if not q.sources] == []


@pytest.mark.parametrize("slug", LESSONS)
def test_every_signal_card_has_a_source(slug: str) -> None:
    cards = [block for block in blocks_of(lesson(slug)) if isinstance(block, SignalCardBlock)]
    assert [card.title for card in cards if not card.sources] == []


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_names_every_source_of_its_blocks(slug: str) -> None:
    named = set()
    for block in blocks_of(lesson(slug)):
        named |= set(getattr(block, "sources", []))
        if isinstance(block, QuoteBlock):
            named.add(block.source)
    assert named - set(lesson(slug).sources) == set()


def test_every_helpline_that_is_named_exists() -> None:
    named = {
        slug for top in everything() for model in inside(top)
        for slug in getattr(model, "helplines", [])
    }  # fmt: skip
    assert named - helplines().keys() == set()


def test_every_quiz_in_a_lesson_exists() -> None:
    named = [b.quiz for s in LESSONS for b in blocks_of(lesson(s)) if isinstance(b, QuizBlock)]
    assert sorted(named) == QUIZZES


def test_every_picture_exists_and_none_lies_unused() -> None:
    used = {m.file for top in everything() for m in inside(top) if isinstance(m, Image)}
    assert used == {path.name for path in (FOLDER / "images").iterdir()}


def test_a_picture_is_small_and_carries_nothing_that_runs_or_fetches() -> None:
    for path in (FOLDER / "images").glob("*.svg"):
        svg = path.read_text(encoding="utf-8")
        assert len(svg.encode()) < 12_000, path.name
        assert 'viewBox="0 0 800 500"' in svg, path.name
        found = re.findall(
            r"<script|<foreignObject|<text|<image|href|\bon\w+=|url\(http|@import", svg
        )
        assert found == [], path.name


def test_a_helpline_a_learner_is_sent_to_can_be_reached_and_is_for_them() -> None:
    named = {
        slug for top in everything() for model in inside(top)
        for slug in getattr(model, "helplines", [])
    }  # fmt: skip
    for slug in named:
        row = helplines()[slug]
        assert row["phone"] or row["chat_url"] or row["url"], slug
        assert row["for_whom"] in {"young_people", "everyone"}, slug


def test_a_helpline_can_be_dialled_and_opened() -> None:
    for slug, row in helplines().items():
        assert bool(row["phone"]) == bool(row["phone_link"]), slug
        assert re.fullmatch(r"(\+?\d+)?", row["phone_link"]), slug
        if row["phone"] and not row["phone_link"].startswith("+"):
            assert re.sub(r"\D", "", row["phone"]) == row["phone_link"], slug
        for address in (row["url"], row["chat_url"]):
            assert address == "" or address.startswith("https://"), slug


def test_a_helpline_is_checked_again_within_half_a_year() -> None:
    for slug, row in helplines().items():
        assert isinstance(row["checked_on"], date), slug
        assert 0 < (row["check_by"] - row["checked_on"]).days <= 184, slug
        assert row["source_url"].startswith("http"), slug


def test_an_editor_is_told_why_hours_are_missing() -> None:
    for slug, row in helplines().items():
        assert row["hours"] or "ijden" in row["note_for_editor"], slug


def test_the_words_about_a_helpline_are_easy_to_read() -> None:
    figures = measure("\n\n".join(row["what"] for row in helplines().values()))
    assert figures.flesch_douma >= LEARNER_FLESCH_DOUMA
    assert figures.words_per_sentence <= MEAN_SENTENCE


def test_every_lesson_and_quiz_ends_with_112_and_a_place_to_talk() -> None:
    for slug in LESSONS:
        cards = [b for b in blocks_of(lesson(slug)) if isinstance(b, HelplineCardBlock)]
        assert {"112", "kindertelefoon"} <= set(cards[-1].helplines), slug
    for slug in QUIZZES:
        assert {"112", "kindertelefoon"} <= set(quiz(slug).helplines), slug


@pytest.mark.parametrize("name", LEARNER_NAMES)
def test_a_pupil_can_read_what_a_lesson_or_quiz_says(name: str) -> None:
    figures = measure(learner_text(name))
    assert figures.flesch_douma >= LEARNER_FLESCH_DOUMA
    assert figures.words_per_sentence <= MEAN_SENTENCE


@pytest.mark.parametrize("name", LEARNER_NAMES)
def test_no_sentence_is_too_long_for_a_pupil(name: str) -> None:
    too_long = [
        sentence
        for sentence in sentences_in(learner_text(name))
        if len(words_in(sentence)) > LONGEST_LEARNER_SENTENCE
    ]
    assert too_long == []


@pytest.mark.parametrize("name", TEACHER_NAMES)
def test_a_teacher_can_read_the_notes_in_one_go(name: str) -> None:
    figures = measure(teacher_text(name))
    assert figures.flesch_douma >= TEACHER_FLESCH_DOUMA
    assert figures.words_per_sentence <= MEAN_SENTENCE


@pytest.mark.parametrize(("pattern", "reason"), WORDS_NOT_FOR_LEARNERS.items())
def test_a_pupil_never_reads_a_word_that_harms(pattern: str, reason: str) -> None:
    for name in LEARNER_NAMES:
        found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", learner_text(name), re.IGNORECASE)
        assert not found, f"{name}: {found}: {reason}"


@pytest.mark.parametrize("pattern", WORDS_FOR_NOBODY)
def test_a_teacher_never_reads_a_word_that_harms(pattern: str) -> None:
    for name in TEACHER_NAMES:
        found = re.findall(rf"(?<!\w)(?:{pattern})(?!\w)", teacher_text(name), re.IGNORECASE)
        assert not found, f"{name}: {found}"


def test_what_stands_in_a_browser_history_is_neutral() -> None:
    telling = re.compile(r"uitbuit|mensenhandel|misbruik|slachtoffer|dader|seks", re.IGNORECASE)
    for it in everything():
        assert not telling.search(f"{it.title} {it.slug}"), it.title
    for path in FOLDER.rglob("*"):
        assert not telling.search(path.name), path.name


@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_opens_with_leave_to_step_out(slug: str) -> None:
    opening = " ".join(b.text for b in lesson(slug).steps[0].blocks if isinstance(b, TextBlock))
    assert "mag altijd even weg" in opening


def test_nobody_is_asked_what_happened_to_them() -> None:
    asking = re.compile(
        r"jou overkomen|heb jij (?:ooit|wel eens)|is dit jou|herken je dit bij jezelf",
        re.IGNORECASE,
    )
    for name in LEARNER_NAMES:
        assert not asking.search(learner_text(name)), name


def test_a_package_that_nobody_reviewed_says_so() -> None:
    it = package()
    if not it.checked_by:
        assert "Nog niet beoordeeld" in it.summary
        assert "Nog niet beoordeeld" in it.made_by
        assert "Nog niet beoordeeld" in it.before


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("jij", 1), ("leraar", 2), ("nieuwe", 2), ("mooie", 2), ("uitbuiting", 3),
        ("ideeën", 3), ("politie", 3), ("beïnvloed", 3), ("eieren", 3), ("mensenhandel", 4),
        ("volwassene", 4), ("kindertelefoon", 5), ("quiz", 1), ("website", 2), ("foto’s", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_the_way_they_are_spoken(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_headings_list_items_and_paragraphs_end_a_sentence_but_wrapped_lines_do_not() -> None:
    text = "# Kop\n\nEen zin die\ndoorloopt. ‘Nog een?’\n\n- item\n- **twee** met een\n  vervolg\n"
    assert sentences_in(text) == [
        "Kop", "Een zin die doorloopt", "‘Nog een", "item", "twee met een vervolg",
    ]  # fmt: skip


def test_the_formula_is_that_of_douma() -> None:
    figures = measure("De kat zit op de mat. De hond ligt in de zon.")
    assert (figures.words, figures.sentences, figures.syllables) == (12, 2, 12)
    assert figures.flesch_douma == pytest.approx(206.835 - 0.93 * 6 - 77)


def test_a_text_without_words_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="no word"):
        measure("0800-0432")
