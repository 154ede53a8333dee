"""Two drafts of a quiz beside each other, history, comments and locks: as on pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.actions import set_up_editing
from quizzes.models import Question, Quiz
from tests.conftest import signed_in
from tests.factories.quizzes import EVERY_TYPE, make_quiz, match, number, one_answer, set_body
from tests.quizzes.test_drafts import draft_of
from tests.quizzes.test_editing import edit_url, quiz_form

KINDS = (("een", one_answer), ("paren", match), ("getal", number))


@pytest.fixture
def three(db: Any) -> Quiz:
    return make_quiz(questions=[(name, make(name)) for name, make in KINDS])


def compared(client: Client, quiz: Quiz, questions: list[Question]) -> str:
    """The words of the screen that compares the published draft with one of these questions."""
    first = Quiz.objects.get(pk=quiz.pk).latest_revision
    draft = draft_of(quiz)
    draft.questions = questions
    second = draft.save_revision()
    address = reverse(
        "wagtailsnippets_quizzes_quiz:revisions_compare", args=[quiz.pk, first.pk, second.pk]
    )
    page = client.get(address).text
    table = page[page.index('<table class="listing') : page.index("</main>")]
    marked = table.replace('<span class="deletion">', "[-").replace('<span class="addition">', "[+")
    words = re.sub(r"<[^>]+>", " ", marked.replace("</span>", "]"))
    return " ".join(words.split())


def test_only_what_differs_is_shown_with_its_place_and_in_words(
    admin_client: Client, three: Quiz
) -> None:
    questions = list(draft_of(three).questions.all())
    body = one_answer("een")
    body["value"]["choices"][1]["value"]["text"] = "Heel anders"
    body["value"]["choices"][0]["value"]["is_right"] = True
    body["value"]["form"] = "labour"
    set_body(questions[0], body)
    told = compared(admin_client, three, questions)
    assert "Vraag 1" in told
    assert "Antwoorden 1, Is goed [-nee][+ja]" in told
    assert "Antwoorden 2, Antwoord [-Keuze een-b][+Heel anders]" in told
    assert "Vorm van uitbuiting [-alle vormen][+arbeidsuitbuiting]" in told
    assert "paren" not in told
    assert "None" not in told


def test_the_same_questions_are_no_difference(admin_client: Client, db: Any) -> None:
    quiz = make_quiz(questions=[(name, make(name)) for name, make in EVERY_TYPE])
    told = compared(admin_client, quiz, list(draft_of(quiz).questions.all()))
    assert "Vraag" not in told


def test_a_question_that_moved_is_said_to_have_moved(admin_client: Client, three: Quiz) -> None:
    first, second, third = draft_of(three).questions.all()
    for place, question in enumerate((third, first, second)):
        question.sort_order = place
    told = compared(admin_client, three, [third, first, second])
    assert "2 posities naar boven" in told


def test_a_question_that_was_added_or_deleted_is_shown_in_full(
    admin_client: Client, three: Quiz
) -> None:
    first, second, _third = draft_of(three).questions.all()
    added = Question(sort_order=2)
    set_body(added, one_answer("nieuw"))
    told = compared(admin_client, three, [first, second, added])
    assert "Vraag nieuw?" in told
    assert "Antwoorden 2, Is goed ja" in told
    assert "Vraag getal?" in told
    assert "Vraag een?" not in told


def test_an_earlier_draft_comes_back_with_its_questions_and_keys(
    admin_client: Client, three: Quiz
) -> None:
    before = Quiz.objects.get(pk=three.pk).latest_revision
    keys = [question.key for question in draft_of(three).questions.all()]
    draft = draft_of(three)
    draft.questions = [draft.questions.first()]
    draft.save_revision()
    address = reverse("wagtailsnippets_quizzes_quiz:revisions_revert", args=[three.pk, before.pk])
    assert admin_client.get(address).status_code == 200
    again = before.as_object()
    again.save_revision()
    assert [question.key for question in draft_of(three).questions.all()] == keys


def test_the_history_names_who_changed_what_and_leads_to_the_difference(
    admin_client: Client, three: Quiz
) -> None:
    quiz = make_quiz("klein", questions=[("een", one_answer("een"))])
    admin_client.post(edit_url(quiz), quiz_form(quiz, prompt="<p>Anders?</p>"))
    page = admin_client.get(reverse("wagtailsnippets_quizzes_quiz:history", args=[quiz.pk])).text
    assert "beheer@doorzien.example" in page
    assert "/compare/" in page


def test_a_locked_quiz_cannot_be_changed_by_another(admin_user: Any, editor: Any, db: Any) -> None:
    set_up_editing()
    quiz = make_quiz(questions=[("een", one_answer("een"))])
    quiz.locked, quiz.locked_by = True, admin_user
    quiz.save()
    answer = signed_in(editor).post(edit_url(quiz), quiz_form(quiz, prompt="<p>Stiekem?</p>"))
    assert answer.status_code == 200
    assert "Stiekem?" not in draft_of(quiz).questions.get().body[0].value["prompt"].source


def test_saving_by_itself_says_so_when_another_saved_since(admin_client: Client, db: Any) -> None:
    """Wagtail saves every half second; what it refuses then is no fault of ours."""
    quiz = make_quiz(questions=[("een", one_answer("een"))])
    fields = quiz_form(quiz, prompt="<p>Anders?</p>", loaded_revision_id="1")
    draft_of(quiz).save_revision()
    answer = admin_client.post(edit_url(quiz), fields, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
