"""A question of a quiz in the middle of a step: answered there, once, and in the quiz as well."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Learner
from classrooms.actions import Joined, assign
from classrooms.models import Classroom
from lessons.models import LessonPage, QuizInStep
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Quiz
from reports.queries import class_overview
from tests.factories.quizzes import key, make_quiz, one_answer
from tests.forms import hidden_fields

STEP = "/lessen/klein-pakket/les-een/1/"
WHOLE = "/lessen/klein-pakket/les-een/heel/"
QUIZ = "/q/in-de-les/"
SECRET = "Geheim"  # how the explanation of every answer begins


def place(number: int) -> str:
    return f"vraag-{UUID(int=number)}"


def put_in(lesson: LessonPage, step: int, questions: list[str]) -> None:
    """These questions at the end of a step, and the lesson published again."""
    steps = list(lesson.steps.raw_data)
    for number, question in enumerate(questions, start=1):
        block = {"type": "question", "id": str(UUID(int=number)), "value": {"question": question}}
        steps[step - 1]["value"]["blocks"].append(block)
    lesson.steps = steps
    lesson.save_revision().publish()


def questions_of(quiz: Quiz) -> list[str]:
    return [str(one.key) for one in quiz.questions.all()]


@pytest.fixture
def quiz(db: Any) -> Quiz:
    return make_quiz(
        "in-de-les", questions=[(name, one_answer(name)) for name in ("een", "twee", "drie")]
    )


@pytest.fixture
def asked(lesson: LessonPage, quiz: Quiz) -> LessonPage:
    """The first two questions of the quiz stand in the first step."""
    put_in(lesson, 1, questions_of(quiz)[:2])
    return LessonPage.objects.get(pk=lesson.pk)


def section(client: Client, number: int = 1, path: str = STEP) -> Tag:
    response = client.get(path)
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").find(id=place(number))
    assert isinstance(found, Tag)
    return found


def fields_of(client: Client, number: int = 1) -> dict[str, Any]:
    form = section(client, number).form
    assert form is not None
    fields = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    return {**fields, "url": form["action"]}


def press(client: Client, number: int = 1, choice: str = "b", **more: Any) -> Any:
    """Answers as a browser without a script does. ``b`` is right."""
    fields = {**fields_of(client, number), **more}
    name = ["", "een", "twee", "drie"][number]
    if choice:
        fields["choice"] = key(f"{name}-{choice}")
    return client.post(fields.pop("url"), fields)


def send(client: Client, fields: dict[str, Any], choice: str) -> Any:
    """As the queue does."""
    sent = {**fields, "choice": [choice], "reason": None}
    return client.post(fields["url"], json.dumps(sent), content_type="application/json")


def test_the_form_is_in_the_step_and_tells_nothing_of_what_is_right(
    client: Client, asked: LessonPage
) -> None:
    form = section(client).form
    assert form is not None
    assert "Vraag een?" in form.get_text()
    assert SECRET not in client.get(STEP).content.decode()
    assert "is_right" not in str(form)
    assert not Learner.objects.exists()


def test_no_two_ids_in_a_page_are_the_same(client: Client, asked: LessonPage) -> None:
    for path in (STEP, WHOLE):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))
        for tag in page.select(".step-question [aria-describedby]"):
            assert set(tag["aria-describedby"].split()) <= set(ids)


def test_an_answer_without_a_script_brings_its_explanation_into_the_step(
    client: Client, asked: LessonPage
) -> None:
    response = press(client)
    assert response.status_code == 302
    assert response["Location"] == f"{STEP}#{place(1)}"
    answered = section(client)
    assert answered.form is None
    assert answered.select_one('.quiz-question__feedback[data-state="right"]')
    assert "Opgeslagen" in answered.get_text()
    assert section(client, 2).form is not None, "the other one is still open"
    assert Attempt.objects.get().answered_count == 1


def test_pressing_twice_and_sending_again_stay_one_answer(
    client: Client, asked: LessonPage
) -> None:
    fields = fields_of(client)
    first = send(client, fields, key("een-a"))
    assert first.status_code == 200
    again = send(client, fields | {"learner_tag": first.json()["learner_tag"]}, key("een-a"))
    assert again.status_code == 200
    assert again.json() == first.json()
    assert (Attempt.objects.count(), Answer.objects.count()) == (1, 1)


def test_the_queue_hears_the_explanation_and_no_way_out_of_the_lesson(
    client: Client, asked: LessonPage
) -> None:
    told = send(client, fields_of(client), key("een-a")).json()
    assert told["is_right"] is False
    assert SECRET in told["feedback_html"]
    assert (told["next_url"], told["result_url"]) == ("", "")


def test_two_questions_on_one_page_are_one_attempt_also_of_somebody_new(
    client: Client, asked: LessonPage
) -> None:
    first, second = fields_of(client), fields_of(client, 2)
    second["attempt"] = first["attempt"]  # of one and the same page
    tag = send(client, first, key("een-b")).json()["learner_tag"]
    assert send(client, second | {"learner_tag": tag}, key("twee-b")).status_code == 200
    assert Attempt.objects.get().answered_count == 2


def test_the_two_questions_of_a_page_name_one_attempt(client: Client, asked: LessonPage) -> None:
    page = BeautifulSoup(client.get(STEP).content, "html.parser")
    attempts = {one["value"] for one in page.select('.step-question [name="attempt"]')}
    keys = [one["value"] for one in page.select('.step-question [name="key"]')]
    assert len(attempts) == 1
    assert len(set(keys)) == 2


def test_who_answered_it_in_the_quiz_reads_the_answer_in_the_step(
    learner_client: Client, asked: LessonPage
) -> None:
    fields = hidden_fields(learner_client.get(QUIZ))
    learner_client.post(f"{QUIZ}antwoord/", {**fields, "choice": key("een-a")})
    answered = section(learner_client)
    assert answered.form is None
    assert answered.select_one('.quiz-question__feedback[data-state="wrong"]')


def test_an_answer_in_the_step_goes_on_with_the_attempt_in_the_quiz(
    learner_client: Client, asked: LessonPage
) -> None:
    fields = hidden_fields(learner_client.get(QUIZ))
    learner_client.post(f"{QUIZ}antwoord/", {**fields, "choice": key("een-a")})
    press(learner_client, 2)
    attempt = Attempt.objects.get()
    assert attempt.answered_count == 2
    assert "Vraag drie?" in learner_client.get(QUIZ).content.decode()


def test_a_page_that_did_not_know_of_the_answer_is_told_which_one_counts(
    learner_client: Client, asked: LessonPage
) -> None:
    old = fields_of(learner_client)
    press(learner_client, 1, "a")
    response = send(learner_client, old | {"key": str(uuid4())}, key("een-b"))
    assert response.status_code == 409
    assert response.json()["choice"] == [key("een-a")]
    assert Attempt.objects.get().won == 0


def test_a_repeat_finds_its_own_answer_when_a_new_attempt_was_begun_meanwhile(
    learner_client: Client, asked: LessonPage
) -> None:
    fields = fields_of(learner_client)
    assert send(learner_client, fields, key("een-b")).status_code == 200
    for number in (2, 3):
        other = fields | {"question": questions_of(Quiz.objects.get(slug="in-de-les"))[number - 1]}
        choice = key(f"{['', '', 'twee', 'drie'][number]}-b")
        assert send(learner_client, other | {"key": str(uuid4())}, choice).status_code == 200
    again = hidden_fields(learner_client.post(f"{QUIZ}opnieuw/"))
    learner_client.post(f"{QUIZ}antwoord/", {**again, "choice": key("een-a")})
    assert Attempt.objects.count() == 2
    assert send(learner_client, fields, key("een-b")).status_code == 200
    assert Answer.objects.count() == 4


def test_an_answer_that_waited_for_nobody_does_not_go_to_who_sits_here_now(
    client: Client, learner_client: Client, asked: LessonPage
) -> None:
    fields = fields_of(client)
    assert fields["learner_tag"] == ""
    press(learner_client, 2)  # has an attempt that it could have gone into
    response = send(learner_client, fields, key("een-b"))
    assert response.status_code == 401
    assert Answer.objects.count() == 1


def test_an_answer_goes_to_no_attempt_of_another_learner(
    learner_client: Client, classmate_client: Client, asked: LessonPage
) -> None:
    fields = fields_of(learner_client)
    press(learner_client)
    assert send(classmate_client, fields, key("een-b")).status_code == 401
    own = fields_of(classmate_client)
    assert send(classmate_client, own, key("een-a")).status_code == 200
    assert sorted(Attempt.objects.values_list("won", flat=True)) == [0, 1]


def test_a_new_edition_begins_a_new_attempt(
    learner_client: Client, asked: LessonPage, quiz: Quiz
) -> None:
    press(learner_client)
    quiz.title = "Anders"
    quiz.questions = [*quiz.questions.all()[:2]]
    quiz.save_revision().publish()
    assert section(learner_client).form is None, "what was answered stays answered"
    press(learner_client, 2)
    counts = Attempt.objects.order_by("pk").values_list("question_count", "answered_count")
    assert list(counts) == [(3, 1), (2, 1)]


def test_an_empty_answer_without_a_script_says_what_is_missing_and_can_be_mended(
    client: Client, asked: LessonPage
) -> None:
    response = press(client, choice="")
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    assert "Kies eerst een antwoord." in page.get_text()
    back = page.select_one("main a[href^='/lessen/']")
    assert back is not None
    assert back["href"] == f"{STEP}#{place(1)}"
    form = page.select_one("form.quiz-question")
    assert form is not None
    fields = {one["name"]: one.get("value", "") for one in form.select("input[type=hidden]")}
    done = client.post(str(form["action"]), {**fields, "choice": key("een-b")})
    assert done["Location"] == f"{STEP}#{place(1)}"
    assert Attempt.objects.get().won == 1


@pytest.mark.parametrize("path", [STEP, WHOLE], ids=["step", "whole"])
def test_a_step_with_questions_costs_one_query_more_however_many(
    client: Client,
    learner_client: Client,
    asked: LessonPage,
    quiz: Quiz,
    settings: Any,
    path: str,
) -> None:
    press(learner_client)
    learner_client.get(path)
    settings.LESSON_RECHECK_SECONDS = 60
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    assert len(captured) == 0
    with CaptureQueriesContext(connection) as captured:
        learner_client.get(path)
    assert len(captured) == 2
    put_in(asked, 1, questions_of(quiz)[2:])
    settings.LESSON_RECHECK_SECONDS = 0
    learner_client.get(path)
    settings.LESSON_RECHECK_SECONDS = 60
    with CaptureQueriesContext(connection) as captured:
        learner_client.get(path)
    assert len(captured) == 2


def test_saving_costs_one_query_more_than_in_the_quiz(
    learner_client: Client, asked: LessonPage, settings: Any
) -> None:
    press(learner_client)
    fields = fields_of(learner_client, 2)
    settings.LESSON_RECHECK_SECONDS = 60
    with CaptureQueriesContext(connection) as captured:
        send(learner_client, fields, key("twee-b"))
    assert len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 3


def test_a_question_holds_nobody_up(learner_client: Client, asked: LessonPage) -> None:
    learner_client.post(f"{STEP}klaar/")
    assert LessonProgress.objects.get().finished_steps == [str(asked.steps[0].id)]


def test_the_last_answer_finishes_no_step_that_only_asks(
    learner_client: Client, lesson: LessonPage
) -> None:
    quiz = make_quiz("in-de-les", questions=[("een", one_answer("een"))])
    put_in(lesson, 1, questions_of(quiz))
    press(learner_client)
    assert Attempt.objects.get().submitted_at is not None
    assert not LessonProgress.objects.exists()
    assert QuizInStep.objects.get(quiz=quiz).is_whole is False


def test_the_class_sees_the_quiz_of_the_question_among_those_of_the_lesson(
    learner: Joined, classroom: Classroom, learner_client: Client, asked: LessonPage, quiz: Quiz
) -> None:
    assign(classroom=classroom, thing=asked, now=timezone.now(), user=None)
    press(learner_client)
    overview = class_overview(classroom.teacher, classroom.public_id)
    assert quiz.title in [column.title for column in overview.matrix.columns]


def offline(quiz: Quiz) -> None:
    quiz.unpublish()


def explain_later(quiz: Quiz) -> None:
    quiz.kind = "check"
    quiz.save_revision().publish()


def draw(quiz: Quiz) -> None:
    quiz.draw_count = 2
    quiz.save_revision().publish()


def drop(quiz: Quiz) -> None:
    quiz.questions = [*quiz.questions.all()[2:]]
    quiz.save_revision().publish()


@pytest.mark.parametrize(
    "change", [offline, explain_later, draw, drop], ids=lambda one: one.__name__
)
def test_a_question_that_can_no_longer_stand_there_leaves_the_step(
    client: Client, asked: LessonPage, quiz: Quiz, change: Callable[[Quiz], None]
) -> None:
    assert section(client)
    change(Quiz.objects.get(pk=quiz.pk))
    page = client.get(STEP).content.decode()
    assert "step-question" not in page
    assert "Vraag een?" not in page


def test_the_copy_on_a_device_holds_the_question_of_nobody(
    learner_client: Client, asked: LessonPage
) -> None:
    press(learner_client)
    page = learner_client.get(f"{STEP.removesuffix('1/')}kopie/").json()["pages"][STEP]
    found = BeautifulSoup(page, "html.parser").find(id=place(1))
    assert isinstance(found, Tag)
    queue = found.find("answer-queue")
    assert isinstance(queue, Tag)
    assert (queue["data-attempt"], queue["data-learner-tag"]) == ("", "")
    assert SECRET not in page


def test_later_pages_send_what_still_waits_and_earlier_ones_load_nothing_for_it(
    client: Client, lesson: LessonPage, quiz: Quiz
) -> None:
    put_in(lesson, 2, questions_of(quiz)[:1])
    pages = [client.get(f"{STEP.removesuffix('1/')}{path}").content.decode()
             for path in ("1/", "2/", "3/", "einde/")]  # fmt: skip
    assert ["js/answer-queue" in page for page in pages] == [False, True, True, True]
    assert ["<answer-queue" in page for page in pages] == [False, True, True, True]


def test_a_teacher_reads_the_answer_in_the_guide_and_a_pupil_none_on_paper(
    teacher_client: Client, client: Client, asked: LessonPage
) -> None:
    guide = teacher_client.get("/lessen/klein-pakket/les-een/handleiding/").content.decode()
    assert "Vraag een?" in guide
    assert SECRET in guide
    assert "Antwoord en uitleg" in guide


def test_on_the_board_a_question_is_two_slides(teacher_client: Client, asked: LessonPage) -> None:
    slides = []
    for number in range(1, 12):
        response = teacher_client.get(f"/lessen/klein-pakket/les-een/bord/{number}/")
        if response.status_code == 404:
            break
        slides.append(BeautifulSoup(response.content, "html.parser").select_one("article"))
    texts = [slide.get_text(" ") for slide in slides if slide and "Vraag een?" in slide.get_text()]
    assert [SECRET in text for text in texts] == [False, True]
    assert "van 3" not in texts[0]
