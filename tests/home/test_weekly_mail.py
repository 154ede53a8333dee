"""The weekly mail: who gets it, when, what it says, and how it is stopped."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import take_digest_week
from accounts.digest_links import stop_address
from accounts.models import Learner, User
from classrooms.actions import assign, remove_enrolment
from classrooms.models import Classroom, Share
from home import sending_digests
from home.digest import digest_of
from home.sending_digests import send_digests, waiting_for
from lessons.models import LessonPage
from progress.models import LessonProgress
from quizzes.models import Quiz
from tests.conftest import browser, signed_in
from tests.factories.classrooms import enrol, make_classroom, make_team
from tests.factories.organisations import make_teacher

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
FRIDAY = date(2026, 12, 4)


def wants(user: User, **more: Any) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    User.objects.filter(pk=user.pk).update(wants_digest=True, **more)
    user.refresh_from_db()
    return user


def give(classroom: Classroom, thing: Any, due_on: date | None = FRIDAY, **more: Any) -> None:
    now = MONDAY - timedelta(days=3)
    assign(classroom=classroom, thing=thing, now=now, user=None, due_on=due_on, **more)


@pytest.fixture
def reader(teacher: User, classroom: Classroom, quiz: Quiz) -> User:
    """A teacher who asked for it, and whose class has something to do this week."""
    give(classroom, quiz)
    return wants(teacher)


def text_to(user: User) -> str:
    (message,) = (one for one in mail.outbox if one.to == [user.email])
    return message.body


def test_a_teacher_reads_what_must_be_done_this_week(reader: User, classroom, quiz) -> None:
    assert send_digests(now=MONDAY) == (1, 0)
    text = text_to(reader)
    assert f"Af op vrijdag 4 december: {quiz.title}" in text
    assert classroom.name in text
    assert reverse("reports:classroom", args=[classroom.public_id]) in text


def test_it_says_how_many_may_need_a_word_and_not_who(
    teacher: User, classroom: Classroom, lesson: LessonPage
) -> None:
    give(classroom, lesson, due_on=None)
    joined = [enrol(classroom) for _ in range(4)]
    for one in joined[:3]:
        LessonProgress.objects.create(
            learner_id=one.token.learner_id, lesson_key=lesson.key, finished_steps=["x"]
        )
    wants(teacher)
    assert send_digests(now=MONDAY) == (1, 0)
    assert "1 persoon heeft misschien aandacht nodig." in text_to(teacher)
    assert not any(one.enrolment.nickname in text_to(teacher) for one in joined)


def test_who_asked_for_nothing_gets_nothing(teacher: User, classroom: Classroom, quiz) -> None:
    give(classroom, quiz)
    EmailAddress.objects.create(user=teacher, email=teacher.email, verified=True, primary=True)
    assert list(waiting_for(MONDAY)) == []
    assert send_digests(now=MONDAY) == (0, 0)
    assert mail.outbox == []


@pytest.mark.parametrize("missing", ["address", "confirmed", "active", "another address"])
def test_it_goes_to_a_confirmed_address_of_an_account_in_use(reader: User, missing: str) -> None:
    if missing == "address":
        User.objects.filter(pk=reader.pk).update(email=None)
    elif missing == "confirmed":
        EmailAddress.objects.update(verified=False)
    elif missing == "active":
        User.objects.filter(pk=reader.pk).update(is_active=False)
    else:
        EmailAddress.objects.update(email="oud@debrug.example")
    assert send_digests(now=MONDAY) == (0, 0)


def test_a_week_with_nothing_to_tell_has_no_mail_and_is_over(
    teacher: User, classroom: Classroom, quiz: Quiz
) -> None:
    give(classroom, quiz, due_on=FRIDAY + timedelta(days=7))
    wants(teacher)
    assert send_digests(now=MONDAY) == (0, 0)
    give(make_classroom(teacher=teacher), quiz)
    assert send_digests(now=MONDAY + timedelta(days=1)) == (0, 0)
    assert send_digests(now=MONDAY + timedelta(days=7)) == (1, 0)


def test_one_mail_a_week_however_often_the_timer_runs(reader: User) -> None:
    days = [send_digests(now=MONDAY + timedelta(days=day))[0] for day in range(7)]
    assert days == [1, 0, 0, 0, 0, 0, 0]


def test_two_timers_at_once_send_one(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    stale = list(waiting_for(MONDAY))
    assert send_digests(now=MONDAY) == (1, 0)
    monkeypatch.setattr(sending_digests, "waiting_for", lambda now: stale)
    assert send_digests(now=MONDAY) == (0, 0)
    assert not take_digest_week(user=reader, week=MONDAY.date())


def test_a_mail_that_failed_is_tried_again(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", broken)
        assert send_digests(now=MONDAY) == (0, 1)
        patch.setattr("home.management.commands.send_digests.send_digests", lambda now: (1, 1))
        with pytest.raises(CommandError, match="1 sent, 1 not"):
            call_command("send_digests")
    assert send_digests(now=MONDAY) == (1, 0)


def test_who_lost_the_class_reads_no_more_of_it(reader: User, classroom: Classroom) -> None:
    reader.roles.all().delete()
    assert send_digests(now=MONDAY) == (0, 0)


def test_a_colleague_who_only_sees_numbers_reads_nothing(
    classroom: Classroom, quiz: Quiz, organisation: Any
) -> None:
    give(classroom, quiz)
    colleague = wants(make_teacher(organisation=organisation))
    Share.objects.create(classroom=classroom, user=colleague, part="observer")
    assert send_digests(now=MONDAY) == (0, 0)
    Share.objects.update(part="co_teacher")
    User.objects.update(digest_week=None)
    assert send_digests(now=MONDAY) == (1, 0)


@pytest.fixture
def professional(teacher: User, quiz: Quiz, lesson: LessonPage) -> User:
    """Of a team that was given a quiz by Friday and a lesson without a day."""
    team = make_team(teacher)
    joined = enrol(team)
    user = make_teacher(email="balie@utrecht.example")
    Learner.objects.filter(pk=joined.token.learner_id).update(user=user)
    give(team, lesson, due_on=None)
    give(team, quiz)
    return wants(user)


def test_who_learns_reads_what_is_open_the_nearest_day_first(
    professional: User, quiz: Quiz, lesson: LessonPage
) -> None:
    assert send_digests(now=MONDAY) == (1, 0)
    text = text_to(professional)
    assert text.index(f"{quiz.title} (af op vrijdag 4 december)") < text.index(f"{lesson.title}:")
    assert professional.learners.get().enrolments.get().nickname not in text


def test_what_is_done_or_of_a_team_that_they_left_is_not_in_it(
    professional: User, lesson: LessonPage
) -> None:
    learner = professional.learners.get()
    LessonProgress.objects.create(
        learner=learner, lesson_key=lesson.key, finished_steps=["x"], completed_at=MONDAY
    )
    assert [one.kind for one in digest_of(professional, now=MONDAY).tasks] == ["quiz"]
    place = learner.enrolments.get()
    remove_enrolment(enrolment=place, now=MONDAY, user=None)
    assert not digest_of(professional, now=MONDAY)


def test_it_is_in_the_language_that_was_asked_for(reader: User) -> None:
    User.objects.update(digest_language="en")
    send_digests(now=MONDAY)
    assert mail.outbox[0].subject == "Your week on Doorzien"
    assert "Due on Friday 4 December" in mail.outbox[0].body


def test_nothing_in_it_follows_who_reads(reader: User) -> None:
    send_digests(now=MONDAY)
    (message,) = mail.outbox
    assert message.attachments == []
    assert message.content_subtype == "plain"
    assert not getattr(message, "alternatives", [])


def test_a_mail_program_stops_it_with_one_press(reader: User) -> None:
    """RFC 8058: a POST without a cookie, from wherever the program runs."""
    send_digests(now=MONDAY)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(headers["List-Unsubscribe"].strip("<>")).path
    program = Client(headers={"origin": "https://mail.example"}, enforce_csrf_checks=True)
    response = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    reader.refresh_from_db()
    assert not reader.wants_digest


def test_opening_the_link_stops_nothing_and_asks(reader: User) -> None:
    path = urlsplit(stop_address(reader)).path
    page = browser().get(path)
    assert "Stoppen met de weekmail?" in page.content.decode()
    reader.refresh_from_db()
    assert reader.wants_digest
    assert "Je krijgt geen weekmail meer" in browser().post(path).content.decode()
    assert send_digests(now=MONDAY) == (0, 0)


def test_an_address_that_we_did_not_sign_stops_nobodys(reader: User) -> None:
    path = urlsplit(stop_address(reader)).path
    for made_up in (path[:-3] + "xx/", reverse("accounts:stop_digest", args=["x"])):
        assert browser().post(made_up).status_code == 404
    reader.refresh_from_db()
    assert reader.wants_digest


def test_who_asks_on_a_wednesday_reads_it_on_monday(
    teacher: User, classroom: Classroom, quiz: Quiz
) -> None:
    EmailAddress.objects.create(user=teacher, email=teacher.email, verified=True, primary=True)
    data = {"wants_digest": "on", "digest_language": "ar"}
    page = signed_in(teacher).post(reverse("accounts:digest"), data, follow=True)
    assert "Je krijgt de mail vanaf maandag." in page.content.decode()
    teacher.refresh_from_db()
    today = timezone.localdate()
    assert teacher.digest_week == today - timedelta(days=today.weekday())
    assert teacher.digest_language == "ar"
    assert list(waiting_for(timezone.now())) == []
    assert list(waiting_for(timezone.now() + timedelta(days=7))) == [teacher]


def test_another_language_does_not_skip_a_week(reader: User) -> None:
    data = {"wants_digest": "on", "digest_language": "en"}
    signed_in(reader).post(reverse("accounts:digest"), data)
    reader.refresh_from_db()
    assert reader.digest_week is None


def test_a_language_that_is_none_is_told_and_changes_nothing(reader: User) -> None:
    response = signed_in(reader).post(reverse("accounts:digest"), {"digest_language": "xx"})
    assert response.status_code == 422
    assert "Kies een taal uit de lijst." in response.content.decode()
    reader.refresh_from_db()
    assert reader.wants_digest


def test_a_class_more_costs_the_same_again(
    reader: User, quiz: Quiz, django_assert_max_num_queries: Any
) -> None:
    digest_of(reader, now=MONDAY)
    with django_assert_max_num_queries(8):
        digest_of(reader, now=MONDAY)
    for name in ("2c", "2d"):
        give(make_classroom(teacher=reader, name=name), quiz)
    digest_of(reader, now=MONDAY)
    with django_assert_max_num_queries(20):
        digest_of(reader, now=MONDAY)
