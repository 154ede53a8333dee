"""The question bank: every question of every draft, to be found, looked at and copied."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from home.actions import set_up_editing
from quizzes.bank import entries_of, folded, plain, with_own_ids
from quizzes.bank_actions import LockedQuizError, copy_question
from quizzes.models import BankQuestion, Quiz
from tests.conftest import signed_in
from tests.factories.quizzes import EVERY_TYPE, make_quiz, one_answer, set_body, several_answers
from tests.quizzes.test_drafts import draft_of
from tests.quizzes.test_editing import edit_url, quiz_form

INDEX = "/beheer/vragenbank/"


def with_labels(name: str, **labels: str) -> dict[str, Any]:
    body = one_answer(name)
    body["value"] |= {"signal": labels.get("signal", ""), "form": labels.get("form", "all")}
    body["value"]["choices"][0]["value"]["belief"] = labels.get("belief", "")
    return body


@pytest.fixture
def writer_client(editor: Any) -> Client:
    set_up_editing()
    return signed_in(editor)


@pytest.fixture
def first(db: Any) -> Quiz:
    debt = with_labels("schuld", signal="Schuld", form="criminal", belief="eigen schuld")
    return make_quiz("eerste", title="Eerste", questions=[("schuld", debt)])


@pytest.fixture
def second(db: Any) -> Quiz:
    return make_quiz("tweede", title="Tweede", questions=[("meer", several_answers("meer"))])


def one(quiz: Quiz) -> BankQuestion:
    return BankQuestion.objects.get(quiz=quiz)


def prompts_in(page: str) -> set[str]:
    return {f"Vraag {name}?" for name in ("schuld", "meer") if f"Vraag {name}?" in page}


@pytest.mark.parametrize(
    ("source", "words"),
    [("<p>Eén  <b>vraag</b>&amp;</p>", "Eén vraag &"), ("", ""), ("<p></p>", "")],
)
def test_rich_text_is_found_by_its_words(source: str, words: str) -> None:
    assert plain(source) == words


def test_accents_and_capitals_do_not_matter_when_looking() -> None:
    assert folded(" Ideeën  Éérst ") == "ideeen eerst"


def test_a_copy_shares_no_id_with_what_it_was_made_of() -> None:
    before = [{**one_answer("een"), "id": "0"}]
    after = with_own_ids(before)
    ids = {entry["id"] for entry in before[0]["value"]["choices"]} | {"0"}
    assert not ids & {entry["id"] for entry in after[0]["value"]["choices"]}
    assert after[0]["value"]["choices"][1]["value"] == before[0]["value"]["choices"][1]["value"]


def test_every_kind_of_question_is_filed(db: Any) -> None:
    quiz = make_quiz()
    rows = list(BankQuestion.objects.filter(quiz=quiz))
    assert [row.kind for row in rows] == [make(name)["type"] for name, make in EVERY_TYPE]
    assert [row.prompt for row in rows] == [f"Vraag {name}?" for name, _make in EVERY_TYPE]
    assert [row.number for row in rows] == list(range(1, len(EVERY_TYPE) + 1))


def test_a_draft_without_a_kind_is_left_out() -> None:
    assert list(entries_of([{"key": "1", "body": ""}, {"key": "2", "body": "[]"}])) == []


def test_the_bank_follows_the_newest_draft(admin_client: Client, first: Quiz) -> None:
    admin_client.post(edit_url(first), quiz_form(first, prompt="<p>Anders gevraagd?</p>"))
    row = one(first)
    assert row.prompt == "Anders gevraagd?"
    assert row.key == first.questions.get().key
    gone = Quiz.objects.get(pk=first.pk).get_latest_revision_as_object()
    gone.questions = []
    gone.save_revision()
    assert not BankQuestion.objects.exists()


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("q=schuld", {"schuld"}),
        ("q=VRAAG+s%C4%87huld", {"schuld"}),
        ("q=xylofoon", set()),
        ("kind=several_answers", {"meer"}),
        ("form=criminal", {"schuld"}),
        ("signal=Schuld", {"schuld"}),
        ("belief=eigen+schuld", {"schuld"}),
        ("audience=young_people", {"schuld", "meer"}),
        ("audience=professionals", set()),
        ("language=en", set()),
        ("use=live", {"schuld"}),
        ("use=draft", {"meer"}),
        ("use=copied", set()),
        ("", {"schuld", "meer"}),
    ],
)
def test_questions_are_found_by_words_and_labels(
    writer_client: Client, first: Quiz, second: Quiz, wish: str, found: set[str]
) -> None:
    Quiz.objects.filter(pk=second.pk).update(live=False)
    page = writer_client.get(f"{INDEX}lijst/?{wish}").text
    assert prompts_in(page) == {f"Vraag {name}?" for name in found}


def test_the_list_costs_the_same_for_many_questions(
    writer_client: Client, django_assert_max_num_queries: Any, db: Any
) -> None:
    for number in range(4):
        make_quiz(f"quiz-{number}")
    with django_assert_max_num_queries(14):
        page = writer_client.get(INDEX).text
    assert "p=2" in page


def test_a_question_is_shown_with_its_key_and_where_it_stands(
    writer_client: Client, first: Quiz
) -> None:
    row = one(first)
    page = writer_client.get(f"{INDEX}{first.key}/{row.key}/").text
    assert "eigen schuld" in page
    assert "criminele uitbuiting" in page
    preview = writer_client.get(f"{INDEX}{first.key}/{row.key}/voorbeeld/")
    assert "Geheime toelichting schuld." in preview.text
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]


def test_an_unfinished_question_can_be_looked_at_too(writer_client: Client, first: Quiz) -> None:
    draft = draft_of(first)
    question = draft.questions.get()
    body = one_answer("schuld")
    body["value"]["choices"] = []
    set_body(question, body)
    draft.questions = [question]
    draft.save_revision(clean=False)
    page = writer_client.get(f"{INDEX}{first.key}/{question.key}/voorbeeld/")
    assert "nog niet af" in page.text


def test_a_copy_has_its_own_key_and_says_where_it_came_from(
    admin_client: Client, first: Quiz, second: Quiz
) -> None:
    row = one(first)
    address = f"{INDEX}{first.key}/{row.key}/kopieer/"
    answer = admin_client.post(address, {"into": second.pk})
    assert answer.headers["Location"] == edit_url(second)
    copied = draft_of(second).questions.last()
    assert copied.key != row.key
    assert (copied.copied_from, copied.copied_from_quiz) == (row.key, first.key)
    assert "Vraag schuld?" in copied.body[0].value["prompt"].source
    assert second.editions.count() == 1, "learners see nothing of a draft"
    assert BankQuestion.objects.copied().count() == 2
    page = admin_client.get(f"{INDEX}{first.key}/{row.key}/").text
    assert "Tweede" in page


def test_a_copy_of_a_copy_belongs_to_the_first(
    admin_user: Any, first: Quiz, second: Quiz, db: Any
) -> None:
    third = make_quiz("derde", questions=[("waar", one_answer("waar"))])
    copy_question(found=one(first), into=second, user=admin_user)
    copied = BankQuestion.objects.get(quiz=second, prompt="Vraag schuld?")
    copy_question(found=copied, into=third, user=admin_user)
    origins = set(BankQuestion.objects.filter(prompt="Vraag schuld?").values_list("origin"))
    assert origins == {(one(first).key,)}


def test_nothing_is_copied_into_a_locked_quiz(
    admin_user: Any, editor: Any, first: Quiz, second: Quiz
) -> None:
    second.locked, second.locked_by = True, admin_user
    second.save()
    with pytest.raises(LockedQuizError):
        copy_question(found=one(first), into=second, user=editor)
    assert draft_of(second).questions.count() == 1


def test_the_form_of_a_quiz_takes_in_a_question_with_new_ids(
    writer_client: Client, first: Quiz
) -> None:
    row = one(first)
    state = writer_client.get(f"{INDEX}{first.key}/{row.key}/blok/").json()
    assert state["type"] == "one_answer"
    assert (state["copiedFrom"], state["copiedFromQuiz"]) == (str(row.key), str(first.key))
    choices = state["value"]["choices"]
    assert [choice["value"]["text"] for choice in choices] == [
        f"Keuze schuld-{letter}" for letter in "abc"
    ]
    assert not {choice["id"] for choice in choices} & {
        choice["id"] for choice in row.body[0]["value"]["choices"]
    }


def test_the_choice_in_the_editor_is_searched_and_paged(
    writer_client: Client, first: Quiz, db: Any
) -> None:
    make_quiz()
    page = writer_client.get(f"{INDEX}kies/").text
    assert "Blad 1 van 2" in page
    assert prompts_in(writer_client.get(f"{INDEX}kies/?zoek=schuld").text) == {"Vraag schuld?"}
    assert prompts_in(writer_client.get(f"{INDEX}kies/?soort=match").text) == set()


@pytest.mark.parametrize("path", ["", "lijst/", "kies/", "{}", "{}voorbeeld/", "{}blok/"])
def test_only_who_may_change_quizzes_has_a_bank(
    teacher_client: Client, learner_client: Client, client: Client, first: Quiz, path: str
) -> None:
    address = INDEX + path.format(f"{first.key}/{one(first).key}/")
    for somebody in (teacher_client, learner_client, client):
        answer = somebody.get(address)
        assert answer.status_code in (302, 403)
        assert "Geheime" not in answer.text


def test_an_editor_who_may_not_change_quizzes_has_no_bank(
    editor: Any, writer_client: Client, first: Quiz
) -> None:
    editor.groups.first().permissions.remove(Permission.objects.get(codename="change_quiz"))
    assert writer_client.get(INDEX).status_code in (302, 403)
    assert "Vragenbank" not in writer_client.get("/beheer/").text
    copy = reverse("question_bank:copy", args=[first.key, one(first).key])
    assert writer_client.post(copy, {"into": first.pk}).status_code in (302, 403)
    assert draft_of(first).questions.count() == 1
