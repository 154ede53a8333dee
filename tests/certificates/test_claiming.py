"""Asking for a certificate, renewing, revoking and deleting it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import Learner, User
from certificates.actions import (
    AlreadyRevokedError,
    NotEarnedError,
    claim_certificate,
    delete_certificate,
    revoke_certificate,
)
from certificates.models import Certificate, RevokedBadge
from certificates.paths import Path, published_path, standing
from certificates.validity import State
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    SLUG,
    another_lesson,
    do_check,
    earn,
    finish_lessons,
    make_certificate,
    make_path,
)

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)


@pytest.fixture
def path(db: Any) -> Path:
    return make_path()


@pytest.fixture
def user(db: Any) -> User:
    return UserFactory()


def claim(user: User, path: Path, now: datetime = NOW, name: str = "Noor de Wit") -> Certificate:
    return claim_certificate(user=user, path=path, name=name, now=now)


def test_who_did_all_gets_a_certificate_that_counts_from_the_check(user: User, path: Path) -> None:
    learner = Learner.objects.create(user=user)
    finish_lessons(learner, path, at=NOW - timedelta(days=40))
    do_check(learner, path, at=NOW - timedelta(days=30))
    made = claim(user, path)
    assert (made.holder_name, made.title, made.version) == ("Noor de Wit", "Klein pakket", "1.0.0")
    assert made.issued_on.isoformat() == "2026-11-27"
    assert made.valid_until.isoformat() == "2027-10-28"
    assert made.check_edition == path.checks[0].editions.count()
    assert made.state(today=made.valid_until) is State.VALID
    assert made.state(today=made.valid_until + timedelta(days=1)) is State.EXPIRED
    assert {name for name, _day in made.dated_forms} == set(path.forms) != set()


def test_pressing_twice_gives_one(user: User, path: Path) -> None:
    earn(user, path, at=NOW)
    first = claim(user, path)
    again = claim(user, path, name="Iemand anders")
    assert again == first
    assert again.holder_name == "Noor de Wit"
    assert Certificate.objects.count() == 1


def test_two_presses_in_the_same_instant_cannot_make_two(user: User, path: Path) -> None:
    earn(user, path, at=NOW)
    first = claim(user, path)
    twin = Certificate(**{
        field.attname: getattr(first, field.attname)
        for field in Certificate._meta.concrete_fields
        if field.name not in ("id", "public_id")
    })  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.parametrize("missing", ["lesson", "check", "all", "below the pass mark"])
def test_who_has_something_to_do_gets_none(user: User, path: Path, missing: str) -> None:
    learner = Learner.objects.create(user=user)
    if missing not in ("lesson", "all"):
        finish_lessons(learner, path, at=NOW)
    if missing not in ("check", "all"):
        do_check(learner, path, at=NOW, won=2 if missing == "below the pass mark" else 4)
    with pytest.raises(NotEarnedError):
        claim(user, path)
    assert not Certificate.objects.exists()


def test_work_on_two_devices_counts_together(user: User, path: Path) -> None:
    finish_lessons(Learner.objects.create(user=user), path, at=NOW)
    do_check(Learner.objects.create(user=user), path, at=NOW)
    assert claim(user, path).user == user


def test_work_of_somebody_else_does_not_count(user: User, path: Path) -> None:
    earn(UserFactory(), path, at=NOW)
    with pytest.raises(NotEarnedError):
        claim(user, path)


def test_a_check_of_too_long_ago_is_to_be_done_again(user: User, path: Path) -> None:
    learner = Learner.objects.create(user=user)
    finish_lessons(learner, path, at=NOW - timedelta(days=400))
    do_check(learner, path, at=NOW - timedelta(days=400))
    with pytest.raises(NotEarnedError):
        claim(user, path)
    do_check(learner, path, at=NOW)
    assert claim(user, path).valid_until.isoformat() == "2027-11-27"


def test_a_path_without_a_check_gives_no_certificate(user: User, path: Path) -> None:
    earn(user, path, at=NOW)
    quiz = path.checks[0]
    quiz.kind = "practice"
    quiz.save_revision().publish()
    with pytest.raises(NotEarnedError):
        claim(user, published_path(SLUG))


def test_a_renewal_is_a_new_one_and_keeps_the_old(user: User, path: Path) -> None:
    learner = earn(user, path, at=NOW)
    first = claim(user, path)
    then = NOW + timedelta(days=320)  # 45 days before the end
    with pytest.raises(NotEarnedError):  # the check of last year does not count again
        claim(user, path, now=then)
    do_check(learner, path, at=then)
    second = claim(user, path, now=then)
    assert claim(user, path, now=then) == second
    first = Certificate.objects.with_renewal().get(pk=first.pk)
    assert second.renews == first
    assert first.replacement == second
    assert first.state(today=second.issued_on) is State.REPLACED
    assert second.state(today=second.issued_on) is State.VALID
    assert second.number == 2


def test_before_the_last_sixty_days_there_is_nothing_to_renew(user: User, path: Path) -> None:
    learner = earn(user, path, at=NOW)
    first = claim(user, path)
    then = NOW + timedelta(days=300)
    do_check(learner, path, at=then)
    assert claim(user, path, now=then) == first


def test_a_lesson_that_was_added_is_to_be_done_for_a_renewal(user: User, path: Path) -> None:
    learner = earn(user, path, at=NOW)
    claim(user, path)
    another_lesson(path)
    then = NOW + timedelta(days=340)
    do_check(learner, path, at=then)
    with pytest.raises(NotEarnedError):
        claim(user, published_path(SLUG), now=then)


def test_the_same_day_a_short_certificate_is_not_made_twice(user: User) -> None:
    """A path of one month can be renewed at once."""
    path = make_path(months=1)
    earn(user, path, at=NOW)
    assert claim(user, path) == claim(user, path)


def test_a_certificate_says_what_it_said_when_the_path_changes(user: User, path: Path) -> None:
    earn(user, path, at=NOW)
    made = claim(user, path)
    path.source.title = "Heel anders"
    path.source.save_revision().publish()
    made.refresh_from_db()
    assert made.title == "Klein pakket"


def test_a_revoked_one_says_so_and_stays_on_the_list(user: User, path: Path) -> None:
    earn(user, path, at=NOW)
    made = claim(user, path)
    revoke_certificate(certificate=made, reason="De naam klopte niet.", now=NOW, user=None)
    assert made.state(today=made.issued_on) is State.REVOKED
    with pytest.raises(AlreadyRevokedError):
        revoke_certificate(certificate=made, reason="Nog eens.", now=NOW, user=None)
    made.refresh_from_db()
    assert made.revoked_reason == "De naam klopte niet."
    number = made.pk
    delete_certificate(certificate=made)
    assert list(RevokedBadge.objects.values_list("place", flat=True)) == [number]


def test_after_revoking_the_check_is_to_be_passed_again(user: User, path: Path) -> None:
    learner = earn(user, path, at=NOW)
    revoke_certificate(certificate=claim(user, path), reason="Fout.", now=NOW, user=None)
    with pytest.raises(NotEarnedError):
        claim(user, path, now=NOW + timedelta(minutes=1))
    do_check(learner, path, at=NOW + timedelta(hours=1))
    assert claim(user, path, now=NOW + timedelta(hours=2)).number == 2


def test_the_command_revokes_by_the_number_on_paper(path: Path) -> None:
    made = make_certificate(at=NOW)
    spaced = " ".join([made.public_id[:5].upper(), made.public_id[5:]])
    call_command("revoke_certificate", spaced, reason="Op verzoek.")
    made.refresh_from_db()
    assert made.revoked_reason == "Op verzoek."
    for number, reason in ((spaced, "Weer."), ("2" * 26, "Weg."), (spaced, " ")):
        with pytest.raises(CommandError):
            call_command("revoke_certificate", number, reason=reason)


def test_a_name_wrong_on_paper_is_deleted_and_asked_for_again(user: User, path: Path) -> None:
    earn(user, path, at=NOW)
    delete_certificate(certificate=claim(user, path, name="Nor"))
    assert claim(user, path, name="Noor").holder_name == "Noor"


def test_an_account_that_goes_takes_its_certificates_along(path: Path) -> None:
    made = make_certificate(at=NOW)
    made.user.delete()
    assert not Certificate.objects.exists()


def test_a_standing_costs_the_same_for_one_device_and_for_ten(
    user: User, path: Path, django_assert_max_num_queries: Any
) -> None:
    for _device in range(10):
        earn_device = Learner.objects.create(user=user)
        finish_lessons(earn_device, path, at=NOW)
        do_check(earn_device, path, at=NOW)
    numbers = list(user.learners.values_list("pk", flat=True))
    with django_assert_max_num_queries(5):
        work = standing(path, numbers, today=timezone.localdate(NOW))
    assert work.is_earned


def test_the_language_is_that_in_which_it_was_asked_for(user: User, path: Path) -> None:
    earn(user, path, at=NOW)
    with translation.override("en"):
        assert claim(user, path).language == "en"
