"""P-08: an account that nobody uses is announced twice, and goes; with the clock moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Learner, UnusedAccountNotice, User
from certificates.models import Certificate
from classrooms.models import Classroom
from organisations.models import Role
from privacy import erasure_list
from privacy.terms import Terms
from privacy.unused_accounts import (
    DELETED,
    NEEDED,
    OF_STAFF,
    delete_unused_accounts,
    send_notices,
)
from quizzes.models import Attempt, Quiz
from tests.factories.accounts import UserFactory
from tests.factories.certificates import make_certificate
from tests.factories.organisations import make_coordinator, make_municipal_editor, make_teacher
from tests.privacy.test_account import own_work

pytestmark = pytest.mark.django_db
LAST = datetime(2026, 1, 15, 9, tzinfo=UTC)
TERMS = Terms()


def day(number: int) -> datetime:
    """So many days after the last sign-in, in the night."""
    return LAST + timedelta(days=number, hours=18)


def unused(user: User) -> User:
    User.objects.filter(pk=user.pk).update(last_login=LAST, date_joined=LAST)
    user.refresh_from_db()
    return user


@pytest.fixture
def idle() -> User:
    return unused(UserFactory(email="kim@voorbeeld.example", name="Kim"))


def is_there(user: User) -> bool:
    return User.objects.filter(pk=user.pk).exists()


def delete(now: datetime) -> dict[str, int]:
    return delete_unused_accounts(TERMS, now=now)


@pytest.mark.parametrize(
    ("told", "now", "due"),
    [
        ({}, 669, None),
        ({}, 670, 60),
        ({60: 670}, 715, None),
        ({60: 670}, 716, 14),
        ({60: 670, 14: 716}, 729, None),
        ({}, 2000, 60),  # this began later than the account was left
        ({60: 2000}, 2045, None),
        ({60: 2000}, 2046, 14),
    ],
)
def test_when_somebody_is_told(told: dict[int, int], now: int, due: int | None) -> None:
    sent = {days: LAST + timedelta(days=at) for days, at in told.items()}
    assert TERMS.account_notice_due(LAST, sent, LAST + timedelta(days=now)) == due


@pytest.mark.parametrize(
    ("told", "goes_on"),
    [
        ({60: 670, 14: 716}, 730),
        ({60: 690, 14: 736}, 750),
        ({60: 670, 14: 900}, 914),  # no mail went for half a year
        ({60: 670}, None),
        ({14: 716}, None),
        ({}, None),
    ],
)
def test_when_it_goes(told: dict[int, int], goes_on: int | None) -> None:
    sent = {days: LAST + timedelta(days=at) for days, at in told.items()}
    for number in range(660, 1000):
        over = TERMS.account_is_over(LAST, sent, LAST + timedelta(days=number))
        assert over is (goes_on is not None and number >= goes_on)


def test_it_is_announced_twice_and_then_it_goes(idle: User, quiz: Quiz, erasures: Path) -> None:
    """Each night for two and a half years, as the timers do."""
    attempt = own_work(idle, quiz)
    happened: list[tuple[int, str]] = []
    for number in range(650, 760):
        if send_notices(TERMS, now=day(number))[0]:
            happened.append((number, mail.outbox[-1].body.split("Op ")[1].split(" wissen")[0]))
        if delete(day(number))[DELETED]:
            happened.append((number, "gone"))
    goes_on = f"{timezone.localdate(day(730)).day} januari 2028"
    assert happened == [(670, goes_on), (716, goes_on), (730, "gone")]
    assert not is_there(idle)
    assert Attempt.objects.get(pk=attempt.pk).learner is None
    assert idle.public_id in erasure_list.read(erasures)
    assert not Learner.objects.exists()


def test_the_mail_is_plain_and_neutral_and_asks_to_sign_in(idle: User) -> None:
    send_notices(TERMS, now=day(670))
    [message] = mail.outbox
    assert message.to == [idle.email]
    assert not message.alternatives
    assert f"{settings.BASE_URL}/account/login/\n" in message.body
    text = (message.subject + message.body).lower()
    assert not [word for word in ("mensenhandel", "uitbuiting", "slachtoffer") if word in text]


def test_signing_in_takes_it_back(idle: User) -> None:
    for number in (670, 716):
        send_notices(TERMS, now=day(number))
    User.objects.filter(pk=idle.pk).update(last_login=day(729))
    for number in range(729, 760):
        assert send_notices(TERMS, now=day(number)) == (0, 0)
        assert not delete(day(number))[DELETED]
    assert is_there(idle)
    assert not UnusedAccountNotice.objects.exists()
    # The next time it begins anew.
    assert send_notices(TERMS, now=day(729 + 671)) == (1, 0)
    assert not delete(day(729 + 731))[DELETED]


def test_who_signs_in_while_it_is_being_deleted_keeps_it(idle: User) -> None:
    for number in (670, 716):
        send_notices(TERMS, now=day(number))

    def first_sign_in(_user: User) -> bool:
        User.objects.filter(pk=idle.pk).update(last_login=day(730))
        return False

    with mock.patch("privacy.unused_accounts.hindrances", first_sign_in):
        assert delete(day(731))[DELETED] == 0
    assert is_there(idle)


def test_two_timers_in_the_same_minute_send_one_mail(idle: User) -> None:
    assert send_notices(TERMS, now=day(670)) == (1, 0)
    with mock.patch("privacy.unused_accounts._told", return_value={}):  # what the other had read
        assert send_notices(TERMS, now=day(670)) == (0, 0)
    assert len(mail.outbox) == 1


def test_a_mail_that_failed_is_sent_the_next_night_and_nothing_goes_before(idle: User) -> None:
    with (
        mock.patch("privacy.unused_accounts.send_mail", side_effect=OSError),
        mock.patch("django.utils.timezone.now", return_value=day(670)),
        pytest.raises(CommandError, match="0 sent, 1 not"),
    ):
        call_command("announce_unused_accounts")
    assert not UnusedAccountNotice.objects.exists()
    assert delete(day(2000))[DELETED] == 0
    assert send_notices(TERMS, now=day(700)) == (1, 0)
    assert "15 maart" not in mail.outbox[0].body


def test_who_has_no_address_or_was_put_out_goes_without_a_mail() -> None:
    nowhere = unused(UserFactory(email=None))
    out = unused(UserFactory(is_active=False))
    for number in (670, 716):
        assert send_notices(TERMS, now=day(number)) == (0, 0)
    assert delete(day(729))[DELETED] == 0
    assert delete(day(731))[DELETED] == 2
    assert not is_there(nowhere)
    assert not is_there(out)
    assert not mail.outbox


@pytest.mark.parametrize("who", ["superuser", "staff", "editor", "municipal"])
def test_who_works_for_the_site_is_never_deleted_by_itself(who: str) -> None:
    user = make_municipal_editor("GM0344") if who == "municipal" else UserFactory()
    if who == "editor":
        user.groups.add(Group.objects.get(name="Editors"))
    User.objects.filter(pk=user.pk).update(is_superuser=who == "superuser", is_staff=who == "staff")
    UserFactory(is_superuser=True, last_login=day(2000))
    unused(user)
    for number in (670, 716, 800):
        assert send_notices(TERMS, now=day(number)) == (0, 0)
        counts = delete(day(number))
    assert is_there(user)
    assert (counts[DELETED], counts[OF_STAFF]) == (0, 1)


def test_a_teacher_of_a_class_that_goes_on_is_kept_and_counted(
    classroom: Classroom, teacher: User
) -> None:
    unused(teacher)
    for number in (670, 716, 800):
        assert send_notices(TERMS, now=day(number)) == (0, 0)
        counts = delete(day(number))
    assert (counts[DELETED], counts[NEEDED]) == (0, 1)
    # In the archive nobody depends on it; it is announced then.
    Classroom.objects.update(archived_at=day(801))
    assert send_notices(TERMS, now=day(802)) == (1, 0)
    assert delete(day(830))[DELETED] == 0
    assert send_notices(TERMS, now=day(848)) == (1, 0)
    assert delete(day(862))[DELETED] == 1
    assert not Classroom.objects.exists()


def test_the_only_coordinator_is_kept_until_a_colleague_is_one() -> None:
    user = unused(make_coordinator(email="team@dehaven.example"))
    colleague = make_teacher(organisation=user.roles.get().organisation)
    User.objects.filter(pk=colleague.pk).update(last_login=day(2000))
    assert send_notices(TERMS, now=day(720)) == (0, 0)
    assert delete(day(731))[NEEDED] == 1
    colleague.roles.update(name=Role.Name.COORDINATOR)
    assert send_notices(TERMS, now=day(732)) == (1, 0)


def test_who_gets_a_class_after_being_told_is_kept(idle: User, classroom: Classroom) -> None:
    for number in (670, 716):
        send_notices(TERMS, now=day(number))
    User.objects.exclude(pk=idle.pk).update(last_login=day(730))
    Classroom.objects.update(teacher=idle)
    assert delete(day(731))[NEEDED] == 1
    assert is_there(idle)


def test_a_dry_run_counts_and_deletes_nothing(idle: User) -> None:
    for number in (670, 716):
        send_notices(TERMS, now=day(number))
    for is_dry, there in ((True, True), (False, False)):
        told = StringIO()
        with mock.patch("django.utils.timezone.now", return_value=day(731)):
            call_command("apply_retention", dry_run=is_dry, stdout=told)
        assert f"       1  {DELETED}\n" in told.getvalue()
        assert is_there(idle) is there


def test_a_list_that_cannot_be_written_keeps_the_account(idle: User, erasures: Path) -> None:
    for number in (670, 716):
        send_notices(TERMS, now=day(number))
    erasures.mkdir()
    with pytest.raises(OSError, match=r"directory|Is a"):
        delete(day(731))
    assert is_there(idle)


def test_a_certificate_that_still_counts_keeps_the_account(idle: User) -> None:
    certificate = make_certificate(idle, at=LAST)
    Certificate.objects.update(valid_until=day(800).date())
    for number in (670, 716, 799):
        assert send_notices(TERMS, now=day(number)) == (0, 0)
        assert not delete(day(number))[DELETED]
    assert send_notices(TERMS, now=day(802)) == (1, 0)
    assert Certificate.objects.filter(pk=certificate.pk).exists()
