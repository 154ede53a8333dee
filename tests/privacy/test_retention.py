"""P-08: what is past its term goes, with the clock moved; what is not stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import models
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.actions import create_learner
from accounts.models import Learner, LimitWindow, User
from classrooms.models import Classroom, Enrolment
from classrooms.school_years import ARCHIVE_DAYS
from lessons.models import PackageUpload
from privacy.actions import apply_terms
from privacy.terms import Terms
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt, Quiz
from tests.factories.accounts import UserFactory
from tests.factories.classrooms import enrol
from tests.privacy.work import CHOSEN, did_a_quiz

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
LONG_AGO = datetime(2026, 2, 10, 9, 30, tzinfo=UTC)


def shift(row: models.Model, to: datetime, *fields: str) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**dict.fromkeys(fields, to))


def learner_of(day: datetime) -> Learner:
    learner = create_learner()
    shift(learner, day, "created_at")
    return learner


def left(*learners: Learner) -> list[bool]:
    return [Learner.objects.filter(pk=learner.pk).exists() for learner in learners]


def test_who_is_in_no_class_goes_after_thirty_days() -> None:
    old, new = learner_of(NOW - timedelta(days=31)), learner_of(NOW - timedelta(days=29))
    counts = apply_terms(Terms(), now=NOW)
    assert counts["learners"] == 1
    assert left(old, new) == [False, True]


@pytest.mark.parametrize("what", ["attempt", "answer", "lesson", "enrolment"])
def test_whoever_did_something_since_stays(what: str, quiz: Quiz, classroom: Classroom) -> None:
    learner = learner_of(LONG_AGO)
    lately = NOW - timedelta(days=1)
    if what == "lesson":
        row = LessonProgress.objects.create(learner=learner, lesson_key=quiz.key)
        shift(row, lately, "updated_at")
    elif what == "enrolment":
        row = Enrolment.objects.create(classroom=classroom, learner=learner, nickname="Rappe ree")
        shift(row, lately, "joined_at")
    else:
        attempt = did_a_quiz(learner, quiz, at=LONG_AGO)
        if what == "attempt":
            shift(attempt, lately, "started_at")
        else:
            shift(attempt.answers.last(), lately, "created_at")
    assert apply_terms(Terms(), now=NOW)["learners"] == 0
    assert left(learner) == [True]


def test_a_class_keeps_its_learners_until_the_school_year_is_over(classroom: Classroom) -> None:
    joined = [Learner.objects.get(pk=enrol(classroom).token.learner_id) for _ in range(2)]
    for learner, day in zip(joined, (LONG_AGO, datetime(2026, 8, 2, tzinfo=UTC)), strict=True):
        shift(learner, day, "created_at")
        shift(learner.enrolments.get(), day, "joined_at")
    assert apply_terms(Terms(), now=datetime(2026, 7, 31, 12, tzinfo=UTC))["learners"] == 0
    assert apply_terms(Terms(), now=datetime(2026, 8, 3, tzinfo=UTC))["learners"] == 1
    assert left(*joined) == [False, True]
    assert Enrolment.objects.filter(classroom=classroom).count() == 1


def test_who_has_an_account_is_kept_for_two_years(db: Any) -> None:
    idle, working = UserFactory(), UserFactory()
    User.objects.filter(pk=working.pk).update(last_login=NOW - timedelta(days=3))
    learners = []
    for user in (idle, working):
        learner = learner_of(NOW - timedelta(days=731))
        Learner.objects.filter(pk=learner.pk).update(user=user)
        learners.append(learner)
    assert apply_terms(Terms(), now=NOW - timedelta(days=2))["learners"] == 0
    assert apply_terms(Terms(), now=NOW)["learners"] == 1
    assert left(*learners) == [False, True]


def test_what_stays_of_the_work_leads_to_nobody(quiz: Quiz) -> None:
    learner = learner_of(LONG_AGO)
    attempt = did_a_quiz(learner, quiz, at=LONG_AGO)
    given = list(attempt.answers.order_by("pk").values_list("question_key", "given", "won"))
    keys = {attempt.key, *attempt.answers.values_list("key", flat=True)}
    apply_terms(Terms(), now=NOW)
    stays = Attempt.objects.get(pk=attempt.pk)
    assert stays.learner is None
    assert stays.number is None
    assert list(stays.answers.order_by("pk").values_list("question_key", "given", "won")) == given
    assert {given[0][1]["choice"][0] for _ in given} == {CHOSEN}
    assert not keys & {stays.key, *stays.answers.values_list("key", flat=True)}
    month = datetime(2026, 2, 1, tzinfo=UTC)
    assert stays.started_at == month
    assert set(stays.answers.values_list("created_at", flat=True)) == {month}


def test_the_rest_goes_as_well(editor: User, classroom: Classroom, quiz: Quiz) -> None:
    gone = NOW - timedelta(days=1)
    LimitWindow.objects.create(key="a" * 64, period=1, expires_at=gone)
    LimitWindow.objects.create(key="b" * 64, period=1, expires_at=NOW + timedelta(hours=1))
    upload = PackageUpload.objects.create(user=editor, file_name="pakket.zip", content=b"x")
    shift(upload, NOW - timedelta(hours=25), "created_at")
    ModelLogEntry.objects.all().delete()
    for about in (classroom, quiz):
        entry = log(instance=about, action="wagtail.edit", user=editor)
        shift(entry, NOW - timedelta(days=731), "timestamp")
    counts = apply_terms(Terms(), now=NOW)
    assert counts["counts of wrong codes"] == 1
    assert counts["package files that wait"] == 1
    assert counts["log of classes"] == 1
    assert counts["names in the log of material"] == 2
    assert list(LimitWindow.objects.values_list("key", flat=True)) == ["b" * 64]
    assert not PackageUpload.objects.exists()
    (entry,) = ModelLogEntry.objects.all()
    assert (entry.object_id, entry.user_id) == (str(quiz.pk), None)


def test_a_class_goes_when_it_was_in_the_archive_long_enough(classroom: Classroom) -> None:
    enrolled = enrol(classroom).token.learner_id
    shift(classroom, NOW - timedelta(days=ARCHIVE_DAYS - 1), "archived_at")
    assert apply_terms(Terms(), now=NOW)["classes in the archive"] == 0
    later = NOW + timedelta(days=2)
    assert apply_terms(Terms(), now=later)["classes in the archive"] == 1
    assert not Classroom.objects.exists()
    assert Learner.objects.filter(pk=enrolled).exists(), "goes at its own term"


def test_where_somebody_was_signed_in_goes_with_the_session(client: Client) -> None:
    """Ended by itself, or signed out long ago; who is signed in now stays in the list."""
    client.force_login(UserFactory())
    here = client.session.session_key
    rows = {name: UserFactory() for name in ("expired", "gone", "now")}
    Session.objects.create(session_key="e" * 32, session_data="", expire_date=NOW)
    keys = {"expired": "e" * 32, "gone": "f" * 32, "now": here}
    for name, user in rows.items():
        UserSession.objects.create(
            user=user, session_key=keys[name], ip="192.0.2.1", user_agent="Firefox"
        )
    counts = apply_terms(Terms(), now=NOW + timedelta(seconds=1))
    assert counts["devices that were signed in"] == 2
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [here]


def test_a_trial_counts_the_same_and_deletes_nothing(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = learner_of(LONG_AGO)
    did_a_quiz(learner, quiz, at=LONG_AGO)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    told = StringIO()
    call_command("apply_retention", "--dry-run", stdout=told)
    assert "       1  learners\n" in told.getvalue()
    assert told.getvalue().endswith("Nothing was deleted.\n")
    assert left(learner) == [True]
    told = StringIO()
    call_command("apply_retention", stdout=told)
    assert "       1  learners\n" in told.getvalue()
    assert left(learner) == [False]
    assert Answer.objects.count() == 3


def test_a_thousand_learners_cost_as_many_statements_per_five_hundred(
    django_assert_max_num_queries: Any,
) -> None:
    """No statement for each learner: 1,000 go in two rounds."""
    Learner.objects.bulk_create([Learner() for _ in range(1000)])
    Learner.objects.update(created_at=LONG_AGO)
    with django_assert_max_num_queries(60):
        assert apply_terms(Terms(), now=NOW)["learners"] == 1000
    assert not Learner.objects.exists()
