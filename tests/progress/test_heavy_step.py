"""A step that may touch somebody: first a notice, then reading on or skipping, both for nothing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from lessons.models import LessonPage
from progress.models import LessonProgress

pytestmark = pytest.mark.django_db
LESSON = "/lessen/klein-pakket/les-een/"
NOTICE = "Dit gaat over dreigen. Dat kan je raken."
QUIZ_STEP = 3


def make_heavy(lesson: LessonPage, number: int) -> str:
    """Publishes the lesson with this step heavy; the id of the step."""
    steps: list[dict[str, Any]] = json.loads(json.dumps(list(lesson.steps.raw_data)))
    steps[number - 1]["value"]["heavy_notice"] = NOTICE
    lesson.steps = json.dumps(steps)
    lesson.save_revision().publish()
    return str(steps[number - 1]["id"])


def page_of(client: Client, path: str) -> str:
    response = client.get(f"{LESSON}{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_learner_reads_the_notice_before_the_step(client: Client, lesson: LessonPage) -> None:
    make_heavy(lesson, 2)
    text = page_of(client, "2/")
    folded = text.index('<details class="heavy-notice__more">')
    assert text.index(NOTICE) < folded < text.index("Sam krijgt een telefoon.")
    assert "Lees verder" in text
    for other in ("1/", "3/", "4/"):
        assert "heavy-notice" not in page_of(client, other)


def test_skipping_is_the_form_that_goes_on(client: Client, lesson: LessonPage) -> None:
    step_id = make_heavy(lesson, 2)
    text = page_of(client, "2/")
    button = re.search(r'<button [^>]*form="([^"]+)">Sla over</button>', text)
    assert button
    assert f'method="post" action="{LESSON}2/klaar/" id="{button[1]}"' in text
    response = client.post(f"{LESSON}2/klaar/")
    assert response.headers["Location"] == f"{LESSON}3/"
    assert LessonProgress.objects.get().finished_steps == [step_id]


def test_nobody_owes_the_quiz_of_a_heavy_step(client: Client, lesson: LessonPage) -> None:
    make_heavy(lesson, QUIZ_STEP)
    for number in (1, 2, 3, 4):
        client.post(f"{LESSON}{number}/klaar/")
    assert LessonProgress.objects.get().completed_at is not None
    assert "Goed gedaan. Je bent klaar." in page_of(client, "einde/")


def test_a_teacher_reads_the_step_and_the_notice_unfolded(
    teacher_client: Client, lesson: LessonPage
) -> None:
    make_heavy(lesson, 2)
    text = page_of(teacher_client, "handleiding/")
    assert text.index(NOTICE) < text.index("Sam krijgt een telefoon.")
    assert "Ze mogen de stap overslaan." in text
    assert "heavy-notice__more" not in text
    assert "Sla over" not in text


def test_the_notice_is_not_on_the_board_but_in_the_notes(
    teacher_client: Client, lesson: LessonPage
) -> None:
    make_heavy(lesson, 1)
    assert NOTICE in page_of(teacher_client, "bord/1/notities/")
    assert NOTICE not in page_of(teacher_client, "bord/1/")
