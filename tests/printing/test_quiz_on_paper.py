from __future__ import annotations

from typing import Any

from django.test import Client

from quizzes.models import Quiz
from quizzes.question_types import QUESTION_TYPES
from tests.factories.quizzes import EVERY_TYPE
from tests.printing.documents import opened, roles, text_of


def test_everybody_may_print_the_questions_and_nobody_finds_the_key_in_them(
    quiz: Quiz, client: Client, django_assert_num_queries: Any
) -> None:
    page = client.get(f"/q/{quiz.slug}/papier.pdf")
    assert page.headers["Content-Disposition"] == f'inline; filename="quiz-{quiz.slug}.pdf"'
    text = text_of(page.content)
    for name, _make in EVERY_TYPE:
        assert f"Vraag {name}?" in text
    assert "Geheime" not in text
    assert roles(page.content) >= {"/H1", "/P"}
    assert opened(page.content).root_object["/Lang"] == "nl"


def test_the_answers_are_a_sheet_of_their_own_for_the_teacher(
    quiz: Quiz, teacher_client: Client, learner_client: Client
) -> None:
    text = text_of(teacher_client.get(f"/q/{quiz.slug}/papier/antwoorden.pdf").content)
    for name, make in EVERY_TYPE:
        if QUESTION_TYPES[make(name)["type"]].is_marked:
            assert f"Geheime toelichting {name}." in text
    assert learner_client.get(f"/q/{quiz.slug}/papier/antwoorden.pdf").status_code == 302


def test_a_quiz_that_is_not_online_is_not_printed(quiz: Quiz, client: Client) -> None:
    Quiz.objects.update(live=False)
    assert client.get(f"/q/{quiz.slug}/papier.pdf").status_code == 404
