"""What the class did not understand yet: shares of a group, never of a person."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.actions import assign, remove_enrolment
from quizzes.models import Quiz
from reports.queries import classroom_head
from reports.understanding import class_understanding
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.quizzes import make_quiz, one_answer


@pytest.fixture
def quiz(classroom) -> Quiz:
    questions = [("q1", one_answer("q1")), ("q2", one_answer("q2"))]
    quiz = make_quiz("moeilijk", questions=questions, title="Moeilijk")
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    return quiz


def understanding(classroom):
    return class_understanding(classroom_head(classroom.teacher, classroom.public_id))


def class_does(classroom, do_quiz, quiz, letters: str, *, second: str = "b"):
    """One learner per letter: what they answer to q1; to q2 all answer the same."""
    learners = [enrol(classroom) for _ in letters]
    for joined, letter in zip(learners, letters, strict=True):
        do_quiz(joined, quiz, {"q1": letter, "q2": second})
    return learners


def test_the_hardest_question_comes_first_with_its_commonest_mistake(classroom, quiz, do_quiz):
    class_does(classroom, do_quiz, quiz, "bbbccccaab")
    hardest, easiest = understanding(classroom).questions
    assert (hardest.prompt, hardest.number) == ("Vraag q1?", 1)
    assert (hardest.right_percent, hardest.answer_count) == (40, 10)
    assert hardest.common_mistake == "Keuze q1-c"
    assert (easiest.right_percent, easiest.common_mistake) == (100, "")


def test_fewer_than_ten_answers_are_not_shown(teacher_client, classroom, quiz, do_quiz):
    class_does(classroom, do_quiz, quiz, "c" * 9)
    found = understanding(classroom)
    assert (found.questions, found.held_back_count) == ([], 2)
    page = teacher_client.get(reverse("reports:classroom", args=[classroom.public_id]))
    text = page.content.decode()
    assert "2 vragen hebben nog geen 10 antwoorden." in text
    assert "Keuze q1-c" not in text


def test_a_mistake_of_one_learner_is_not_named(classroom, quiz, do_quiz):
    class_does(classroom, do_quiz, quiz, "b" * 9 + "c")
    hardest = understanding(classroom).questions[0]
    assert (hardest.right_percent, hardest.common_mistake) == (90, "")


def test_only_the_latest_try_counts(classroom, quiz, do_quiz):
    learners = class_does(classroom, do_quiz, quiz, "c" * 10)
    for joined in learners:
        do_quiz(joined, quiz, {"q1": "b", "q2": "b"})
    assert [q.right_percent for q in understanding(classroom).questions] == [100, 100]
    assert understanding(classroom).questions[0].answer_count == 10


def test_a_try_under_way_counts_with_what_was_answered(classroom, quiz, do_quiz):
    for _ in range(10):
        do_quiz(enrol(classroom), quiz, {"q1": "b"})
    found = understanding(classroom)
    assert [question.number for question in found.questions] == [1]


def test_who_was_taken_out_and_who_is_elsewhere_do_not_count(classroom, quiz, do_quiz):
    learners = class_does(classroom, do_quiz, quiz, "b" * 10)
    class_does(make_classroom(), do_quiz, quiz, "c" * 10)
    remove_enrolment(enrolment=learners[0].enrolment, now=timezone.now(), user=None)
    assert understanding(classroom).questions == []


def test_a_question_is_counted_over_editions_and_shown_as_it_is_now(classroom, quiz, do_quiz):
    class_does(classroom, do_quiz, quiz, "bbbbb")
    fresh = Quiz.objects.get(pk=quiz.pk)
    fresh.title = "Nieuwe titel"
    fresh.save_revision().publish()
    class_does(classroom, do_quiz, fresh, "ccccc")
    hardest = understanding(classroom).questions[0]
    assert (hardest.right_percent, hardest.answer_count) == (50, 10)
    assert hardest.quiz_title == "Nieuwe titel"


def test_the_page_shows_bars_and_folds_away_the_easy_ones(teacher_client, classroom, do_quiz):
    names = [f"v{number}" for number in range(7)]
    quiz = make_quiz("lang", questions=[(name, one_answer(name)) for name in names])
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    for _ in range(10):
        do_quiz(enrol(classroom), quiz, dict.fromkeys(names, "a"))
    address = reverse("reports:classroom", args=[classroom.public_id])
    page = teacher_client.get(address).content.decode()
    assert page.count("<meter") == 7
    assert "Nog 2 vragen" in page
    assert "0% goed, van 10 antwoorden" in page
    assert "Keuze v0-a" in page


def test_the_prompt_is_plain_text_on_the_page(teacher_client, classroom, do_quiz):
    """S-50: an editor's markup does not reach the teacher's page as markup."""
    body = one_answer("x1")
    body["value"]["prompt"] = "<p>Is <b>5 &lt; 6</b>?<script>alert(1)</script></p>"
    quiz = make_quiz("raar", questions=[("x1", body)])
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    for _ in range(10):
        do_quiz(enrol(classroom), quiz, {"x1": "b"})
    address = reverse("reports:classroom", args=[classroom.public_id])
    page = teacher_client.get(address).content.decode()
    assert "Is 5 &lt; 6?" in page
    assert "<script>alert" not in page
