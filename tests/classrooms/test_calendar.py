"""Assignments in a calendar program: what is in it, and who can read it (S-12)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from classrooms.actions import assign, remove_enrolment
from classrooms.archiving import archive_classroom
from classrooms.models import CalendarFeed, Classroom
from classrooms.rights import Part
from classrooms.sharing import share_classroom
from lessons.models import LessonPage
from organisations.colleagues import suspend
from organisations.models import Role
from quizzes.models import Quiz
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.organisations import make_teacher

pytestmark = pytest.mark.django_db
PAGE, STOP = "/docent/agenda/", "/docent/agenda/stoppen/"


def ask(client: Client) -> str:
    page = client.post(PAGE).content.decode()
    return re.search(r"/agenda/[\w-]{43}\.ics", page)[0]  # type: ignore[index]


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def give(classroom: Classroom, thing: Any, **more: Any) -> None:
    assign(classroom=classroom, thing=thing, now=timezone.now(), user=None, **more)


def events(address: str) -> list[tuple[str, date]]:
    """As a program reads it that knows nothing but the address."""
    response = Client().get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    found = Calendar.from_ical(response.content).walk("VEVENT")
    assert len({str(one["uid"]) for one in found}) == len(found)
    assert all(one["dtend"].dt == one["dtstart"].dt + timedelta(days=1) for one in found)
    return [(str(one["summary"]), one["dtstart"].dt) for one in found]


def test_a_teacher_sees_when_something_begins_and_is_due(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, lesson: LessonPage
) -> None:
    begin = timezone.make_aware(datetime.combine(day(2), datetime.min.time()))
    give(classroom, quiz, opens_at=begin, due_on=day(9))
    give(classroom, lesson)  # without a day
    address = ask(teacher_client)
    name = f"{quiz.title} ({classroom.name})"
    assert events(address) == [(f"Begint: {name}", day(2)), (f"Af: {name}", day(9))]
    # A calendar is kept by others: who learns is not their business.
    nickname = enrol(classroom).enrolment.nickname
    assert nickname not in Client().get(address).content.decode()


def test_what_is_long_past_is_left_out(
    teacher_client: Client, classroom: Classroom, quiz: Quiz
) -> None:
    give(classroom, quiz, due_on=day(-61))
    address = ask(teacher_client)
    assert events(address) == []
    classroom.assignments.update(due_on=day(-60))
    assert len(events(address)) == 1


def test_only_classes_that_are_theirs_and_in_use(
    teacher_client: Client, teacher: User, classroom: Classroom, quiz: Quiz
) -> None:
    address = ask(teacher_client)
    give(make_classroom(), quiz, due_on=day(1))
    assert events(address) == []
    give(classroom, quiz, due_on=day(1))
    assert len(events(address)) == 1
    archive_classroom(classroom=classroom, now=timezone.now(), user=None)
    assert events(address) == []


def test_a_shared_class_for_who_teaches_it_and_not_for_an_observer(
    organisation, classroom: Classroom, quiz: Quiz, sign_in
) -> None:
    give(classroom, quiz, due_on=day(1))
    for part, count in ((Part.CO_TEACHER, 1), (Part.OBSERVER, 0)):
        colleague = make_teacher(organisation=organisation, email=f"{part}@debrug.example")
        share_classroom(classroom=classroom, colleague=colleague, part=part, user=None)
        assert len(events(ask(sign_in(colleague)))) == count


def test_a_professional_sees_what_their_team_was_given(
    classroom: Classroom, quiz: Quiz, lesson: LessonPage, sign_in
) -> None:
    """Not what begins later: of that only the teacher knows. Nor what is for others."""
    user = make_teacher(email="professional@elders.example")
    joined, other = enrol(classroom), enrol(classroom)
    joined.enrolment.learner.__class__.objects.filter(pk=joined.token.learner_id).update(user=user)
    give(classroom, quiz, due_on=day(3))
    give(classroom, lesson, due_on=day(4), learners=[other.enrolment])
    address = ask(sign_in(user))
    assert [text for text, _day in events(address)] == [f"Af: {quiz.title} ({classroom.name})"]
    one = classroom.assignments.get(lesson=lesson)
    one.for_enrolments.add(joined.enrolment)
    assert len(events(address)) == 2
    classroom.assignments.filter(quiz=quiz).update(opens_at=timezone.now() + timedelta(days=1))
    assert len(events(address)) == 1
    remove_enrolment(enrolment=joined.enrolment, now=timezone.now(), user=None)
    assert events(address) == []


def test_the_address_is_told_once_and_a_new_one_ends_the_old(teacher_client: Client) -> None:
    first = ask(teacher_client)
    token = first.removeprefix("/agenda/").removesuffix(".ics")
    assert token not in teacher_client.get(PAGE).content.decode()
    assert CalendarFeed.objects.get().token_hash != token
    second = ask(teacher_client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    teacher_client.post(STOP)
    assert Client().get(second).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_looking_at_the_page_makes_nothing(teacher_client: Client) -> None:
    assert "Maak een adres voor je agenda" in teacher_client.get(PAGE).content.decode()
    assert not CalendarFeed.objects.exists()


def test_who_is_suspended_or_left_has_an_empty_calendar_or_none(
    teacher_client: Client, teacher: User, organisation, classroom: Classroom, quiz: Quiz
) -> None:
    give(classroom, quiz, due_on=day(1))
    address = ask(teacher_client)
    role = Role.objects.get(user=teacher)
    suspend(role=role, now=timezone.now(), user=None)
    assert events(address) == []
    User.objects.filter(pk=teacher.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_a_title_cannot_add_an_event(
    teacher_client: Client, classroom: Classroom, quiz: Quiz
) -> None:
    Classroom.objects.update(name="2b\r\nEND:VEVENT\r\nBEGIN:VEVENT; x, y")
    give(classroom, quiz, due_on=day(1))
    assert len(events(ask(teacher_client))) == 1


def test_reading_takes_two_queries_whatever_there_is(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, lesson, django_assert_num_queries
) -> None:
    address = ask(teacher_client)
    give(classroom, quiz, due_on=day(1))
    give(classroom, lesson, due_on=day(1))
    with django_assert_num_queries(2):
        Client().get(address)


def test_the_calendar_is_in_the_language_of_who_asked(
    teacher_client: Client, classroom: Classroom, quiz: Quiz
) -> None:
    give(classroom, quiz, due_on=day(1))
    teacher_client.cookies["language"] = "en"
    address = ask(teacher_client)
    assert events(address)[0][0] == f"Due: {quiz.title} ({classroom.name})"
