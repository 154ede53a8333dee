"""A class in which some read Dutch and others English is one class."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classrooms.actions import Joined, assign
from classrooms.models import Assignment, Classroom
from lessons.models import LessonPackagePage
from progress.models import LessonProgress
from quizzes.models import Attempt, Edition, Quiz
from reports.columns import clear_memory
from reports.queries import classroom_head
from reports.understanding import class_understanding
from tests.conftest import browser, signed_in
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.languages import load_bilingual, reading

pytestmark = pytest.mark.django_db

LESSON = "/lessen/klein-pakket/les-een/"
QUIZ = "/q/kleine-quiz/"
KEY = "11111111-0000-4000-8000-000000000{}"
# Question, a choice that is wrong or right, and the reason where one is asked.
ANSWERS = [
    ("501", ["512"], None),
    ("502", ["521", "522"], None),
    ("503", ["false"], "531"),
]


@pytest.fixture(autouse=True)
def _fresh_columns() -> None:
    clear_memory()


@pytest.fixture
def classroom(teacher: User, tmp_path: Path) -> Classroom:
    load_bilingual(tmp_path)
    return make_classroom(teacher=teacher)


@pytest.fixture
def package(classroom: Classroom, teacher: User) -> LessonPackagePage:
    package = LessonPackagePage.objects.get(locale__language_code=django_settings.LANGUAGE_CODE)
    assign(classroom=classroom, user=teacher, thing=package, now=timezone.now())
    return package


def pupil(classroom: Classroom, language: str) -> tuple[Joined, Client]:
    joined = enrol(classroom)
    return joined, reading(language, sign_in_learner(browser(), joined))


def edition_on(page: str) -> int:
    return int(re.search(r'data-edition="(\d+)"', page)[1])


def answer(client: Client, joined: Joined, edition: int, attempt: str, place: int):
    question, choice, reason = ANSWERS[place]
    known = [one if one == "false" else KEY.format(one) for one in choice]
    sent = {
        "attempt": attempt,
        "edition": edition,
        "question": KEY.format(question),
        "key": str(uuid4()),
        "choice": known,
        "reason": KEY.format(reason) if reason else None,
        "learner_tag": joined.token.tag,
    }
    return client.post(f"{QUIZ}antwoord/", json.dumps(sent), content_type="application/json")


def do_quiz(joined: Joined, client: Client) -> str:
    attempt = str(uuid4())
    edition = edition_on(client.get(QUIZ).text)
    for place in range(len(ANSWERS)):
        assert answer(client, joined, edition, attempt, place).status_code == 200
    return attempt


def test_they_are_counted_together(classroom: Classroom, package, teacher: User, settings) -> None:
    settings.REPORT_MINIMUM_GROUP = 2
    languages = ["nl", "en", "en"]
    for language in languages:
        do_quiz(*pupil(classroom, language))
    quiz = Quiz.objects.get(locale__language_code="nl")
    assert {attempt.quiz_id for attempt in Attempt.objects.all()} == {quiz.pk}
    assert {attempt.edition.content["language"] for attempt in Attempt.objects.all()} == {
        "nl",
        "en",
    }
    overview = class_understanding(classroom_head(teacher, classroom.public_id))
    hardest = overview.questions[0]
    assert hardest.prompt == "Wie mag je bellen?"  # as it was written, for the teacher
    assert hardest.right_percent == 0
    matrix = signed_in(teacher).get(reverse("reports:classroom", args=[classroom.public_id])).text
    assert matrix.count("Kleine quiz") >= 1
    assert "Little quiz" not in matrix


def test_progress_is_of_the_lesson_whatever_the_language(classroom: Classroom, package) -> None:
    joined, client = pupil(classroom, "en")
    client.post(f"{LESSON}1/klaar/", follow=True)
    client.post(reverse("progress:finish_step", args=["klein-pakket", "les-een", 2]))
    reading("nl", client)
    client.post(reverse("progress:finish_step", args=["klein-pakket", "les-een", 1]))
    do_quiz(joined, reading("en", client))
    progress = LessonProgress.objects.get()
    assert str(progress.lesson_key) == KEY.format("002")
    assert len(progress.finished_steps) == 3


def test_a_lesson_that_waits_for_the_teacher_waits_in_every_language(classroom, package) -> None:
    Assignment.objects.update(waits_for_preparation=True)
    for language in ("nl", "en"):
        _joined, client = pupil(classroom, language)
        page = client.get(f"{LESSON}1/").text
        assert 'class="lesson__nav"' not in page
    Assignment.objects.update(waits_for_preparation=False)
    assert 'class="lesson__nav"' in client.get(f"{LESSON}1/").text


def test_their_own_page_lists_the_task_once_in_their_language(classroom, package) -> None:
    _joined, client = pupil(classroom, "en")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/mijn/").text
    assert page.count(f'href="{LESSON}"') == 1
    assert "Lesson one" in page
    assert "Les een" not in page
    assert len(queries) <= 4


def test_who_changes_language_midway_goes_on_in_the_words_that_they_began_with(
    classroom: Classroom, package
) -> None:
    joined, client = pupil(classroom, "nl")
    attempt = str(uuid4())
    dutch = edition_on(client.get(QUIZ).text)
    answer(client, joined, dutch, attempt, 0)
    reading("en", client)
    page = client.get(QUIZ).text
    assert "Wat kun je zien?" in page
    assert "You began in another language: Dutch." in page
    for place in (1, 2):
        assert answer(client, joined, edition_on(page), attempt, place).status_code == 200
    one = Attempt.objects.get()
    assert one.submitted_at is not None
    assert one.edition.number == dutch
    again = client.post(f"{QUIZ}opnieuw/").text
    assert "Little quiz" in again
    assert "You began" not in again


def test_an_answer_to_a_translation_takes_as_many_statements(
    classroom: Classroom, settings
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    joined, client = pupil(classroom, "en")
    attempt = str(uuid4())
    edition = edition_on(client.get(QUIZ).text)
    answer(client, joined, edition, attempt, 0)
    with CaptureQueriesContext(connection) as queries:
        assert answer(client, joined, edition, attempt, 1).status_code == 200
    own = [one for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(own) <= 2


def test_editions_of_all_languages_are_numbered_together(classroom: Classroom) -> None:
    translation = Quiz.objects.get(locale__language_code="en")
    translation.title = "Tiny quiz"
    translation.save_revision().publish()
    numbers = Edition.objects.order_by("number").values_list("number", "content__language")
    assert list(numbers) == [(1, "nl"), (2, "en"), (3, "en")]
