"""A lesson as plain forms: no script runs here."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client

from accounts.cookies import LearnerToken
from accounts.models import Learner
from lessons.models import LessonPage, QuizInStep
from progress.actions import finish_steps_with_quiz
from progress.models import LessonProgress
from quizzes.models import Attempt, Quiz

pytestmark = pytest.mark.django_db
LESSON = "/lessen/klein-pakket/les-een/"
STEPS = [f"11111111-0000-4000-8000-00000000001{number}" for number in (1, 2, 3, 4)]


def text_of(response: Any) -> str:
    return response.content.decode()


def press_next(client: Client, page: Any) -> Any:
    """Sends the one form of a step, as a browser without a script does."""
    action = re.search(r'<form class="lesson__nav" method="post" action="([^"]+)"', text_of(page))
    assert action
    return client.post(action[1], follow=True)


def submit_quiz(learner_id: int) -> None:
    """As if the learner answered the last question just now."""
    quiz = Quiz.objects.get()
    edition = quiz.editions.first()
    Attempt.objects.create(
        key=uuid4(),
        learner_id=learner_id,
        quiz=quiz,
        edition=edition,
        number=quiz.attempts.count() + 1,
        question_count=3,
        answered_count=3,
        available=3,
        submitted_at=quiz.last_published_at,
    )
    finish_steps_with_quiz(learner_id=learner_id, quiz_key=quiz.key, now=quiz.last_published_at)


def test_a_lesson_can_be_done_from_start_to_end_without_a_script(
    client: Client, lesson: LessonPage
) -> None:
    page = client.get(LESSON, follow=True)
    assert page.redirect_chain == [(f"{LESSON}1/", 302)]
    assert "Stap 1 van 4" in text_of(page)
    page = press_next(client, page)
    assert "Stap 2 van 4" in text_of(page)
    assert "1 van 4 klaar" in text_of(page)
    page = press_next(client, page)
    assert f"/q/kleine-quiz/?terug={LESSON}3/" in text_of(page)
    submit_quiz(Learner.objects.get().pk)
    page = press_next(client, page)
    assert "De Testlijn" in text_of(page)
    page = press_next(client, page)
    assert page.request["PATH_INFO"] == f"{LESSON}einde/"
    assert "Goed gedaan. Je bent klaar." in text_of(page)
    assert LessonProgress.objects.get().completed_at is not None
    # Done: who comes back sees the end, and may still look at every step.
    assert client.get(LESSON).headers["Location"] == f"{LESSON}einde/"
    assert client.get(f"{LESSON}2/").status_code == 200


def test_going_past_an_unanswered_quiz_leaves_the_lesson_busy(
    client: Client, lesson: LessonPage
) -> None:
    for number in (1, 2, 3, 4):
        client.post(f"{LESSON}{number}/klaar/")
    progress = LessonProgress.objects.get()
    assert progress.finished_steps == [STEPS[0], STEPS[1], STEPS[3]]
    assert progress.completed_at is None
    end = text_of(client.get(f"{LESSON}einde/"))
    assert "Deze stappen kun je nog doen" in end
    assert f'<a href="{LESSON}3/" lang="nl">Quiz</a>' in end
    assert f'<a href="{LESSON}1/" lang="nl">Kijken</a>' not in end


def test_a_submitted_quiz_finishes_its_step(client: Client, lesson: LessonPage) -> None:
    for number in (1, 2, 3, 4):
        client.post(f"{LESSON}{number}/klaar/")
    submit_quiz(Learner.objects.get().pk)
    assert LessonProgress.objects.get().completed_at is not None


def test_a_quiz_done_outside_the_lesson_counts_in_it(lesson: LessonPage) -> None:
    learner = Learner.objects.create()
    submit_quiz(learner.pk)
    progress = LessonProgress.objects.get()
    assert progress.lesson_key == lesson.key
    assert progress.finished_steps == [STEPS[2]]


def test_a_measurement_that_stands_twice_is_done_twice(lesson: LessonPage) -> None:
    learner = Learner.objects.create()
    Quiz.objects.update(kind="measurement")
    QuizInStep.objects.create(lesson=lesson, step_id=STEPS[0], quiz=Quiz.objects.get())
    submit_quiz(learner.pk)
    assert LessonProgress.objects.get().finished_steps == [STEPS[0]]
    submit_quiz(learner.pk)
    assert LessonProgress.objects.get().finished_steps == [STEPS[0], STEPS[2]]


def test_reading_stores_nothing(client: Client, lesson: LessonPage) -> None:
    for path in ("", "1/", "2/", "3/", "4/", "einde/"):
        response = client.get(f"{LESSON}{path}")
        assert not response.cookies
    assert not Learner.objects.exists()
    assert not LessonProgress.objects.exists()


def test_the_first_finished_step_makes_a_learner_and_tells_the_browser(
    client: Client, lesson: LessonPage
) -> None:
    response = client.post(f"{LESSON}1/klaar/")
    assert response.headers["Location"] == f"{LESSON}2/"
    assert response.cookies[django_settings.LEARNER_COOKIE_NAME]["httponly"]
    client.post(f"{LESSON}2/klaar/")
    assert Learner.objects.count() == 1


def test_a_second_press_of_the_button_changes_nothing(client: Client, lesson: LessonPage) -> None:
    client.post(f"{LESSON}1/klaar/")
    client.post(f"{LESSON}1/klaar/")
    assert LessonProgress.objects.get().finished_steps == [STEPS[0]]


def test_two_tabs_never_undo_each_other(client: Client, lesson: LessonPage) -> None:
    client.post(f"{LESSON}1/klaar/")
    # The other tab is at step 4 while this one is still at step 2.
    client.post(f"{LESSON}4/klaar/")
    client.post(f"{LESSON}2/klaar/")
    progress = LessonProgress.objects.get()
    assert set(progress.finished_steps) == {STEPS[0], STEPS[1], STEPS[3]}
    assert progress.current_step == STEPS[3]


def test_somebody_who_comes_back_goes_on_where_they_were(
    client: Client, lesson: LessonPage
) -> None:
    client.post(f"{LESSON}1/klaar/")
    client.post(f"{LESSON}2/klaar/")
    assert client.get(LESSON).headers["Location"] == f"{LESSON}3/"
    assert f'<a href="{LESSON}3/">Ga verder bij stap 3</a>' in text_of(client.get(f"{LESSON}1/"))
    assert "Ga verder bij stap" not in text_of(client.get(f"{LESSON}3/"))


def test_an_ended_cookie_is_nobody(client: Client, lesson: LessonPage) -> None:
    client.post(f"{LESSON}1/klaar/")
    Learner.objects.update(epoch=2)  # the exit button, on this or another device
    assert client.get(LESSON).headers["Location"] == f"{LESSON}1/"
    assert "0 van 4 klaar" in text_of(client.get(f"{LESSON}2/"))
    client.post(f"{LESSON}2/klaar/")
    assert Learner.objects.count() == 2
    assert LessonProgress.objects.order_by("pk")[0].finished_steps == [STEPS[0]]


def test_a_forged_cookie_is_nobody(client: Client, lesson: LessonPage) -> None:
    client.cookies[django_settings.LEARNER_COOKIE_NAME] = "1.1:forged:signature"
    assert "0 van 4 klaar" in text_of(client.get(f"{LESSON}1/"))


def test_a_classmate_sees_only_their_own_progress(
    learner_client: Client, classmate_client: Client, lesson: LessonPage
) -> None:
    learner_client.post(f"{LESSON}1/klaar/")
    assert "1 van 4 klaar" in text_of(learner_client.get(f"{LESSON}1/"))
    assert "0 van 4 klaar" in text_of(classmate_client.get(f"{LESSON}1/"))


def test_another_site_cannot_press_the_button(lesson: LessonPage) -> None:
    stranger = Client(headers={"origin": "https://evil.example"})
    assert stranger.post(f"{LESSON}1/klaar/").status_code == 403
    assert Client().post(f"{LESSON}1/klaar/").status_code == 403
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/lessen/klein-pakket/geen/",
        "/lessen/geen/les-een/",
        "/lessen/geen/les-een/1/",
        f"{LESSON}0/",
        f"{LESSON}5/",
        "/lessen/klein-pakket/geen/einde/",
    ],
)
def test_what_is_not_there_is_a_404(client: Client, lesson: LessonPage, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", [0, 5])
def test_a_step_that_is_not_there_cannot_be_finished(
    client: Client, lesson: LessonPage, number: int
) -> None:
    assert client.post(f"{LESSON}{number}/klaar/").status_code == 404
    assert not Learner.objects.exists()


def test_a_step_is_finished_by_post_only(client: Client, lesson: LessonPage) -> None:
    assert client.get(f"{LESSON}1/klaar/").status_code == 405


def test_nothing_of_a_reflection_can_be_sent(client: Client, lesson: LessonPage) -> None:
    page = text_of(client.get(f"{LESSON}2/"))
    assert "Dit bewaren we niet. Niemand ziet het." in page
    lesson_part = page[page.index("<article") : page.index("</main>")]
    assert "<textarea" not in lesson_part
    assert "<input" not in lesson_part


def test_the_lesson_of_a_package_that_went_offline_is_gone(
    client: Client, lesson: LessonPage
) -> None:
    assert client.get(f"{LESSON}1/").status_code == 200
    lesson.get_parent().specific.unpublish()
    assert client.get(f"{LESSON}1/").status_code == 404


@pytest.mark.parametrize("path", ["1/", "3/", "einde/"])
def test_a_lesson_page_costs_no_query_for_somebody_unknown(
    client: Client, lesson: LessonPage, settings: Any, django_assert_num_queries: Any, path: str
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    client.get(f"{LESSON}{path}")
    with django_assert_num_queries(0):
        client.get(f"{LESSON}{path}")


@pytest.mark.parametrize("path", ["", "1/", "3/", "einde/"])
def test_a_lesson_page_costs_one_query_for_a_learner(
    learner_client: Client,
    lesson: LessonPage,
    settings: Any,
    django_assert_num_queries: Any,
    path: str,
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    learner_client.post(f"{LESSON}1/klaar/")
    learner_client.get(f"{LESSON}{path}")
    with django_assert_num_queries(1):
        learner_client.get(f"{LESSON}{path}")


def test_a_look_at_whether_something_changed_costs_one_query(
    client: Client, lesson: LessonPage, django_assert_num_queries: Any
) -> None:
    client.get(f"{LESSON}1/")
    with django_assert_num_queries(1):  # LESSON_RECHECK_SECONDS is 0 in tests
        client.get(f"{LESSON}1/")


def test_going_on_costs_a_fixed_number_of_queries(
    client: Client, lesson: LessonPage, settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    client.get(f"{LESSON}1/")
    with django_assert_max_num_queries(10):  # with the savepoints
        client.post(f"{LESSON}1/klaar/")
    with django_assert_max_num_queries(5):
        client.post(f"{LESSON}2/klaar/")


def test_a_step_is_light(client: Client, lesson: LessonPage) -> None:
    for number in (1, 2, 3, 4):
        assert len(client.get(f"{LESSON}{number}/").content) < 15_000


def test_the_last_answer_of_the_quiz_finishes_its_step(client: Client, lesson: LessonPage) -> None:
    client.post(f"{LESSON}1/klaar/")
    attempt = str(uuid4())
    for question in Quiz.objects.get().editions.first().content["questions"]:
        choices = question.get("choices") or [{"key": "false"}]
        reasons = question.get("reasons") or [{"key": None}]
        answer = {
            "attempt": attempt,
            "edition": 1,
            "question": question["key"],
            "key": str(uuid4()),
            "choice": [choices[0]["key"]],
            "reason": reasons[0]["key"],
            "learner_tag": LearnerToken(Learner.objects.get().pk, 1).tag,
        }
        assert LessonProgress.objects.get().finished_steps == [STEPS[0]]
        saved = client.post("/q/kleine-quiz/antwoord/", answer, content_type="application/json")
        assert saved.status_code == 200
    assert LessonProgress.objects.get().finished_steps == [STEPS[0], STEPS[2]]
