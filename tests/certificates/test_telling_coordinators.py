"""Mail to who coordinates: one with all colleagues whose certificate ends, and none twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from certificates.actions import note_coordinator_reminders, revoke_certificate
from certificates.coordinator_reminders import digests, organisations_that_hear, send_digests
from certificates.models import Certificate, CoordinatorReminder
from organisations.models import Organisation, Role
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.certificates import SLUG, earn, make_certificate, make_path
from tests.factories.organisations import (
    OrganisationFactory,
    RoleFactory,
    make_coordinator,
    make_teacher,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
END = datetime(2027, 11, 27, 10, tzinfo=UTC)
TEAM = "team@debrug.example"


@pytest.fixture
def coordinator(organisation: Organisation) -> User:
    return make_coordinator(organisation=organisation, email=TEAM)


@pytest.fixture
def holder(organisation: Organisation, coordinator: User) -> User:
    return make_teacher(organisation=organisation, email="noor@debrug.example", name="Noor")


@pytest.fixture
def made(holder: User) -> Certificate:
    return make_certificate(holder, name="Noor op papier", at=NOW)


def on(days_left: int) -> tuple[int, int]:
    return send_digests(now=END - timedelta(days=days_left))


def told() -> list[str]:
    return [address for one in mail.outbox for address in one.to]


def test_two_mails_in_a_year_of_days(made: Certificate, coordinator: User) -> None:
    for left in range(100, -30, -1):
        on(left)
    assert told() == [TEAM, TEAM]
    rows = CoordinatorReminder.objects.order_by("days").values_list("coordinator", "days")
    assert list(rows) == [(coordinator.pk, 14), (coordinator.pk, 60)]


def test_all_colleagues_stand_in_one_mail(made: Certificate, organisation: Organisation) -> None:
    sam = make_teacher(organisation=organisation, email="sam@debrug.example", name="Sam\nKijk hier")
    make_certificate(sam, at=NOW + timedelta(days=3))
    assert on(40) == (1, 0)
    (sent,) = mail.outbox
    assert sent.subject == "Certificaten van collega's lopen af"
    assert "De Brug\n- Noor: ‘Klein pakket’, geldig tot en met 27 november 2027\n" in sent.body
    assert "- Sam Kijk hier: ‘Klein pakket’, geldig tot en met 30 november 2027\n" in sent.body
    assert "Noor op papier" not in sent.body
    assert made.public_id not in sent.body
    assert "uitbuiting" not in sent.body + sent.subject
    assert on(39) == (0, 0)


def test_only_who_was_not_told_of_stands_in_the_next(
    made: Certificate, organisation: Organisation
) -> None:
    on(60)
    sam = make_teacher(organisation=organisation, name="Sam")
    make_certificate(sam, at=NOW + timedelta(days=30))
    assert on(30) == (1, 0)
    assert "Sam" in mail.outbox[1].body
    assert "Noor" not in mail.outbox[1].body


def test_each_organisation_of_the_holder_is_told_and_no_other(made: Certificate) -> None:
    second = OrganisationFactory(name="De Haven")
    RoleFactory(user=made.user, organisation=second)
    for address in ("een@dehaven.example", "twee@dehaven.example"):
        make_coordinator(organisation=second, email=address)
    make_coordinator(email="elders@school.example")
    assert on(60) == (3, 0)
    assert sorted(told()) == ["een@dehaven.example", TEAM, "twee@dehaven.example"]
    assert [one.body.count("Noor") for one in mail.outbox] == [1, 1, 1]


def test_who_shares_two_organisations_gets_one_mail(made: Certificate, coordinator: User) -> None:
    second = OrganisationFactory(name="De Haven")
    RoleFactory(user=made.user, organisation=second)
    RoleFactory(user=coordinator, organisation=second, name=Role.Name.COORDINATOR)
    assert on(60) == (1, 0)
    assert all(name in mail.outbox[0].body for name in ("De Brug", "De Haven"))
    assert on(59) == (0, 0)


def suspend(role: Role) -> None:
    role.suspended_at = NOW
    role.save()


def switch_off(user: User) -> None:
    user.is_active = False
    user.save()


@pytest.mark.parametrize(
    "why",
    ["role of the holder suspended", "holder left", "holder switched off", "revoked", "deleted",
     "coordinator suspended", "coordinator became a teacher", "coordinator switched off",
     "coordinator has no address", "organisation is provisional", "only writes for a municipality"],
)  # fmt: skip
def test_who_has_no_reason_to_hear_gets_no_mail(
    made: Certificate, coordinator: User, organisation: Organisation, why: str
) -> None:
    role, leading = made.user.roles.get(), coordinator.roles.get()
    if why == "role of the holder suspended":
        suspend(role)
    elif why == "holder left":
        role.delete()
    elif why == "holder switched off":
        switch_off(made.user)
    elif why == "revoked":
        revoke_certificate(certificate=made, reason="Fout.", now=NOW, user=None)
    elif why == "deleted":
        made.delete()
    elif why == "coordinator suspended":
        suspend(leading)
    elif why == "coordinator became a teacher":
        coordinator.roles.update(name=Role.Name.TEACHER)
    elif why == "coordinator switched off":
        switch_off(coordinator)
    elif why == "coordinator has no address":
        User.objects.filter(pk=coordinator.pk).update(email=None)
    elif why == "organisation is provisional":
        Organisation.objects.filter(pk=organisation.pk).update(confirmed_at=None)
    else:
        made.user.roles.update(name=Role.Name.MUNICIPAL_EDITOR)
    assert on(60) == (0, 0)
    assert mail.outbox == []
    assert not CoordinatorReminder.objects.exists()


def test_a_coordinator_is_not_told_of_their_own(coordinator: User) -> None:
    make_certificate(coordinator, at=NOW)
    assert on(60) == (0, 0)


def test_a_mail_that_failed_is_tried_again_and_the_others_go(
    made: Certificate, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_coordinator(organisation=organisation, email="ook@debrug.example")
    sent: list[str] = []

    def broken(_subject: str, _text: str, _sender: None, to: list[str]) -> None:
        if to == [TEAM]:
            raise ConnectionRefusedError
        sent.extend(to)

    with monkeypatch.context() as patch:
        patch.setattr("certificates.coordinator_reminders.send_mail", broken)
        assert on(60) == (1, 1)
    assert sent == ["ook@debrug.example"]
    assert on(59) == (1, 0)
    assert told() == [TEAM]


def test_two_timers_at_once_send_one_mail(
    made: Certificate, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second worked out whom to tell before the first had written it down."""
    today = timezone.localdate(END - timedelta(days=60))
    stale = digests(today=today)
    assert len(stale) == 1
    assert on(60) == (1, 0)
    monkeypatch.setattr("certificates.coordinator_reminders.digests", lambda today: stale)
    assert on(60) == (0, 0)
    assert told() == [TEAM]
    with pytest.raises(IntegrityError), transaction.atomic():
        note_coordinator_reminders(coordinator=coordinator, due=[(made, 60)], now=NOW)


