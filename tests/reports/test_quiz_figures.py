"""How all learners do on a quiz: for who writes it, and never about one of them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.actions import create_learner
from accounts.cookies import LearnerToken
from accounts.models import User
from home.actions import set_up_editing
from quizzes.actions import save_answer
from quizzes.models import Quiz
from quizzes.publishing import publish_edition
from quizzes.queries import newest_edition
from reports.quiz_figures import QuizFigures, quiz_figures
from tests.conftest import signed_in
from tests.factories.quizzes import (
    key,
    make_quiz,
    one_answer,
    opinion,
    set_body,
    spot_signals,
)

pytestmark = pytest.mark.django_db
BELIEF = "eigen schuld"


def with_belief(name: str, **more: Any) -> dict[str, Any]:
    body = one_answer(name)
    body["value"]["choices"][0]["value"]["belief"] = BELIEF
    body["value"] |= more
    return body


@pytest.fixture
def quiz() -> Quiz:
    return make_quiz(
        "cijfers",
        questions=[
            ("een", with_belief("een", form="criminal", signal="Snel geld")),
            ("twee", with_belief("twee")),
            ("drie", opinion("drie")),
        ],
    )


class Person:
    """Somebody without a class."""

    def __init__(self) -> None:
        learner = create_learner()
        self.token = LearnerToken(learner.pk, learner.epoch)

    def does(self, quiz: Quiz, answers: Mapping[str, str], *, sure: str = "") -> None:
        """Answers these questions: of each the last part of the key of a choice, or a place."""
        edition, attempt = newest_edition(quiz.slug), uuid4()
        for name, letter in answers.items():
            choice = letter if letter.isdigit() else key(f"{name}-{letter}")
            save_answer(
                token=self.token,
                edition=edition,
                attempt_key=attempt,
                question_key=key(f"{quiz.slug}-{name}"),
                answer_key=uuid4(),
                sent={"choice": [choice], "sure": sure},
                learner_tag=self.token.tag,
                now=timezone.now(),
            )


def many_do(
    quiz: Quiz, letters: str, *, second: str = "b", third: str = "", sure: str = ""
) -> None:
    """One learner per letter: what they answer to the first question."""
    for letter in letters:
        answers = {"een": letter, "twee": second} | ({"drie": third} if third else {})
        Person().does(quiz, answers, sure=sure)


def figures(quiz: Quiz) -> QuizFigures:
    return quiz_figures(Quiz.objects.get(pk=quiz.pk))


def test_shares_go_in_steps_and_wrong_choices_say_what_is_behind_them(quiz: Quiz) -> None:
    many_do(quiz, "aaaabbbbbbbcc")  # 13
    found = figures(quiz)
    assert found.learner_count == 10
    first = found.questions[0]
    assert (first.number, first.prompt, first.answer_count) == (1, "Vraag een?", 10)
    assert first.right.percent == 55
    assert [(one.text, one.share.percent, one.belief) for one in first.answers] == [
        ("Keuze een-a", 30, BELIEF),
        ("Keuze een-b", 55, ""),
        ("Keuze een-c", 15, ""),
    ]


def test_a_reader_sees_a_belief_over_all_questions_that_offer_it(quiz: Quiz) -> None:
    many_do(quiz, "aaaabbbbbb")
    (belief,) = figures(quiz).themes.beliefs
    assert (belief.name, belief.share.percent, belief.numbers) == (BELIEF, 20, [1, 2])


def test_a_belief_of_one_learner_is_not_named(quiz: Quiz) -> None:
    many_do(quiz, "a" + "b" * 11)
    found = figures(quiz)
    assert found.themes.beliefs == []
    assert "Keuze een-a" not in [answer.text for answer in found.questions[0].answers]


def test_signals_and_forms_say_how_often_their_questions_were_right(quiz: Quiz) -> None:
    many_do(quiz, "aaaabbbbbb")
    themes = figures(quiz).themes
    assert [(one.name, one.share.percent) for one in themes.signals] == [("Snel geld", 60)]
    assert [(one.name, one.share.percent) for one in themes.forms] == [("criminele uitbuiting", 60)]


def test_fewer_than_ten_answers_are_not_shown(quiz: Quiz) -> None:
    many_do(quiz, "a" * 9)
    found = figures(quiz)
    assert (found.questions, found.held_back_count) == ([], 2)
    assert not found.themes


def test_what_is_not_marked_needs_thirty_and_never_says_nobody_or_everybody(quiz: Quiz) -> None:
    """P-04"""
    many_do(quiz, "b" * 29, third="1")
    assert [one.number for one in figures(quiz).questions] == [1, 2]
    many_do(quiz, "b", third="1")
    view = figures(quiz).questions[2]
    assert (view.number, view.is_marked, view.right, view.discrimination) == (3, False, None, None)
    assert [answer.share.percent for answer in view.answers] == [95, 5, 5, 5, 5]
    assert view.answers[0].share.at_least
    assert all(answer.share.at_most for answer in view.answers[1:])


def test_of_each_learner_the_first_time_counts(quiz: Quiz) -> None:
    people = [Person() for _ in range(10)]
    for person in people:
        person.does(quiz, {"een": "a", "twee": "b"})
    for person in people:
        person.does(quiz, {"een": "b", "twee": "b"})
    found = figures(quiz)
    assert found.questions[0].right.percent == 0
    assert found.learner_count == 10


def test_what_many_are_sure_of_and_have_otherwise_comes_first(quiz: Quiz) -> None:
    many_do(quiz, "aaaabbbbbb", sure="sure")
    found = figures(quiz)
    assert [one.number for one in found.sure_and_wrong] == [1]
    first, second = found.questions[:2]
    assert (first.sure.percent, first.sure_and_wrong.percent) == (100, 40)
    assert (second.sure, second.sure_and_wrong) == (None, None)  # not asked there


def test_discrimination_is_told_from_thirty_learners_who_finished() -> None:
    quiz = make_quiz("kort", questions=[("een", one_answer("een")), ("twee", one_answer("twee"))])
    for number in range(29):
        Person().does(quiz, {"een": "b", "twee": "b"} if number % 2 else {"een": "a", "twee": "a"})
    assert figures(quiz).questions[0].discrimination is None
    Person().does(quiz, {"een": "b", "twee": "a"})
    found = [one.discrimination for one in figures(quiz).questions]
    assert found == [pytest.approx(0.94), pytest.approx(0.94)]


def test_answers_are_counted_over_editions_in_the_newest_words(quiz: Quiz) -> None:
    many_do(quiz, "aaaaa")
    fresh = Quiz.objects.get(pk=quiz.pk)
    first, second, _third = fresh.questions.all()
    first.body[0].value["choices"][0]["text"] = "Netter gezegd"
    first.save()
    publish_edition(quiz=Quiz.objects.get(pk=quiz.pk), as_correction=True)
    second.delete()
    publish_edition(quiz=Quiz.objects.get(pk=quiz.pk))
    for _ in range(5):
        Person().does(quiz, {"een": "b"})
    found = figures(quiz)
    (one,) = found.questions
    assert (one.right.percent, one.answers[0].text) == (50, "Netter gezegd")
    assert found.held_back_count == 1  # the one that is gone has five


def test_answers_to_a_translation_count_by_the_same_keys(quiz: Quiz) -> None:
    other = make_quiz("figures", questions=[("x", with_belief("een"))])
    other.questions.all().update(key=key("cijfers-een"))
    publish_edition(quiz=Quiz.objects.get(pk=other.pk))
    many_do(quiz, "aaaaa")
    edition = newest_edition(other.slug)
    for _ in range(5):
        person = Person()
        save_answer(
            token=person.token,
            edition=edition,
            attempt_key=uuid4(),
            question_key=key("cijfers-een"),
            answer_key=uuid4(),
            sent={"choice": [key("een-b")]},
            learner_tag=person.token.tag,
            now=timezone.now(),
        )
    (one,) = figures(quiz).questions
    assert (one.right.percent, one.prompt, one.number) == (50, "Vraag een?", 1)


def test_the_signals_in_a_text_are_told_one_by_one() -> None:
    quiz = make_quiz("tekst", questions=[("tekst", spot_signals("tekst"))])
    for number in range(10):
        Person().does(quiz, {"tekst": "b" if number < 7 else "a"})
    signals = figures(quiz).themes.signals
    assert [(one.name, one.share.percent) for one in signals] == [("Schuld", 30), ("Geheimen", 70)]


def test_an_answer_to_what_was_another_type_of_question_does_no_harm() -> None:
    quiz = make_quiz("anders", questions=[("een", one_answer("een"))])
    for _ in range(10):
        Person().does(quiz, {"een": "b"})
    question = quiz.questions.get()
    set_body(question, spot_signals("een"))
    question.save()
    publish_edition(quiz=Quiz.objects.get(pk=quiz.pk))
    (one,) = figures(quiz).questions
    assert (one.label, one.right.percent) == ("Signalen in een tekst", 100)


def test_the_figures_take_three_queries_when_warm(quiz: Quiz) -> None:
    many_do(quiz, "aaaabbbbbb")
    figures(quiz)
    with CaptureQueriesContext(connection) as few:
        figures(quiz)
    many_do(quiz, "abc" * 5)
    with CaptureQueriesContext(connection) as more:
        figures(quiz)
    assert len(few) == len(more) == 3  # with the quiz itself


# --- The screen -----------------------------------------------------------------------
def address(quiz: Quiz) -> str:
    return reverse("quiz_figures", args=[quiz.pk])


def test_an_editor_sees_the_figures_and_who_has_no_part_in_quizzes_does_not(
    editor: User, teacher_client: Client, quiz: Quiz
) -> None:
    set_up_editing()
    many_do(quiz, "aaaabbbbbb")
    page = signed_in(editor).get(address(quiz))
    assert BELIEF in page.text
    assert "20% denkt dit" in page.text
    assert "60% helemaal goed" in page.text
    for path in (address(quiz), reverse("quiz_figures_file", args=[quiz.pk, "csv"])):
        refused = teacher_client.get(path)
        assert refused.status_code in {302, 403}
        assert BELIEF not in refused.text


def test_an_administrator_without_a_part_in_quizzes_is_refused(quiz: Quiz, editor: User) -> None:
    """Access to the admin alone is not enough."""
    group = editor.groups.get()
    group.permissions.exclude(codename="access_admin").delete()
    client = signed_in(editor)
    names = ("quiz_figures", "quiz_figures_file")
    for path in (address(quiz), reverse(names[1], args=[quiz.pk, "xlsx"])):
        assert client.get(path).status_code in {302, 403}


def test_a_quiz_that_nobody_did_says_so(admin_client: Client, quiz: Quiz) -> None:
    page = admin_client.get(address(quiz))
    assert "Nog niemand heeft deze quiz gemaakt." in page.text
    assert admin_client.get(reverse("quiz_figures", args=[999])).status_code == 404


def test_the_list_of_quizzes_and_a_quiz_lead_to_its_figures(
    admin_client: Client, quiz: Quiz
) -> None:
    for name, args in (("list", []), ("edit", [quiz.pk])):
        page = admin_client.get(reverse(f"wagtailsnippets_quizzes_quiz:{name}", args=args))
        assert f'href="{address(quiz)}"' in page.text


def test_the_files_hold_text_only(admin_client: Client) -> None:
    """S-65"""
    body = with_belief("een", signal="@SUM(A1)")
    body["value"]["choices"][0]["value"] |= {"text": "=1+1", "belief": "-eigen schuld"}
    quiz = make_quiz("gevaar", questions=[("een", body)])
    for letter in "aaaabbbbbb":
        Person().does(quiz, {"een": letter})
    sheet = admin_client.get(reverse("quiz_figures_file", args=[quiz.pk, "csv"]))
    rows = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    cells = {cell for row in rows for cell in row}
    assert {"'=1+1", "'-eigen schuld", "'@SUM(A1)", "40%"} <= cells
    book = admin_client.get(reverse("quiz_figures_file", args=[quiz.pk, "xlsx"]))
    cells = [cell for row in load_workbook(BytesIO(book.content)).active for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    missing = reverse("quiz_figures_file", args=[quiz.pk, "exe"])
    assert admin_client.get(missing).status_code == 404
