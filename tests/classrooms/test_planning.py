"""Something that a class is given for later, and an assignment that changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from classrooms.actions import assign
from classrooms.models import Assignment, Classroom
from lessons.models import LessonPage
from quizzes.models import Quiz

pytestmark = pytest.mark.django_db


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def give(client: Client, classroom: Classroom, quiz: Quiz, **more: str) -> Any:
    data = {"what": f"quiz:{quiz.key}", **more}
    return client.post(reverse("classrooms:assign", args=[classroom.public_id]), data, follow=True)


def change(classroom: Classroom) -> str:
    one = classroom.assignments.get()
    return reverse("classrooms:change_assignment", args=[classroom.public_id, one.public_id])


@pytest.fixture
def given(classroom: Classroom, quiz: Quiz) -> Assignment:
    return assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)


def test_what_begins_later_is_seen_by_the_teacher_and_not_by_the_class(
    teacher_client: Client,
    learner_client: Client,
    classroom: Classroom,
    quiz: Quiz,
) -> None:
    page = give(teacher_client, classroom, quiz, opens_on=day(2)).content.decode()
    assert page.count("De klas ziet dit vanaf") == 1
    assert "De opdracht is te zien vanaf" in page
    assert quiz.title not in learner_client.get("/mijn/").content.decode()
    # At midnight here, not at midnight UTC.
    opens_at = timezone.localtime(classroom.assignments.get().opens_at)
    assert (opens_at.date().isoformat(), opens_at.hour, opens_at.minute) == (day(2), 0, 0)
    classroom.assignments.update(opens_at=timezone.now())
    assert quiz.title in learner_client.get("/mijn/").content.decode()
    settings = reverse("classrooms:settings", args=[classroom.public_id])
    assert "De klas ziet dit vanaf" not in teacher_client.get(settings).content.decode()


def test_without_a_day_and_today_it_begins_at_once(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, lesson: LessonPage
) -> None:
    assert "staat klaar" in give(teacher_client, classroom, quiz).content.decode()
    what = {"what": f"lesson:{lesson.key}"}
    page = give(teacher_client, classroom, quiz, opens_on=day(0), **what).content.decode()
    assert "staat klaar" in page
    assert classroom.assignments.open(at=timezone.now()).count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"opens_on": day(-1)}, "Kies vandaag of een latere dag."),
        ({"opens_on": "morgen"}, "Vul een dag in, zoals 31-12-2026."),
        ({"opens_on": day(3), "due_on": day(2)}, "Dit is eerder dan de dag waarop de klas begint."),
    ],
)
@pytest.mark.parametrize("is_change", [False, True])
def test_days_that_cannot_be_are_said_and_nothing_changes(
    teacher_client: Client, classroom: Classroom, quiz: Quiz, is_change: bool,
    changes: dict[str, str], message: str,
) -> None:  # fmt: skip
    if is_change:
        give(teacher_client, classroom, quiz, note="Doe je best")
        response = teacher_client.post(change(classroom), {"note": "Anders", **changes})
    else:
        response = give(teacher_client, classroom, quiz, note="Anders", **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(message) == 2
    assert 'value="Anders"' in page
    assert [one.note for one in classroom.assignments.all()] == ["Doe je best"] * is_change


def test_an_assignment_gets_another_day_and_note(
    teacher_client: Client, learner_client: Client, given: Assignment
) -> None:
    form = teacher_client.get(change(given.classroom)).content.decode()
    assert given.quiz is not None
    assert given.quiz.title in form
    data = {"opens_on": "", "due_on": day(7), "note": "Voor vrijdag"}
    teacher_client.post(change(given.classroom), data)
    given.refresh_from_db()
    assert (given.due_on.isoformat(), given.note) == (day(7), "Voor vrijdag")  # type: ignore[union-attr]
    assert "Voor vrijdag" in learner_client.get("/mijn/").content.decode()
    again = teacher_client.get(change(given.classroom)).content.decode()
    assert f'value="{day(7)}"' in again


def test_what_was_open_keeps_its_moment_and_what_was_planned_can_begin_now(
    teacher_client: Client, given: Assignment
) -> None:
    opened = given.opens_at
    teacher_client.post(change(given.classroom), {"note": "x"})
    given.refresh_from_db()
    assert given.opens_at == opened
    teacher_client.post(change(given.classroom), {"opens_on": day(3)})
    given.refresh_from_db()
    assert given.opens_at > timezone.now()
    assert f'value="{day(3)}"' in teacher_client.get(change(given.classroom)).content.decode()
    teacher_client.post(change(given.classroom), {"opens_on": ""})
    given.refresh_from_db()
    assert given.opens_at <= timezone.now()


def test_a_day_that_is_past_may_stay(teacher_client: Client, given: Assignment) -> None:
    """The control: a day that is typed now may not be."""
    Assignment.objects.update(due_on=timezone.localdate() - timedelta(days=4))
    stays = {"due_on": day(-4), "note": "Het kan nog"}
    assert teacher_client.post(change(given.classroom), stays).status_code == 302
    other = {**stays, "due_on": day(-3)}
    assert teacher_client.post(change(given.classroom), other).status_code == 422
