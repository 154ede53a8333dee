"""Mail before a certificate ends, with a clock that the tests move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from certificates.actions import claim_certificate, revoke_certificate
from certificates.models import Certificate, CertificateReminder
from certificates.reminders import send_reminders
from organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.certificates import do_check, make_certificate, make_path
from tests.factories.organisations import RoleFactory, make_coordinator

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
END = datetime(2027, 11, 27, 10, tzinfo=UTC)


@pytest.fixture
def made() -> Certificate:
    return make_certificate(UserFactory(email="noor@gemeente.example"), at=NOW)


def on(days_left: int) -> tuple[int, int]:
    return send_reminders(now=END - timedelta(days=days_left))


def test_two_mails_in_a_year_of_days(made: Certificate) -> None:
    for left in range(365, -30, -1):
        on(left)
    assert len(mail.outbox) == 2
    assert [one.to for one in mail.outbox] == [["noor@gemeente.example"]] * 2
    assert sorted(made.reminders.values_list("days", flat=True)) == [14, 60]


def test_the_mail_is_plain_and_says_until_when(made: Certificate) -> None:
    assert on(60) == (1, 0)
    sent = mail.outbox[0]
    assert sent.subject == "Je certificaat loopt af"
    assert "27 november 2027" in sent.body
    assert "/mijn-certificaten/" in sent.body
    assert made.holder_name not in sent.body
    assert "coördinator" not in sent.body
    assert "uitbuiting" not in sent.body + sent.subject


def test_the_mail_is_in_the_language_of_the_certificate(made: Certificate) -> None:
    made.language = "en"
    made.save()
    on(60)
    assert mail.outbox[0].subject == "Your certificate is about to end"


def test_the_mail_says_who_hears_it_too(made: Certificate, organisation: Organisation) -> None:
    RoleFactory(user=made.user, organisation=organisation)
    make_coordinator(organisation=organisation, email="team@debrug.example")
    on(60)
    assert "Wie coördinator is bij De Brug, krijgt hier ook bericht" in mail.outbox[0].body
    assert mail.outbox[0].to == ["noor@gemeente.example"]


@pytest.mark.parametrize("why", ["revoked", "renewed", "account switched off", "deleted"])
def test_who_has_no_need_gets_no_mail(made: Certificate, why: str) -> None:
    if why == "revoked":
        revoke_certificate(certificate=made, reason="Fout.", now=NOW, user=None)
    elif why == "renewed":
        then = END - timedelta(days=60)
        do_check(made.user.learners.get(), make_path(), at=then)
        claim_certificate(user=made.user, path=make_path(), name="Noor", now=then)
    elif why == "deleted":
        made.delete()
    else:
        made.user.is_active = False
        made.user.save()
    assert on(60) == (0, 0)
    assert mail.outbox == []


def test_a_mail_that_failed_is_tried_again(
    made: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr("certificates.reminders.send_mail", broken)
        assert on(60) == (0, 1)
    assert not CertificateReminder.objects.exists()
    assert on(59) == (1, 0)


def test_the_command_says_how_many_and_fails_aloud(
    made: Certificate, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    call_command("remind_of_certificates")
    assert "0 reminders sent." in capsys.readouterr().out
    monkeypatch.setattr(
        "certificates.management.commands.remind_of_certificates.send_reminders",
        lambda now: (1, 2),
    )
    monkeypatch.setattr(
        "certificates.management.commands.remind_of_certificates.send_digests",
        lambda now: (10, 20),
    )
    with pytest.raises(CommandError, match="11 sent, 22 not"):
        call_command("remind_of_certificates")
