"""Something for some of the class, and more than one thing at once."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classrooms.actions import Joined, assign, change_assignment, remove_enrolment
from classrooms.archiving import copy_classroom
from classrooms.models import Assignment, Classroom
from classrooms.windows import end_of_day
from lessons.models import LessonPage
from privacy.actions import erase_learners
from quizzes.models import Quiz
from reports.exports import matrix_table
from reports.numbers import class_numbers
from reports.queries import NOT_GIVEN, NOT_STARTED, class_matrix, class_overview
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner

NOT_YET = "Je docent bereidt deze les nog voor"
pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen(classroom: Classroom) -> Joined:
    return enrol(classroom)


@pytest.fixture
def other(classroom: Classroom) -> Joined:
    return enrol(classroom)


def give(
    classroom: Classroom, thing: Any, *learners: Joined, user: User | None = None
) -> Assignment:
    places = [one.enrolment for one in learners]
    return assign(classroom=classroom, thing=thing, learners=places, now=timezone.now(), user=user)


def address_of(lesson: LessonPage) -> str:
    return f"/lessen/{lesson.get_parent().slug}/{lesson.slug}/"


def own(joined: Joined) -> str:
    return sign_in_learner(Client(), joined).get("/mijn/").content.decode()


def url(name: str, *args: Any) -> str:
    return reverse(f"classrooms:{name}", args=args)


def test_only_who_was_chosen_sees_it(
    classroom: Classroom, lesson: LessonPage, quiz: Quiz, chosen: Joined, other: Joined
) -> None:
    for thing in (lesson, quiz):
        give(classroom, thing, chosen)
        assert thing.title in own(chosen)
        assert thing.title not in own(other)
    latecomer = enrol(classroom)
    assert quiz.title not in own(latecomer)


def test_a_sensitive_lesson_is_held_for_who_was_given_it(
    classroom: Classroom, lesson: LessonPage, chosen: Joined, other: Joined
) -> None:
    give(classroom, lesson, chosen)
    Assignment.objects.update(waits_for_preparation=True)
    for one, is_held in ((chosen, True), (other, False)):
        page = sign_in_learner(Client(), one).get(address_of(lesson)).content.decode()
        assert (NOT_YET in page) is is_held


def test_when_nobody_is_left_it_is_not_suddenly_for_everybody(
    classroom: Classroom, quiz: Quiz, chosen: Joined, other: Joined
) -> None:
    give(classroom, quiz, chosen)
    erase_learners([chosen.token.learner_id])
    assert quiz.title not in own(other)


def test_the_overview_says_to_whom_it_was_not_given(
    classroom: Classroom, quiz: Quiz, chosen: Joined, other: Joined, teacher: User
) -> None:
    one = give(classroom, quiz, chosen, user=teacher)
    rows = dict(class_matrix(teacher, classroom.public_id).rows)
    assert rows[chosen.enrolment.nickname] == [NOT_STARTED]
    assert rows[other.enrolment.nickname] == [NOT_GIVEN]
    table = {row[0]: row[1:] for row in matrix_table(class_matrix(teacher, classroom.public_id))}
    assert table[other.enrolment.nickname] == ["Niet gegeven"]
    before = class_overview(teacher, classroom.public_id).mark
    change_assignment(
        assignment=one, opens_at=None, due_on=None, note="", now=timezone.now(), user=teacher,
        learners=[other.enrolment],
    )  # fmt: skip
    assert class_overview(teacher, classroom.public_id, known_mark=before).matrix is not None
    rows = dict(class_matrix(teacher, classroom.public_id).rows)
    assert rows[chosen.enrolment.nickname] == [NOT_GIVEN]


def test_numbers_are_of_who_was_given_it(classroom: Classroom, quiz: Quiz, teacher: User) -> None:
    learners = [enrol(classroom) for _number in range(24)]
    give(classroom, quiz, *learners[:12], user=teacher)
    ((_column, told),) = class_numbers(teacher, classroom.public_id).rows
    assert told.size == 10


def test_a_quiz_in_a_package_for_all_is_for_all(
    classroom: Classroom, quiz: Quiz, lesson: LessonPage, chosen: Joined, other: Joined, teacher
) -> None:
    give(classroom, lesson.get_parent().specific, user=teacher)
    give(classroom, lesson, chosen, user=teacher)
    for cells in dict(class_matrix(teacher, classroom.public_id).rows).values():
        assert NOT_GIVEN not in cells


def test_a_teacher_gives_more_at_once_to_some(
    teacher_client: Client,
    classroom: Classroom,
    quiz: Quiz,
    lesson: LessonPage,
    chosen: Joined,
    other,
) -> None:
    page = teacher_client.get(url("assign", classroom.public_id)).content.decode()
    groups = BeautifulSoup(page, "html.parser").main.fieldset("summary")
    assert [tag.get_text() for tag in groups] == [
        "Lespakketten",
        f"Lessen: {lesson.get_parent().title}",
        "Quizzen",
    ]
    data = {
        "what": [f"quiz:{quiz.key}", f"lesson:{lesson.key}"],
        "learners": [str(chosen.enrolment.public_id)],
    }
    page = teacher_client.post(url("assign", classroom.public_id), data, follow=True)
    assert "2 opdrachten staan klaar." in page.content.decode()
    assert page.content.decode().count("Voor 1 leerling") == 2
    assert quiz.title in own(chosen)
    assert quiz.title not in own(other)


def test_one_that_is_there_already_stops_all_and_says_so(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, lesson: LessonPage, monkeypatch
) -> None:
    data = {"what": [f"lesson:{lesson.key}", f"quiz:{quiz.key}"]}
    page = teacher_client.get(url("assign", classroom.public_id))
    assert page.status_code == 200
    give(classroom, quiz)  # a colleague, meanwhile
    response = teacher_client.post(url("assign", classroom.public_id), data)
    assert response.status_code == 422
    assert classroom.assignments.count() == 1
    twice = {"what": [f"lesson:{lesson.key}"] * 2}  # as if it came while this was saved
    page = teacher_client.post(url("assign", classroom.public_id), twice, follow=True)
    assert "De klas heeft deze opdracht al." in page.content.decode()
    assert classroom.assignments.count() == 1


def test_a_teacher_changes_for_whom_it_is(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, chosen: Joined, other: Joined
) -> None:
    one = give(classroom, quiz, chosen)
    address = url("change_assignment", classroom.public_id, one.public_id)
    page = BeautifulSoup(teacher_client.get(address).content, "html.parser")
    ticked = page("input", {"name": "learners"}, checked=True)
    assert [box["value"] for box in ticked] == [str(chosen.enrolment.public_id)]
    assert page.find("details", open=True)
    teacher_client.post(address, {"learners": [str(other.enrolment.public_id)]})
    assert quiz.title not in own(chosen)
    assert quiz.title in own(other)
    for wrong in ({}, {"whole_class": "on", "learners": [str(other.enrolment.public_id)]}):
        response = teacher_client.post(address, wrong)
        assert response.status_code == 422
        assert "Kies minstens één leerling, of de hele klas." in response.content.decode()
        assert quiz.title not in own(chosen)
    teacher_client.post(address, {"whole_class": "on"})
    assert quiz.title in own(chosen)


@pytest.mark.parametrize("is_erased", [False, True])
def test_another_day_does_not_give_it_to_all_when_nobody_is_left(
    is_erased: bool,
    teacher_client: Client,
    classroom: Classroom,
    quiz: Quiz,
    chosen: Joined,
    other: Joined,
    teacher: User,
) -> None:
    one = give(classroom, quiz, chosen)
    name = chosen.enrolment.nickname
    if is_erased:
        erase_learners([chosen.token.learner_id])
    else:
        remove_enrolment(enrolment=chosen.enrolment, now=timezone.now(), user=teacher)
    address = url("change_assignment", classroom.public_id, one.public_id)
    page = BeautifulSoup(teacher_client.get(address).content, "html.parser")
    ticked = [box["value"] for box in page("input", {"name": "learners"}, checked=True)]
    assert len(ticked) == (0 if is_erased else 1)
    assert (f"{name} (niet meer in de klas)" in page.get_text()) is not is_erased
    due_on = timezone.localdate().isoformat()
    response = teacher_client.post(address, {"due_on": due_on, "learners": ticked})
    assert response.status_code == (422 if is_erased else 302)
    assert quiz.title not in own(other)


def test_a_learner_of_another_class_cannot_be_chosen(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, chosen: Joined
) -> None:
    stranger = enrol(make_classroom())
    data = {"what": f"quiz:{quiz.key}", "learners": [str(stranger.enrolment.public_id)]}
    response = teacher_client.post(url("assign", classroom.public_id), data)
    assert response.status_code == 422
    assert "Kies leerlingen uit de lijst." in response.content.decode()


def test_a_copy_for_next_year_has_what_was_for_all(
    classroom: Classroom, quiz: Quiz, lesson: LessonPage, chosen: Joined, teacher: User
) -> None:
    give(classroom, quiz, chosen)
    give(classroom, lesson)
    now = timezone.now()
    until = end_of_day(timezone.localdate(), timezone.get_current_timezone())
    copy = copy_classroom(classroom=classroom, name="3b", join_until=until, now=now, user=teacher)
    assert [one.lesson for one in copy.assignments.all()] == [lesson]


def test_who_was_taken_out_does_not_count(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, chosen: Joined, other: Joined
) -> None:
    give(classroom, quiz, chosen, other)
    remove_enrolment(enrolment=other.enrolment, now=timezone.now(), user=None)
    page = teacher_client.get(url("settings", classroom.public_id)).content.decode()
    assert "Voor 1 leerling" in page
