"""A lesson on one page, as plain forms: no script runs here."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from lessons.models import LessonPage
from progress.models import LessonProgress

pytestmark = pytest.mark.django_db
LESSON = "/lessen/klein-pakket/les-een/"
WHOLE = f"{LESSON}heel/"
STEPS = (1, 2, 3, 4)


def text_of(client: Client, path: str = WHOLE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def going_on(text: str, number: int) -> tuple[str, dict[str, str]]:
    """Where the form of a step sends, and what."""
    form = re.search(rf'action="([^"]+)" id="verder-{number}">(.*?)</form>', text, re.DOTALL)
    assert form
    hidden = re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form[2])
    return form[1], dict(hidden)


def test_every_step_stands_on_it_in_order(client: Client, lesson: LessonPage) -> None:
    text = text_of(client)
    places = [text.index(f'id="stap-{number}"') for number in STEPS]
    assert places == sorted(places)
    for part in ("Sam krijgt een telefoon.", "De Testlijn", "/q/kleine-quiz/?terug="):
        assert part in text
    assert "teacher-note" not in text
    assert '<meta name="robots" content="noindex">' in text
    assert f'href="{WHOLE}"' in text_of(client, f"{LESSON}2/")


def test_a_step_that_is_done_brings_to_the_next_on_the_same_page(
    client: Client, lesson: LessonPage
) -> None:
    action, fields = going_on(text_of(client), 1)
    response: Any = client.post(action, fields)
    assert response.headers["Location"] == f"{WHOLE}#stap-2"
    text = text_of(client)
    assert "1 van 4 klaar" in text
    assert text.count('data-state="done"') == 1
    assert text.index('data-accent="teal"') > text.index('id="stap-1"')
    assert '<a href="#stap-2">Ga verder bij stap 2</a>' in text
    # One place in the lesson, however it is read.
    assert client.get(LESSON).headers["Location"] == f"{LESSON}2/"
    assert "1 van 4 klaar" in text_of(client, f"{LESSON}2/")


def test_after_the_last_step_comes_the_end(client: Client, lesson: LessonPage) -> None:
    for number in STEPS:
        response: Any = client.post(*going_on(text_of(client), number))
    assert response.headers["Location"] == f"{LESSON}einde/"
    assert len(LessonProgress.objects.get().finished_steps) == 3  # the quiz is still open


def test_reading_it_stores_nothing(client: Client, lesson: LessonPage) -> None:
    assert not client.get(WHOLE).cookies
    assert not LessonProgress.objects.exists()


def test_it_takes_as_many_queries_as_one_step(
    client: Client, lesson: LessonPage, django_assert_num_queries: Any, settings: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    text_of(client)
    with django_assert_num_queries(0):
        text_of(client)
    client.post(f"{LESSON}1/klaar/")
    with django_assert_num_queries(1):
        text_of(client)


def test_a_lesson_that_is_not_there_is_a_404(client: Client, lesson: LessonPage) -> None:
    assert client.get("/lessen/klein-pakket/geen/heel/").status_code == 404
