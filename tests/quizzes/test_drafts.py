"""An unfinished quiz can be saved and looked at; it cannot be published."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from home.actions import set_up_editing
from quizzes.models import Question, Quiz
from quizzes.previews import PREVIEW_MODES
from quizzes.problems import problems_of, sentences_about
from quizzes.question_types import QUESTION_TYPES
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.quizzes import EVERY_TYPE, choice, make_quiz, one_answer, set_body
from tests.quizzes.test_editing import edit_url, quiz_form

PUBLISH = {"action-publish": "action-publish"}
OF_QUESTIONS = [mode for mode, _label in PREVIEW_MODES if mode != "result"]


@pytest.fixture
def small_quiz(db: Any) -> Quiz:
    return make_quiz(questions=[("een", one_answer("een"))])


def draft_of(quiz: Quiz) -> Quiz:
    return Quiz.objects.get(pk=quiz.pk).get_latest_revision_as_object()


def blank(name: str) -> dict[str, Any]:
    """A question of this kind as it is when an editor has just added it."""
    block = QUESTION_TYPES[name].block()
    return {"type": name, "value": block.get_prep_value(block.get_default())}


def blank_quiz(name: str) -> Quiz:
    quiz = make_quiz(questions=[("een", one_answer("een"))], publish=False)
    question = quiz.questions.first()
    set_body(question, blank(name))
    quiz.questions = [question]
    return quiz


def test_a_draft_without_a_right_answer_is_saved(admin_client: Client, small_quiz: Quiz) -> None:
    response = admin_client.post(edit_url(small_quiz), quiz_form(small_quiz, prompt="", right=9))
    assert response.status_code == 302
    assert sentences_about(draft_of(small_quiz)) == [
        "Vraag 1, Vraag: Dit is een verplicht veld.",
    ]


def test_publishing_says_which_question_has_no_right_answer_and_links_to_it(
    admin_client: Client, small_quiz: Quiz
) -> None:
    fields = quiz_form(small_quiz, prompt="<p>Wie?</p>", right=9, **PUBLISH)
    page = admin_client.post(edit_url(small_quiz), fields).text
    assert "Vraag 1 heeft geen goed antwoord." in page
    assert 'href="#inline_child_questions-0"' in page
    assert small_quiz.editions.count() == 1


def test_the_sentence_counts_as_the_screen_does(admin_client: Client, db: Any) -> None:
    """Questions are numbered in the order that they were moved to."""
    quiz = make_quiz(questions=[("een", one_answer("een")), ("twee", one_answer("twee"))])
    fields = quiz_form(quiz, prompt="<p>Wie?</p>", right=9, **PUBLISH)
    second = quiz.questions.last()
    moved = {
        name.replace("questions-0-", "questions-1-"): value
        for name, value in quiz_form(quiz, prompt="<p>Wie?</p>", right=1).items()
        if name.startswith("questions-0-")
    }
    fields |= moved | {
        "questions-TOTAL_FORMS": 2,
        "questions-INITIAL_FORMS": 2,
        "questions-1-id": second.pk,
        "questions-0-ORDER": "2",
        "questions-1-ORDER": "1",
    }
    page = admin_client.post(edit_url(quiz), fields).text
    assert "Vraag 2 heeft geen goed antwoord." in page


def test_what_is_open_is_named_with_its_place(small_quiz: Quiz) -> None:
    question = small_quiz.questions.get()
    body = one_answer("een")
    body["value"]["choices"][2]["value"]["feedback"] = ""
    set_body(question, body)
    assert [str(problem) for problem in problems_of(question.body)] == [
        "Antwoorden 3, Uitleg bij dit antwoord: Dit is een verplicht veld."
    ]


def test_two_right_answers_are_too_many(small_quiz: Quiz) -> None:
    question = small_quiz.questions.get()
    body = one_answer("een")
    body["value"]["choices"][0] = choice("een-a", right=True)
    set_body(question, body)
    [problem] = problems_of(question.body)
    assert problem.in_question(4) == "Vraag 4 heeft te veel goede antwoorden. Kies er één."


def test_a_choice_in_which_nothing_was_typed_is_not_kept(
    admin_client: Client, small_quiz: Quiz
) -> None:
    fields = quiz_form(small_quiz, prompt="<p>Wie?</p>", **PUBLISH)
    place = "questions-0-body-0-value-choices"
    fields |= {
        f"{place}-count": "4",
        f"{place}-3-id": "4f2d5a1e-6c1b-4a52-9a53-1cf61f7a9a10",
        f"{place}-3-order": "3",
        f"{place}-3-deleted": "",
        f"{place}-3-type": "",
        f"{place}-3-value-text": " ",
        f"{place}-3-value-feedback": "",
    }
    assert admin_client.post(edit_url(small_quiz), fields).status_code == 302
    assert len(draft_of(small_quiz).questions.get().body[0].value["choices"]) == 3


@pytest.mark.parametrize("name", QUESTION_TYPES)
@pytest.mark.parametrize("mode", OF_QUESTIONS)
def test_a_preview_of_a_question_that_was_only_just_added_says_what_is_open(
    db: Any, name: str, mode: str
) -> None:
    page = blank_quiz(name).make_preview_request(preview_mode=mode)
    assert page.status_code == 200
    assert "Vraag 1 is nog niet af." in page.text


@pytest.mark.parametrize("mode", OF_QUESTIONS)
def test_a_question_without_a_kind_does_not_break_a_preview(db: Any, mode: str) -> None:
    quiz = blank_quiz("one_answer")
    quiz.questions = [Question(body=[], sort_order=0)]
    assert "Vraag 1 is nog niet af." in quiz.make_preview_request(preview_mode=mode).text


@pytest.mark.parametrize("bands", ["written", "none"])
def test_a_preview_of_the_results_does_not_break_on_a_draft(db: Any, bands: str) -> None:
    quiz = blank_quiz("one_answer")
    if bands == "none":
        quiz.bands = []
    page = quiz.make_preview_request(preview_mode="result")
    assert page.status_code == 200
    assert ("Er is nog geen uitslag geschreven." in page.text) == (bands == "none")


@pytest.mark.parametrize(("name", "make"), EVERY_TYPE)
def test_a_finished_question_has_nothing_open(db: Any, name: str, make: Any) -> None:
    quiz = make_quiz(questions=[(name, make(name))], publish=False)
    assert sentences_about(quiz) == []


def test_a_reviewer_cannot_approve_what_was_unfinished_since(editor: Any, small_quiz: Quiz) -> None:
    """Wagtail publishes the newest draft then, whatever was handed in."""
    set_up_editing()
    writer = signed_in(editor)
    asked = quiz_form(small_quiz, prompt="<p>Ingeleverd?</p>", **{"action-submit": "action-submit"})
    assert writer.post(edit_url(small_quiz), asked).status_code == 302
    moderator = UserFactory(email="eind@doorzien.example")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    reviewer = signed_in(moderator)
    draft = quiz_form(small_quiz, prompt="<p>Nog bezig?</p>", right=9)
    assert reviewer.post(edit_url(small_quiz), draft).status_code == 302
    task = WorkflowState.objects.get().current_task_state
    approve = reverse(
        "wagtailsnippets_quizzes_quiz:workflow_action", args=[small_quiz.pk, "approve", task.pk]
    )
    told = reviewer.post(approve, {"comment": ""}, follow=True).text
    assert "Vraag 1 heeft geen goed antwoord." in told
    assert small_quiz.editions.count() == 1
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    reviewer.post(edit_url(small_quiz), quiz_form(small_quiz, prompt="<p>Af?</p>"))
    what_changes = reviewer.post(approve, {"comment": ""}).url
    reviewer.post(what_changes, {"kind": "edition"})
    newest = small_quiz.editions.newest().first()
    assert "Af?" in newest.content["questions"][0]["prompt"]


def test_an_unfinished_quiz_cannot_be_handed_in(editor: Any, small_quiz: Quiz) -> None:
    set_up_editing()
    fields = quiz_form(
        small_quiz, prompt="<p>Wie?</p>", right=9, **{"action-submit": "action-submit"}
    )
    page = signed_in(editor).post(edit_url(small_quiz), fields).text
    assert "Vraag 1 heeft geen goed antwoord." in page
    assert not WorkflowState.objects.exists()


def test_a_new_question_keeps_its_key_through_drafts_and_publishing(
    admin_client: Client, small_quiz: Quiz
) -> None:
    """Answers are found by it, and the form is all that a draft has to go by."""
    key = "0b7a7a52-54c0-4d86-b8e5-5f0f4f7f7c11"
    added = {
        name.replace("questions-0-", "questions-1-"): value
        for name, value in quiz_form(small_quiz, prompt="<p>Nieuw?</p>").items()
        if name.startswith("questions-0-")
    }
    added |= {"questions-TOTAL_FORMS": 2, "questions-1-id": "", "questions-1-key": key}
    fields = quiz_form(small_quiz, prompt="<p>Wie?</p>") | added
    for action in ({}, {}, PUBLISH, {}):
        assert admin_client.post(edit_url(small_quiz), fields | action).status_code in (302, 200)
        assert str(draft_of(small_quiz).questions.last().key) == key


def test_the_key_of_a_question_that_exists_cannot_be_changed(
    admin_client: Client, small_quiz: Quiz
) -> None:
    before = small_quiz.questions.get().key
    fields = quiz_form(small_quiz, prompt="<p>Wie?</p>")
    fields["questions-0-key"] = "0b7a7a52-54c0-4d86-b8e5-5f0f4f7f7c11"
    admin_client.post(edit_url(small_quiz), fields)
    assert draft_of(small_quiz).questions.get().key == before
