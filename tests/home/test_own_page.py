"""The learner's own page: what to do, where they were, in their classes only."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.actions import end_learner_cookies
from accounts.models import User
from classrooms.actions import Joined, assign, remove_enrolment
from classrooms.models import Classroom
from home.demo import DemoLearner
from lessons.models import LessonPackagePage, LessonPage, QuizInStep
from lessons.rendering import lesson_pages
from progress.actions import finish_step
from quizzes.models import Quiz
from quizzes.queries import newest_edition
from tests.factories.classrooms import enrol, make_classroom


def give(classroom: Classroom, thing: Any, **more: Any) -> None:
    assign(classroom=classroom, thing=thing, now=timezone.now(), user=classroom.teacher, **more)


def own_page(client: Client) -> str:
    return client.get("/mijn/").content.decode()


def test_a_stranger_is_asked_for_a_code_and_no_query_is_made(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = own_page(client)
    assert 'href="/mee/"' in page
    assert 'href="/terug/"' in page


def test_an_ended_cookie_is_a_stranger(learner_client: Client, learner: Joined) -> None:
    end_learner_cookies(token=learner.token)
    page = own_page(learner_client)
    assert learner.enrolment.nickname not in page
    assert 'href="/terug/"' in page


def test_a_class_without_work_says_so(learner_client: Client, learner: Joined) -> None:
    page = own_page(learner_client)
    assert learner.enrolment.nickname in page
    assert "Er staat nog niets klaar" in page


def test_a_package_shows_its_lessons_with_the_due_date_in_dutch(
    learner_client: Client, classroom: Classroom, package: LessonPackagePage, lesson: LessonPage
) -> None:
    due_on = timezone.localdate() + timedelta(days=30)
    give(classroom, package, due_on=due_on, note="Neem je oortjes mee")
    page = own_page(learner_client)
    assert lesson.title in page
    assert f'href="/lessen/{package.slug}/{lesson.slug}/"' in page
    assert "Neem je oortjes mee" in page
    days = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    assert f"Af op {days[due_on.weekday()]} {due_on.day} " in page
    assert "Nog niet begonnen" in page


def test_a_date_that_passed_does_not_scold(
    learner_client: Client, classroom: Classroom, quiz: Quiz
) -> None:
    give(classroom, quiz, due_on=date(2026, 1, 2))
    page = own_page(learner_client)
    assert "Was voor vrijdag 2 januari. Het kan nog." in page
    assert "te laat" not in page.lower()


def test_a_lesson_that_was_begun_goes_on(
    learner_client: Client, learner: Joined, classroom: Classroom, lesson: LessonPage
) -> None:
    give(classroom, lesson)
    pages = lesson_pages(lesson.get_parent().slug, lesson.slug)
    step = pages.lesson.steps[0]
    finish_step(token=learner.token, lesson=pages.lesson, step=step, now=timezone.now())
    page = own_page(learner_client)
    assert "Bezig" in page
    assert "Ga verder" in page


def test_a_quiz_goes_from_not_begun_to_done(
    learner_client: Client, learner: Joined, classroom: Classroom, quiz: Quiz
) -> None:
    give(classroom, quiz)
    assert "Nog niet begonnen" in own_page(learner_client)
    edition = newest_edition(quiz.slug)
    person = DemoLearner(learner.token, 1.0, random.Random(1), timezone.now())
    person.do_quiz(edition, edition.question_count)
    page = own_page(learner_client)
    assert "Klaar" in page
    assert page.count(f'href="/q/{quiz.slug}/"') == 1


def test_what_somebody_did_without_being_asked_is_there_too(
    learner_client: Client, learner: Joined, quiz: Quiz
) -> None:
    edition = newest_edition(quiz.slug)
    person = DemoLearner(learner.token, 1.0, random.Random(1), timezone.now())
    person.do_quiz(edition, 1)
    page = own_page(learner_client)
    assert "Wat je zelf deed" in page
    assert "Bezig" in page


def test_an_assignment_that_is_not_open_yet_is_not_shown(
    learner_client: Client, classroom: Classroom, quiz: Quiz
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    assign(classroom=classroom, thing=quiz, now=tomorrow, user=classroom.teacher)
    assert quiz.title not in own_page(learner_client)


def test_another_class_and_a_classmate_do_not_show(
    learner_client: Client, classmate: Joined, other_teacher: User, quiz: Quiz
) -> None:
    elsewhere = make_classroom(teacher=other_teacher, name="Klas 9Z")
    give(elsewhere, quiz)
    stranger = enrol(elsewhere)
    page = own_page(learner_client)
    for word in ("Klas 9Z", quiz.title, classmate.enrolment.nickname, stranger.enrolment.nickname):
        assert word not in page


def test_a_learner_who_was_taken_out_no_longer_sees_the_class(
    learner_client: Client, learner: Joined, classroom: Classroom
) -> None:
    remove_enrolment(enrolment=learner.enrolment, now=timezone.now(), user=classroom.teacher)
    page = own_page(learner_client)
    assert classroom.name not in page
    assert "Zit je in een klas?" in page


def test_the_page_takes_four_queries_whatever_is_on_it(
    learner_client: Client,
    learner: Joined,
    classroom: Classroom,
    package: LessonPackagePage,
    quiz: Quiz,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    give(classroom, package)
    give(classroom, quiz)
    edition = newest_edition(quiz.slug)
    DemoLearner(learner.token, 1.0, random.Random(1), timezone.now()).do_quiz(edition, 2)
    with django_assert_max_num_queries(4):
        own_page(learner_client)


def test_the_page_is_never_kept(learner_client: Client) -> None:
    """S-36"""
    assert learner_client.get("/mijn/")["Cache-Control"] == "no-store"


def do_one_question(learner: Joined, quiz: Quiz) -> None:
    person = DemoLearner(learner.token, 1.0, random.Random(1), timezone.now())
    person.do_quiz(newest_edition(quiz.slug), 1)


def test_a_quiz_inside_an_assigned_lesson_is_not_listed_twice(
    learner_client: Client, learner: Joined, classroom: Classroom, package: LessonPackagePage
) -> None:
    give(classroom, package)
    inside = QuizInStep.objects.select_related("quiz").first()
    assert inside is not None
    do_one_question(learner, inside.quiz)
    assert "Wat je zelf deed" not in own_page(learner_client)


def test_a_quiz_that_was_taken_offline_leads_nowhere_and_is_not_listed(
    learner_client: Client, learner: Joined, classroom: Classroom, quiz: Quiz
) -> None:
    give(classroom, quiz)
    do_one_question(learner, quiz)
    quiz.unpublish()
    assert f'href="/q/{quiz.slug}/"' not in own_page(learner_client)
