"""What the class did not understand yet: shares of a group, never of a person."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from classrooms.actions import assign, remove_enrolment
from quizzes.models import Quiz
from reports.queries import classroom_head
from reports.understanding import class_understanding, quiz_understanding, quizzes_of
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


def per_quiz(classroom):
    head = classroom_head(classroom.teacher, classroom.public_id)
    return quiz_understanding(head, quizzes_of(head)[0])


def class_does(classroom, do_quiz, quiz, letters: str, *, second: str = "b"):
    """One learner per letter: what they answer to q1; to q2 all answer the same."""
    learners = [enrol(classroom) for _ in letters]
    for joined, letter in zip(learners, letters, strict=True):
        do_quiz(joined, quiz, {"q1": letter, "q2": second})
    return learners


def test_the_hardest_question_comes_first_with_its_commonest_mistake(classroom, quiz, do_quiz):
    class_does(classroom, do_quiz, quiz, "bbbccccaab")
    (hardest,) = understanding(classroom).questions
    assert (hardest.prompt, hardest.number) == ("Vraag q1?", 1)
    assert (hardest.right_percent, hardest.answer_count) == (40, 10)
    assert hardest.common_mistake == "Keuze q1-c"
    # Of the quiz all are told, in its order.
    _hard, easy = per_quiz(classroom).questions
    assert (easy.number, easy.right_percent, easy.common_mistake) == (2, 100, "")


def test_what_many_are_sure_of_and_is_otherwise_comes_before_what_is_harder(
    teacher_client, classroom, do_quiz
):
    asked = one_answer("q2")
    asked["value"]["ask_sure"] = True
    quiz = make_quiz("zeker", questions=[("q1", one_answer("q1")), ("q2", asked)])
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    for number in range(10):
        sure = "sure" if number < 3 else "guess"
        second = "c" if number < 4 else "b"
        do_quiz(enrol(classroom), quiz, {"q1": "a", "q2": second}, sure=sure)
    first, harder = understanding(classroom).questions
    assert (first.number, first.right_percent, first.sure_and_wrong_count) == (2, 60, 3)
    assert (harder.number, harder.right_percent, harder.sure_and_wrong_count) == (1, 0, 0)
    page = teacher_client.get(reverse("reports:classroom", args=[classroom.public_id]))
    assert "3 leerlingen wisten het heel zeker, en hadden het anders." in page.text


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
    assert understanding(classroom).questions == []
    found = per_quiz(classroom).questions
    assert [(q.right_percent, q.answer_count) for q in found] == [(100, 10), (100, 10)]


def test_a_try_under_way_counts_with_what_was_answered(classroom, quiz, do_quiz):
    for _ in range(10):
        do_quiz(enrol(classroom), quiz, {"q1": "b"})
    found = per_quiz(classroom)
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


def questions_page(classroom, query: str = "") -> str:
    return reverse("reports:questions", args=[classroom.public_id]) + query


@pytest.fixture
def two_long_quizzes(classroom, do_quiz) -> None:
    """Fifteen questions each; of the first all answers are wrong, of the second all right."""
    for slug in ("eerste", "tweede"):
        names = [f"{slug}{number}" for number in range(15)]
        quiz = make_quiz(slug, questions=[(n, one_answer(n)) for n in names], title=f"De {slug}")
        assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    for _ in range(10):
        joined = enrol(classroom)
        for slug, letter in (("eerste", "a"), ("tweede", "b")):
            answers = {f"{slug}{number}": letter for number in range(15)}
            do_quiz(joined, Quiz.objects.get(slug=slug), answers)


def test_the_page_shows_the_ten_hardest_and_leads_to_the_others(
    teacher_client, classroom, two_long_quizzes
):
    address = reverse("reports:classroom", args=[classroom.public_id])
    teacher_client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = teacher_client.get(address).content.decode()
    # Session, user; the matrix, two for who may need a word, two for the questions.
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) == 7
    assert page.count("<meter") == 10
    assert "Bekijk alle 30 vragen, per quiz" in page
    assert questions_page(classroom, "?quiz=eerste") in page
    assert "De tweede, vraag" not in page
    assert "0% goed, van 10 antwoorden" in page
    assert "Keuze eerste0-a" in page
    # However much the class did: the rest of the page does not grow with it.
    assert len(page[page.index('id="understanding"') : page.index("</main>")]) < 12_000


def test_the_other_questions_are_a_page_per_quiz(teacher_client, classroom, two_long_quizzes):
    teacher_client.get(questions_page(classroom))
    with CaptureQueriesContext(connection) as captured:
        page = teacher_client.get(questions_page(classroom)).content.decode()
    assert len([q for q in captured if "SAVEPOINT" not in q["sql"]]) == 5
    assert page.count("<meter") == 15
    assert page.index("Vraag eerste0?") < page.index("Vraag eerste1?") < page.index("eerste14?")
    assert 'href="?quiz=tweede" rel="next"' in page
    assert len(page.encode()) < 30_000
    second = teacher_client.get(questions_page(classroom, "?quiz=tweede")).content.decode()
    assert second.count("100% goed, van 10 antwoorden") == 15
    assert '<option value="tweede" lang="nl" selected>' in second
    assert "eerste0" not in second
    assert 'href="?quiz=eerste" rel="prev"' in second


def test_when_all_was_right_the_page_says_so(teacher_client, classroom, quiz, do_quiz):
    class_does(classroom, do_quiz, quiz, "b" * 10)
    page = teacher_client.get(reverse("reports:classroom", args=[classroom.public_id]))
    assert "Alle vragen zijn door iedereen goed beantwoord." in page.content.decode()


def test_the_page_per_quiz_holds_back_small_groups_too(teacher_client, classroom, quiz, do_quiz):
    class_does(classroom, do_quiz, quiz, "c" * 9)
    page = teacher_client.get(questions_page(classroom)).content.decode()
    assert "2 vragen hebben nog geen 10 antwoorden." in page
    assert "Keuze q1-c" not in page
    assert "<meter" not in page


def test_a_class_without_a_quiz_has_no_questions_yet(teacher_client, classroom):
    page = teacher_client.get(questions_page(classroom)).content.decode()
    assert "De klas heeft nog geen quiz" in page


def test_questions_of_another_class_or_an_unknown_quiz_are_not_there(
    teacher_client, other_teacher_client, classroom, quiz
):
    make_quiz("van-een-ander", questions=[("z1", one_answer("z1"))])
    assert teacher_client.get(questions_page(classroom, "?quiz=van-een-ander")).status_code == 404
    assert teacher_client.get(questions_page(classroom, "?quiz=moeilijk")).status_code == 200
    assert other_teacher_client.get(questions_page(classroom)).status_code == 404


def test_the_prompt_is_plain_text_on_the_page(teacher_client, classroom, do_quiz):
    """S-50: an editor's markup does not reach the teacher's page as markup."""
    body = one_answer("x1")
    body["value"]["prompt"] = "<p>Is <b>5 &lt; 6</b>?<script>alert(1)</script></p>"
    quiz = make_quiz("raar", questions=[("x1", body)])
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    for _ in range(10):
        do_quiz(enrol(classroom), quiz, {"x1": "a"})
    address = reverse("reports:classroom", args=[classroom.public_id])
    page = teacher_client.get(address).content.decode()
    assert "Is 5 &lt; 6?" in page
    assert "<script>alert" not in page
