"""The lesson as a browser may keep it, and the steps that come from there."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions import end_learner_cookies
from classrooms.actions import Joined, assign
from classrooms.models import Classroom
from lessons import rendering
from lessons.models import LessonPage
from progress.models import LessonProgress

pytestmark = pytest.mark.django_db
LESSON = "/lessen/klein-pakket/les-een/"
COPY = f"{LESSON}kopie/"


@pytest.fixture
def given(classroom: Classroom, lesson: LessonPage) -> LessonPage:
    now = timezone.now()
    assign(classroom=classroom, thing=lesson, due_on=None, note="", now=now, user=classroom.teacher)
    return lesson


def copy_of(client: Client) -> dict[str, Any]:
    response = client.get(COPY)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    return response.json()


def send_step(client: Client, joined: Joined, number: int = 1, **fields: Any) -> Any:
    sent = {"key": str(uuid4()), "learner_tag": joined.token.tag, **fields}
    return client.post(f"{LESSON}{number}/klaar/", sent, content_type="application/json")


def test_a_copy_holds_every_page_of_the_lesson_with_help_and_what_to_say_of_the_rest(
    client: Client, lesson: LessonPage
) -> None:
    told = copy_of(client)
    steps = [f"{LESSON}{number}/" for number in range(1, 5)]
    lesson_pages = [*steps, f"{LESSON}heel/", f"{LESSON}einde/"]
    assert set(told["pages"]) == {*lesson_pages, "/hulp/", "/zonder-internet/"}
    assert (told["lesson"], told["first"], told["missing"]) == (
        LESSON,
        steps[0],
        "/zonder-internet/",
    )
    assert "Sam krijgt een telefoon." in told["pages"][steps[1]]
    assert "Sam krijgt een telefoon." in told["pages"][f"{LESSON}heel/"]
    for path in lesson_pages:
        assert "Je leest zonder internet" in told["pages"][path]
    assert f'href="{LESSON}"' in told["pages"]["/zonder-internet/"]


def test_a_copy_is_the_same_whoever_asks_and_says_nothing_of_anybody(
    client: Client, learner_client: Client, teacher_client: Client, given: LessonPage
) -> None:
    learner_client.post(f"{LESSON}1/klaar/")
    assert "1 van 4 klaar" in learner_client.get(f"{LESSON}2/").content.decode()
    bodies = {each.get(COPY).content for each in (client, learner_client, teacher_client)}
    assert len(bodies) == 1
    text = bodies.pop().decode()
    for word in (
        "van 4 klaar",
        "(klaar)",
        'data-state=\\"done',
        "data-learner-tag",
        "teacher-note",
    ):
        assert word not in text, word
    assert "GEHEIM" not in text


def test_the_version_is_that_of_what_is_in_it(client: Client, lesson: LessonPage) -> None:
    first = copy_of(client)["version"]
    rendering.clear_memory()
    assert copy_of(client)["version"] == first, "each process makes the same"
    lesson.steps[1].value["title"] = "Anders"
    lesson.save_revision().publish()
    rendering.clear_memory()
    changed = copy_of(client)
    assert changed["version"] != first
    assert "Anders" in changed["pages"][f"{LESSON}2/"]
    client.cookies["language"] = "en"
    assert copy_of(client)["version"] not in {first, changed["version"]}


def test_a_page_says_it_to_who_was_given_the_lesson_and_to_nobody_else(
    client: Client,
    learner_client: Client,
    learner: Joined,
    teacher_client: Client,
    lesson: LessonPage,
    classroom: Classroom,
) -> None:
    paths = [f"{LESSON}1/", f"{LESSON}heel/", f"{LESSON}einde/"]
    for path in paths:
        for each in (client, learner_client, teacher_client):
            assert "offline-lesson" not in each.get(path).content.decode()
    assign(
        classroom=classroom,
        thing=lesson,
        due_on=None,
        note="",
        now=timezone.now(),
        user=classroom.teacher,
    )
    version = copy_of(client)["version"]
    for path in paths:
        text = learner_client.get(path).content.decode()
        assert f'data-version="{version}" data-learner-tag="{learner.token.tag}"' in text
        assert "offline-lesson" not in client.get(path).content.decode()


def test_a_copy_costs_no_query_and_saying_it_none_more(
    client: Client,
    learner_client: Client,
    given: LessonPage,
    django_assert_num_queries: DjangoAssertNumQueries,
    settings: Any,
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    copy_of(client)
    with django_assert_num_queries(0):
        copy_of(client)
    with django_assert_num_queries(1):
        assert "offline-lesson" in learner_client.get(f"{LESSON}1/").content.decode()


def test_a_copy_of_a_lesson_that_is_not_there_is_a_404(client: Client, lesson: LessonPage) -> None:
    assert client.get("/lessen/klein-pakket/geen/kopie/").status_code == 404


def test_a_step_that_waited_is_saved_once_and_named(
    learner_client: Client, learner: Joined, given: LessonPage
) -> None:
    key = str(uuid4())
    for _time in range(2):
        response = send_step(learner_client, learner, key=key)
        assert (response.status_code, response.json()) == (200, {"key": key})
    progress = LessonProgress.objects.get()
    assert progress.learner_id == learner.token.learner_id
    assert len(progress.finished_steps) == 1


def test_a_step_of_somebody_else_is_refused_and_nothing_is_saved(
    client: Client,
    classmate_client: Client,
    learner_client: Client,
    learner: Joined,
    given: LessonPage,
) -> None:
    """R-12: of the next pupil, of nobody, and of a cookie that was ended."""
    end_learner_cookies(token=learner.token)
    for each in (client, classmate_client, learner_client):
        response = send_step(each, learner)
        assert (response.status_code, response.json()) == (401, {"error": "not_yours"})
        assert "learner" not in response.cookies
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["[]", "{", '{"key": "x", "learner_tag": ""}', json.dumps({"learner_tag": "a"}),
     json.dumps({"key": str(uuid4()), "learner_tag": "a" * 33}), "x" * 20_001],
    ids=["list", "broken", "no-uuid", "no-key", "long-tag", "too-long"],
)  # fmt: skip
def test_what_no_queue_sends_is_refused(
    learner_client: Client, given: LessonPage, body: str
) -> None:
    response = learner_client.post(f"{LESSON}1/klaar/", body, content_type="application/json")
    assert (response.status_code, response.json()) == (400, {"error": "malformed"})
    assert not LessonProgress.objects.exists()
