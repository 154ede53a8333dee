"""A quiz to fill in with a pen, and its key for the teacher."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client

from quizzes.models import Quiz
from quizzes.question_types import QUESTION_TYPES
from tests.factories.quizzes import EVERY_TYPE


@pytest.mark.parametrize("name", QUESTION_TYPES)
def test_every_kind_of_question_can_be_printed(name: str) -> None:
    assert get_template(QUESTION_TYPES[name].print_template)


def test_nothing_is_kept_of_a_kind_that_is_gone() -> None:
    templates = Path(get_template("quizzes/print/one_answer.html").origin.name).parent
    whole = {path.stem for path in templates.glob("*.html") if not path.stem.startswith("_")}
    assert whole == set(QUESTION_TYPES)


@pytest.fixture
def paper(quiz: Quiz, teacher_client: Client) -> str:
    return teacher_client.get(f"/q/{quiz.slug}/papier/").text


def test_the_paper_has_every_question_and_not_a_word_of_the_key(paper: str) -> None:
    for name, _make in EVERY_TYPE:
        assert f"Vraag {name}?" in paper
    assert "Geheime" not in paper


def test_the_paper_has_room_for_every_kind_of_answer(paper: str) -> None:
    for place in ("circle", "box", "blank", "line", "scale", "options", "phrase", "scene"):
        assert f'class="paper__{place}"' in paper
    assert "Veilig Thuis" not in paper.partition("Vraag kort?")[2].partition("Vraag getal?")[0]


def test_the_key_stands_on_a_sheet_of_its_own(quiz: Quiz, teacher_client: Client) -> None:
    page = teacher_client.get(f"/q/{quiz.slug}/papier/antwoorden/").text
    questions, key = page.split('class="paper__key"')
    assert "Geheime" not in questions
    for name, make in EVERY_TYPE:
        if QUESTION_TYPES[make(name)["type"]].is_marked:
            assert f"Geheime toelichting {name}." in key


def test_learners_and_strangers_are_kept_out(
    quiz: Quiz, learner_client: Client, client: Client, db: Any
) -> None:
    for somebody in (learner_client, client):
        for address in ("papier/", "papier/antwoorden/"):
            assert somebody.get(f"/q/{quiz.slug}/{address}").status_code == 302


def test_a_quiz_that_is_not_online_has_no_paper(quiz: Quiz, teacher_client: Client) -> None:
    Quiz.objects.update(live=False)
    assert teacher_client.get(f"/q/{quiz.slug}/papier/").status_code == 404


def test_what_is_printed_is_what_learners_see_now(
    quiz: Quiz, teacher_client: Client, django_assert_max_num_queries: Any
) -> None:
    question = quiz.questions.first()
    question.body[0].value["prompt"].source = "<p>Alleen in het concept?</p>"
    quiz.save_revision()
    with django_assert_max_num_queries(8):
        page = teacher_client.get(f"/q/{quiz.slug}/papier/").text
    assert "Alleen in het concept?" not in page
