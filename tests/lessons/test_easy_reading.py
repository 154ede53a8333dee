"""The easy-reading twin of a text: which it stands for, when it may be stale, and who gets it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError

from editorial.language import Passage, report_on
from lessons.blocks import StepContentBlock
from lessons.board import Board
from lessons.easy_reading import misplaced, perhaps_stale, twins
from lessons.models import LessonPackagePage, LessonPage
from lessons.nearby import NOWHERE
from lessons.package_schema import Step
from lessons.reading_texts import lesson_texts
from lessons.rendering import clear_memory, lesson_pages
from lessons.sheets import worksheet
from tests.factories.lessons import publish_every_block, publish_small_package

LESSON = "/lessen/alle-blokken/elk-blok/"
NOTE = "De gewone tekst is veranderd. Klopt de makkelijke tekst nog?"


def block(kind: str, key: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": key, "value": value}


def text(words: str) -> dict[str, Any]:
    return block("text", "a", words)


def easy(words: str, checked_on: str | None = None) -> dict[str, Any]:
    return block("easy_text", "b", {"text": words, "checked_on": checked_on})


@pytest.mark.parametrize(
    ("kinds", "pairs", "lost"),
    [
        ([], {}, []),
        (["text", "easy_text"], {0: 1}, []),
        (["case", "easy_text", "timeline", "easy_text"], {0: 1, 2: 3}, []),
        (["easy_text", "text"], {}, [0]),
        (["text", "easy_text", "easy_text"], {0: 1}, [2]),
        (["quiz", "easy_text"], {}, [1]),
        (["text", "image", "easy_text"], {}, [2]),
    ],
)
def test_an_easy_text_stands_for_the_block_right_before_it(
    kinds: list[str], pairs: dict[int, int], lost: list[int]
) -> None:
    assert twins(kinds) == pairs
    assert misplaced(kinds) == lost


OLD, NEW = text("<p>Kijk <b>goed</b>.</p>"), text("<p>Kijk heel goed.</p>")
MARKED = text('<p data-block-key="x1">Kijk goed.</p>')


@pytest.mark.parametrize(
    ("revisions", "is_stale"),
    [
        ([[OLD, easy("Kijk.")]], False),
        ([[NEW, easy("Kijk.")], [OLD, easy("Kijk.")]], True),
        ([[NEW, easy("Kijk.")], [NEW, easy("Kijk.")], [OLD, easy("Kijk.")]], True),
        ([[MARKED, easy("Kijk.")], [OLD, easy("Kijk.")]], False),
        ([[NEW, easy("Kijk eens.")], [OLD, easy("Kijk.")]], False),
        ([[NEW, easy("Kijk.", "2026-02-01")], [OLD, easy("Kijk.")]], False),
        ([[NEW, easy("Kijk eens.")], [NEW, easy("Kijk.")], [OLD, easy("Kijk.")]], False),
        ([[NEW, easy("Kijk.")], [NEW, easy("K.")], [OLD, easy("K.")]], False),
        ([[NEW, easy("Kijk.")], [OLD]], False),
    ],
    ids=[
        "one revision", "only the original", "and saved since", "only marks", "both at once",
        "compared", "the easy text afterwards", "and was that itself", "made later",
    ],
)  # fmt: skip
def test_an_easy_text_may_be_stale_when_only_its_original_changed(
    revisions: list[list[dict[str, Any]]], is_stale: bool
) -> None:
    assert perhaps_stale(revisions) == (["b"] if is_stale else [])


def test_of_a_case_only_the_story_counts() -> None:
    before = block("case", "a", {"title": "Sam", "story": "<p>Sam rent.</p>"})
    other_title = block("case", "a", {"title": "Bo", "story": "<p>Sam rent.</p>"})
    other_story = block("case", "a", {"title": "Sam", "story": "<p>Sam loopt.</p>"})
    assert perhaps_stale([[other_title, easy("X.")], [before, easy("X.")]]) == []
    assert perhaps_stale([[other_story, easy("X.")], [before, easy("X.")]]) == ["b"]


def test_a_package_with_an_easy_text_of_nothing_is_refused() -> None:
    key = "44444444-0000-4000-8000-00000000099"
    wrong = [{"type": "easy_text", "id": f"{key}1", "text": "Kijk."}]
    step = {"id": f"{key}0", "title": "Stap", "minutes": 5, "blocks": wrong}
    with pytest.raises(ValueError, match="an easy_text follows a text, case or timeline: block 1"):
        Step.model_validate(step)
    right = [{"type": "text", "id": f"{key}2", "text": "Kijk goed."}, *wrong]
    assert Step.model_validate({**step, "blocks": right})


def test_an_editor_is_told_where_an_easy_text_must_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = StepContentBlock()
    alone = stream.to_python([easy("<p>Kijk.</p>")])
    with pytest.raises(StreamBlockValidationError) as caught:
        stream.clean(alone)
    assert list(caught.value.block_errors) == [0]
    monkeypatch.setattr(stream, "is_deferred_validation", True)
    assert len(stream.clean(alone)) == 1, "a draft may be unfinished"


@pytest.mark.parametrize(
    ("said", "is_hard"), [("Je mag weg. ", False), ("Iedereen verantwoordelijkheid. ", True)]
)
def test_an_easy_text_is_measured_apart_and_must_be_the_easier_one(
    said: str, is_hard: bool
) -> None:
    ordinary = Passage("Tekst", "#a", "Je mag altijd even weg als je dat wilt. " * 20)
    beside = Passage("Makkelijk", "#b", said * 40, is_easy=True)
    first, second = report_on([ordinary, beside], for_young_people=True).parts
    alone = report_on([ordinary], for_young_people=True).parts[0]
    assert first.score == alone.score, "the ordinary text gets no better figures by it"
    assert (second.is_easy, second.is_hard) == (True, is_hard)
    same = Passage("Makkelijk", "#b", ordinary.text, is_easy=True)
    equal = report_on([ordinary, same], for_young_people=True).parts[1]
    assert equal.is_hard, "as easy as the ordinary text is not easier"


@pytest.fixture
def lesson(db: Any) -> LessonPage:
    publish_every_block()
    return LessonPage.objects.get(slug="elk-blok")


def page(client: Client, path: str) -> Tag:
    response = client.get(f"{LESSON}{path}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(("path", "count"), [("1/", 2), ("2/", 1), ("heel/", 3)])
def test_both_texts_are_on_the_page_side_by_side(
    client: Client, lesson: LessonPage, path: str, count: int
) -> None:
    found = page(client, path)
    assert len(found.select('[data-reading="easy"]')) == count
    assert len(found.select('[data-reading="ordinary"]')) == count
    assert found.select(".easy-text") == []
    assert len(found.select("easy-reading input[role=switch]")) == 1
    assert found.select(".easy-reading__note") == []
    story = found.select_one('.case-card [data-reading="easy"]')
    assert path == "2/" or (story is not None and "Het is een telefoon." in story.text)


def test_a_step_without_an_easy_text_says_so(client: Client, lesson: LessonPage) -> None:
    found = page(client, "3/")
    assert found.select_one("easy-reading") is not None
    note = found.select_one(".easy-reading__note")
    assert note is not None
    assert note.text == "Van deze stap is er alleen de gewone tekst."


def test_a_lesson_without_easy_texts_has_no_switch(client: Client, db: Any) -> None:
    publish_small_package()
    page = LessonPage.objects.get()
    content = client.get(f"{page.screen_path()}1/").content.decode()
    assert "reading-tools" in content
    assert "easy-reading" not in content
    assert not page.has_easy_text


def test_the_copy_for_a_device_has_both_texts(lesson: LessonPage) -> None:
    clear_memory()
    copy = lesson_pages("alle-blokken", "elk-blok").steps[0].copy(NOWHERE).decode()
    assert copy.count('data-reading="easy"') == 2
    assert "js/easy-reading" in copy


def test_the_board_and_the_worksheet_have_the_ordinary_text(lesson: LessonPage) -> None:
    package = LessonPackagePage.objects.get(slug="alle-blokken")
    board = Board(lesson, package)
    shown = " ".join(board.html(slide) for slide in board.slides)
    paper = json.dumps(worksheet(package, lesson).body)
    for told in (shown, paper):
        assert "Sam krijgt een telefoon." in told
        assert "Het is een telefoon." not in told


def test_a_teacher_reads_which_steps_have_one_and_both_texts(
    teacher_client: Client, lesson: LessonPage
) -> None:
    guide = page(teacher_client, "handleiding/")
    heading = next(one for one in guide.select("h2") if one.text == "Ook in makkelijk lezen")
    steps = [one.text for one in heading.parent.select("li")]
    assert steps == ["1. Verhalen", "2. Uitleg"]
    assert [len(guide.select(f"#stap-{number} .easy-text")) for number in (1, 2, 3)] == [2, 1, 0]


def test_the_page_of_a_package_says_which_lesson_has_one(
    client: Client, lesson: LessonPage
) -> None:
    told = client.get("/lessen/alle-blokken/").content.decode()
    assert told.count("Ook in makkelijk lezen") == 1


def test_an_easy_text_costs_a_learner_no_query(
    client: Client, lesson: LessonPage, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 3600
    client.get(f"{LESSON}2/")
    with django_assert_num_queries(0):
        client.get(f"{LESSON}2/")


def test_its_words_are_measured_apart_in_the_report_of_a_lesson(lesson: LessonPage) -> None:
    texts = lesson_texts(lesson)
    assert texts is not None
    said = [passage.text for passage in texts.passages if passage.is_easy]
    assert "Sam krijgt iets. Het is een telefoon." in said
    assert len(said) == 3


def test_an_editor_is_told_that_a_changed_text_has_an_easy_one(
    admin_client: Client, lesson: LessonPage
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert NOTE not in admin_client.get(edit).text
    steps = list(lesson.steps.raw_data)
    case = next(one for one in steps[0]["value"]["blocks"] if one["type"] == "case")
    case["value"]["story"] = "<p>Sam krijgt een fiets.</p>"
    lesson.steps = json.dumps(steps)
    lesson.save_revision().publish()
    told = admin_client.get(edit).text
    assert NOTE in told
    assert "Stap 1: Verhalen" in told
    assert "Stap 2: Uitleg" not in told
    blocks = steps[0]["value"]["blocks"]
    blocks[blocks.index(case) + 1]["value"]["checked_on"] = "2026-03-01"
    lesson.steps = json.dumps(steps)
    lesson.save_revision().publish()
    assert NOTE not in admin_client.get(edit).text