def test_whom_to_tell_takes_the_same_queries_for_two_and_for_ten(
    made: Certificate, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    today = timezone.localdate(END - timedelta(days=60))
    with django_assert_num_queries(4):
        assert len(digests(today=today)) == 1
    for number in range(4):
        second = OrganisationFactory()
        for who in (made.user, make_teacher(organisation=organisation)):
            RoleFactory(user=who, organisation=second)
        make_coordinator(organisation=second)
        twin = Certificate.objects.get(pk=made.pk)
        twin.pk, twin.public_id, twin.number = None, f"{number:026d}", number + 2
        twin.save(force_insert=True)
    with django_assert_num_queries(4):
        assert len(digests(today=today)) == 5


def test_the_holder_reads_who_hears_it_too(made: Certificate, organisation: Organisation) -> None:
    from_page = signed_in(made.user).get(f"/mijn-certificaten/{made.public_id}/").content.decode()
    assert "Wie coördinator is bij De Brug, hoort het ook" in from_page
    asking = make_teacher(organisation=organisation)
    earn(asking, make_path())
    page = signed_in(asking).get(f"/certificaten/{SLUG}/aanvragen/").content.decode()
    assert "Wie coördinator is bij De Brug, hoort het ook" in page


def test_who_works_without_a_coordinator_reads_of_none(coordinator: User) -> None:
    for user in (UserFactory(), make_teacher(), coordinator):
        assert organisations_that_hear(user) == []
        made = make_certificate(user)
        page = signed_in(user).get(f"/mijn-certificaten/{made.public_id}/").content.decode()
        assert "coördinator" not in page
