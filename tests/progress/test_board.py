"""A lesson on the board: the room reads along, so nothing of the teacher's is there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import LessonPage
from quizzes.models import Quiz
from tests.factories.lessons import publish_every_block
from tests.factories.quizzes import EVERY_TYPE, make_quiz

BOARD = "/lessen/klein-pakket/les-een/bord/"
EVERY = "/lessen/alle-blokken/elk-blok/bord/"


def pages(client: Client, board: str, end: str = "") -> list[BeautifulSoup]:
    """Every slide in its order, by following the links: as a browser without a script would."""
    found = []
    address: str | None = f"{board}1/{end}"
    while address:
        response = client.get(address)
        assert response.status_code == 200, address
        page = BeautifulSoup(response.content, "html.parser")
        found.append(page)
        following = page.select("[data-go]")[-1]
        is_ahead = int(following["data-go"]) > len(found)
        address = following["href"] if is_ahead else None
    return found


def slide_text(page: BeautifulSoup) -> str:
    return " ".join(page.select_one(".board__slide").get_text(" ").split())


def slides_with(found: list[BeautifulSoup], words: str) -> list[int]:
    return [number for number, page in enumerate(found) if words in slide_text(page)]


@pytest.fixture
def every_block(db: Any) -> LessonPage:
    publish_every_block()
    return LessonPage.objects.get(slug="elk-blok")


def test_every_slide_has_an_address_and_says_where_it_is(
    lesson: LessonPage, teacher_client: Client
) -> None:
    assert teacher_client.get(BOARD).headers["Location"] == f"{BOARD}1/"
    found = pages(teacher_client, BOARD)
    titles = [page.select_one("h2").get_text() for page in found]
    assert list(dict.fromkeys(titles)) == ["Kijken", "Praten", "Quiz", "Hulp"]
    count = len(found)
    for number, page in enumerate(found, start=1):
        assert page.select_one(".board__place").get_text() == f"{number} van {count}"
        assert page.title is not None
        assert page.title.get_text() == f"Les een ({number}/{count}) – Doorzien"
        assert page.select_one(".exit-button__button")
        assert page.select_one(".help-bar__link")
    assert teacher_client.get(f"{BOARD}{count + 1}/").status_code == 404
    assert teacher_client.get(f"{BOARD}0/").status_code == 404
    assert teacher_client.get("/lessen/klein-pakket/geen/bord/1/").status_code == 404


def test_nothing_of_the_teachers_is_on_the_board(
    lesson: LessonPage, every_block: LessonPage, teacher_client: Client
) -> None:
    for board in (EVERY, BOARD):
        shown = "".join(str(page) for page in pages(teacher_client, board))
        shown += teacher_client.get(f"{board}afdrukken/").text
        assert "GEHEIM-" not in shown
        assert "__time" not in shown  # how long a talk takes
        assert "Waar let je op" not in shown


def test_the_notes_of_every_slide_are_on_the_page_beside_it(
    every_block: LessonPage, teacher_client: Client
) -> None:
    board = pages(teacher_client, EVERY)
    notes = pages(teacher_client, EVERY, end="notities/")
    assert len(notes) == len(board)
    text = "".join(str(page) for page in notes)
    guide = teacher_client.get(EVERY.replace("bord", "handleiding")).text
    secrets = set(re.findall(r"GEHEIM-[A-Z]+", guide))
    assert len(secrets) > 3
    assert secrets <= set(re.findall(r"GEHEIM-[A-Z]+", text))


def test_each_statement_and_each_talk_has_a_slide_of_its_own(
    every_block: LessonPage, teacher_client: Client
) -> None:
    found = pages(teacher_client, EVERY)
    statements = [
        child.value["statements"]
        for step in every_block.steps
        for child in step.value["blocks"]
        if child.block_type == "work_form"
    ]
    each = [statement for some in statements for statement in some]
    assert each
    for statement in each:
        assert len(slides_with(found, statement)) == 1
    assert len({slides_with(found, statement)[0] for statement in each}) == len(each)
    for page in found:
        if page.select_one(".discussion"):
            assert len(page.select(".board__content > *")) == 1


@pytest.fixture
def quiz_in_lesson(lesson: LessonPage) -> Quiz:
    """A quiz with a question of each kind, in the lesson."""
    quiz = make_quiz()
    steps = lesson.steps.raw_data
    for step in steps:
        for block in step["value"]["blocks"]:
            if block["type"] == "quiz":
                block["value"]["quiz"] = quiz.pk
    lesson.steps = list(steps)
    lesson.save()
    return quiz


def test_a_question_comes_before_its_answer_and_says_nothing_of_it(
    quiz_in_lesson: Quiz, teacher_client: Client
) -> None:
    """S-20 and S-21: the key stands on the slide that somebody asked for, and nowhere else."""
    found = pages(teacher_client, BOARD)
    questions = [page for page in found if page.select_one('[data-kind="question"]')]
    answers = [page for page in found if page.select_one('[data-kind="answer"]')]
    assert len(questions) == len(answers) == len(EVERY_TYPE)
    for name, _make in EVERY_TYPE:
        assert sum(f"Vraag {name}?" in str(page) for page in questions) == 1
    assert not any("Geheime" in str(page) for page in questions)
    assert all("Geheime" in str(page) for page in answers)
    assert "Geheime" not in teacher_client.get(f"{BOARD}afdrukken/").text
    lettered = [page for page in questions if page.select(".board__letter")]
    assert len(lettered) >= 3
    for page in lettered:
        letters = [letter.get_text() for letter in page.select(".board__letter")]
        assert letters == sorted(set(letters))
        assert letters[0] == "A"
        assert not page.select("[data-right]")


def test_what_has_no_right_answer_is_not_asked_by_hands_up(
    quiz_in_lesson: Quiz, teacher_client: Client
) -> None:
    found = pages(teacher_client, BOARD)
    kinds = {"mening", "kunnen"}
    assert kinds <= {name for name, _make in EVERY_TYPE}
    for name in kinds:
        page = found[slides_with(found, f"Vraag {name}?")[0]]
        assert not page.select(".board__letter")
        assert "geen hand op te steken" in slide_text(page)


@pytest.mark.parametrize("kind", ["check", "measurement", "self_scan"])
def test_a_quiz_that_somebody_does_alone_is_only_named(
    lesson: LessonPage, teacher_client: Client, kind: str
) -> None:
    quiz = Quiz.objects.get(slug="kleine-quiz")
    edition = quiz.editions.get()
    edition.content["kind"] = kind
    type(edition).objects.filter(pk=edition.pk).update(content=edition.content)
    found = pages(teacher_client, BOARD)
    assert not any(page.select('[data-kind="question"], [data-kind="answer"]') for page in found)
    assert slides_with(found, "Deze quiz maak je alleen")


@pytest.mark.parametrize("cast", ["client", "learner_client"])
def test_a_learner_is_asked_to_sign_in(
    lesson: LessonPage, request: pytest.FixtureRequest, cast: str
) -> None:
    for path in ("", "1/", "1/notities/", "afdrukken/"):
        page = request.getfixturevalue(cast).get(f"{BOARD}{path}")
        assert page.status_code == 302, path
        assert page.headers["Location"].startswith("/account/login/?next=")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", ["1/", "1/notities/", "afdrukken/"])
def test_more_blocks_take_no_more_queries(
    lesson: LessonPage, teacher_client: Client, path: str
) -> None:
    teacher_client.get(f"{BOARD}{path}")
    before = queries_of(teacher_client, f"{BOARD}{path}")
    steps = lesson.steps.raw_data
    for step in steps:
        step["value"]["blocks"] = list(step["value"]["blocks"]) * 4
    lesson.steps = list(steps) * 3
    lesson.save()
    assert queries_of(teacher_client, f"{BOARD}{path}") <= before
    assert before <= 16


def test_the_board_is_light_or_dark_by_its_address_only(
    lesson: LessonPage, teacher_client: Client
) -> None:
    page = BeautifulSoup(teacher_client.get(f"{BOARD}1/?thema=donker").content, "html.parser")
    assert page.select_one(".board")["data-theme"] == "dark"
    assert page.select_one("[data-go]")["href"].endswith("/bord/2/?thema=donker")
    page = BeautifulSoup(teacher_client.get(f"{BOARD}1/?thema=x%22").content, "html.parser")
    assert not page.select_one(".board").has_attr("data-theme")
    assert "thema=x" not in str(page.select_one("[data-go]"))


def test_its_two_themes_have_the_colours_of_the_site() -> None:
    def colours(css: str) -> dict[str, str]:
        return dict(re.findall(r"(--doorzien-[\w-]+): ([^;]+);", css))

    folder = django_settings.SITE_DIR / "static" / "css"
    tokens = (folder / "tokens.css").read_text(encoding="utf-8")
    board = (folder / "board.css").read_text(encoding="utf-8").partition("@layer blocks")[0]
    light, dark = tokens.split("prefers-color-scheme: dark")
    dark = dark.partition("prefers-contrast")[0]
    board_light, board_dark = board.split('[data-theme="dark"]')[-2:]
    board_light = board_light.split('[data-theme="light"]')[-1]
    assert colours(board_dark) == colours(dark)
    known = colours(light)
    assert colours(board_light) == {name: known[name] for name in colours(dark)}
