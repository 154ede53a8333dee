"""An editor of a translation sees what changed in the original since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from lessons.models import LessonPage
from quizzes.models import Quiz
from quizzes.publishing import publish_edition
from tests.factories.languages import load_bilingual

pytestmark = pytest.mark.django_db
NOTE = "Het origineel is veranderd sinds deze vertaling."


@pytest.fixture
def desk(admin_client: Client, tmp_path: Path) -> Client:
    load_bilingual(tmp_path)
    return admin_client


def in_language(model, code: str):
    return model.objects.get(locale__language_code=code)


def edit_url(lesson: LessonPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def quiz_url(name: str, quiz: Quiz) -> str:
    return reverse(Quiz.snippet_viewset.get_url_name(name), args=[quiz.pk])


def test_a_changed_step_is_named_until_the_translation_is_published_again(desk: Client) -> None:
    dutch, english = in_language(LessonPage, "nl"), in_language(LessonPage, "en")
    assert NOTE not in desk.get(edit_url(english)).text
    steps = list(dutch.steps.raw_data)
    steps[1]["value"]["title"] = "Samen praten"
    dutch.steps = json.dumps(steps)
    dutch.save_revision().publish()
    page = desk.get(edit_url(english)).text
    assert NOTE in page
    assert "Stap 2: Samen praten" in page
    assert "Stap 1:" not in page
    assert NOTE not in desk.get(edit_url(dutch)).text
    english.save_revision().publish()
    assert NOTE not in desk.get(edit_url(english)).text


def change_prompt(quiz: Quiz, *, as_correction: bool) -> None:
    question = quiz.questions.first()
    body = list(question.body.raw_data)
    body[0]["value"]["prompt"] = "<p>Wie kun je altijd bellen?</p>"
    question.body = json.dumps(body)
    quiz.questions = [question, *quiz.questions.all()[1:]]
    revision = quiz.save_revision()
    publish_edition(quiz=quiz, as_correction=as_correction)
    revision.publish()


@pytest.mark.parametrize("as_correction", [False, True])
def test_what_is_otherwise_in_a_quiz_is_shown_and_corrected_spelling_is_not(
    desk: Client, *, as_correction: bool
) -> None:
    english = in_language(Quiz, "en")
    assert NOTE not in desk.get(quiz_url("edit", english)).text
    change_prompt(in_language(Quiz, "nl"), as_correction=as_correction)
    assert (NOTE in desk.get(quiz_url("edit", english)).text) is not as_correction
    editions = desk.get(quiz_url("editions", english)).text
    assert ("Wie kun je altijd bellen?" in editions) is not as_correction
