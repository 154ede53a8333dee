"""Packages in more languages: how they are brought in, and which one a reader sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision

from home.actions import add_missing_texts, set_up_site, starter_texts
from home.models import HomePage
from lessons.actions import load_package
from lessons.models import LessonPackagePage, LessonPage, QuizInStep
from lessons.package_files import PackageError
from quizzes.models import Edition, Quiz
from tests.factories.languages import load_bilingual, make_bilingual, reading
from tests.factories.lessons import load_small_package

pytestmark = pytest.mark.django_db

PACKAGE = "/lessen/klein-pakket/"
STEP = f"{PACKAGE}les-een/1/"
QUIZ = "/q/kleine-quiz/"


@pytest.fixture(autouse=True)
def _look_at_once(settings) -> None:
    """Whatever is published is seen by the next request."""
    settings.LESSON_RECHECK_SECONDS = 0


@pytest.fixture
def english(tmp_path: Path) -> Client:
    set_up_site(hostname="testserver")
    load_bilingual(tmp_path)
    return reading("en")


@pytest.mark.parametrize(
    ("address", "dutch", "translated"),
    [
        ("/lessen/", "Klein pakket", "Little package"),
        (PACKAGE, "Klein pakket", "Little package"),
        (STEP, "Les een", "Lesson one"),
        (QUIZ, "Kleine quiz", "Little quiz"),
    ],
)
def test_one_address_is_read_in_the_language_that_was_chosen(
    english: Client, client: Client, address: str, dutch: str, translated: str
) -> None:
    page = english.get(address).text
    assert translated in page
    assert dutch not in page
    assert "not in your language yet" not in page
    assert dutch in client.get(address).text


@pytest.mark.parametrize("address", [PACKAGE, STEP, QUIZ])
def test_what_was_not_translated_is_shown_as_it_was_written_and_says_so(
    english: Client, address: str
) -> None:
    page = reading("ar").get(address).text
    assert 'lang="nl" dir="ltr"' in page
    assert "هذا غير متوفر بلغتك بعد" in page


def test_a_package_is_listed_once_and_found_by_its_words_in_each_language(english: Client) -> None:
    assert english.get("/lessen/").text.count('class="package-card"') == 1
    assert "<mark>Little</mark> package" in english.get("/lessen/?zoek=little&taal=en").text
    assert "<mark>Klein</mark> pakket" in reading("nl").get("/lessen/?zoek=klein&taal=en").text
    assert "Little package" not in english.get("/lessen/?taal=ar").text


def test_what_is_offline_is_offline_in_every_language(english: Client) -> None:
    source = {"locale__language_code": settings.LANGUAGE_CODE}
    LessonPage.objects.get(**source).unpublish()
    assert english.get(STEP).status_code == 404
    Quiz.objects.get(**source).unpublish()
    assert english.get(QUIZ).status_code == 404
    LessonPackagePage.objects.get(**source).unpublish()
    assert english.get(PACKAGE).status_code == 404


def test_a_translation_that_was_taken_offline_gives_the_original(english: Client) -> None:
    LessonPage.objects.get(locale__language_code="en").unpublish()
    Quiz.objects.get(locale__language_code="en").unpublish()
    assert "Les een" in english.get(STEP).text
    assert "Kleine quiz" in english.get(QUIZ).text


def test_a_page_of_text_that_was_not_translated_is_found_in_every_language(
    english: Client,
) -> None:
    home = HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    add_missing_texts(home=home, texts=starter_texts())
    assert english.get("/over/").status_code == 200


def test_a_search_engine_finds_each_address_once(english: Client) -> None:
    places = english.get("/sitemap.xml").text.count("/lessen/klein-pakket/</loc>")
    assert places == 1


def test_a_second_load_writes_nothing(tmp_path: Path) -> None:
    folder = make_bilingual(tmp_path)
    load_small_package(folder)
    before = [model.objects.count() for model in (Page, Revision, Edition, Quiz)]
    load_package(folder=folder)
    assert [model.objects.count() for model in (Page, Revision, Edition, Quiz)] == before


def test_what_an_editor_changed_in_a_translation_is_left_alone(tmp_path: Path) -> None:
    folder = make_bilingual(tmp_path)
    load_small_package(folder)
    lesson = LessonPage.objects.get(locale__language_code="en")
    lesson.title = "Mine"
    lesson.save_revision().publish()
    path = folder / "en" / "les-een.lesson.yaml"
    path.write_text(path.read_text("utf-8").replace("Lesson one", "Lesson 1"), "utf-8")
    said: list[str] = []
    load_package(folder=folder, tell=said.append)
    assert LessonPage.objects.get(locale__language_code="en").title == "Mine"
    assert any("en/les-een" in line and "left alone" in line for line in said)
    load_package(folder=folder, overwrite=True)
    assert LessonPage.objects.get(locale__language_code="en").title == "Lesson 1"


def test_a_language_may_have_less_than_the_whole(tmp_path: Path) -> None:
    folder = make_bilingual(tmp_path)
    (folder / "en" / "kleine-quiz.quiz.yaml").unlink()
    path = folder / "en" / "package.yaml"
    text = path.read_text("utf-8").replace("quizzes:\n  - kleine-quiz\n", "quizzes: []\n")
    path.write_text(text, "utf-8")
    load_small_package(folder)
    page = reading("en").get(STEP).text
    assert "Lesson one" in page
    assert "Kleine quiz" in reading("en").get(QUIZ).text


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("les-een.lesson.yaml", "00000000011", "00000000099"),
        ("kleine-quiz.quiz.yaml", "00000000512", "00000000599"),
        ("package.yaml", "language: en", "language: ar"),
        ("les-een.lesson.yaml", "    blocks:\n", "    heavy_notice: About threats.\n    blocks:\n"),
    ],
)
def test_what_is_no_translation_is_named_and_nothing_is_loaded(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    folder = make_bilingual(tmp_path)
    path = folder / "en" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PackageError, match=f"en/{file}"):
        load_small_package(folder)
    assert not LessonPackagePage.objects.exists()


def test_steps_hold_quizzes_in_the_original_only(english: Client) -> None:
    held = QuizInStep.objects.values_list(
        "lesson__locale__language_code", "quiz__locale__language_code"
    )
    assert set(held) == {(settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)}


def test_a_translated_step_takes_no_query_when_warm(english: Client, settings) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    english.get(STEP)
    with CaptureQueriesContext(connection) as queries:
        assert "Lesson one" in english.get(STEP).text
    assert len(queries) == 0
