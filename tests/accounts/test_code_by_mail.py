"""Signing in with a code that comes by mail."""

from __future__ import annotations

import re
import time
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.factories.accounts import PASSWORD, give_second_step

ASK = "/account/login/code/"
CONFIRM = "/account/login/code/confirm/"
NOBODY = "niemand@school.example"
CODE = r"^\d{4}-\d{4}$"


@pytest.fixture(autouse=True)
def _no_counts_of_earlier_tests():
    """allauth counts in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def known(teacher) -> User:
    EmailAddress.objects.create(user=teacher, email=teacher.email, verified=True, primary=True)
    return teacher


def ask(client: Client, email: str, **more):
    return client.post(ASK, {"email": email, **more})


def mailed_code() -> str:
    return re.search(CODE, mail.outbox[-1].body, re.MULTILINE)[0]


def wrong_code() -> str:
    return "0000-0000" if mailed_code() != "0000-0000" else "1111-1111"


def is_in(client: Client) -> bool:
    return client.get("/docent/").status_code == 200


def test_a_code_by_mail_signs_in(client, known):
    assert ask(client, known.email.upper()).headers["Location"] == CONFIRM
    assert not is_in(client)
    page = client.get(CONFIRM).content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    assert client.post(CONFIRM, {"code": mailed_code()}).headers["Location"] == "/docent/"
    assert is_in(client)
    assert client.session.get_expire_at_browser_close()


def test_the_code_may_be_typed_without_its_hyphen(client, known):
    ask(client, known.email)
    client.post(CONFIRM, {"code": f" {mailed_code().replace('-', '')} "})
    assert is_in(client)


def test_the_mail_is_plain_text_without_a_link(client, known):
    ask(client, known.email)
    [message] = mail.outbox
    assert message.subject == "Je code om in te loggen"
    assert not message.alternatives
    assert "http" not in message.body
    assert mailed_code() not in message.subject


def test_a_code_works_once(client, known):
    ask(client, known.email)
    code = mailed_code()
    client.post(CONFIRM, {"code": code})
    client.post("/account/logout/")
    again = client.post(CONFIRM, {"code": code}, follow=True)
    assert "Deze code werkt niet meer" in again.content.decode()
    assert not is_in(client)


def test_a_code_works_in_the_browser_that_asked_for_it(client, known):
    ask(client, known.email)
    code = mailed_code()
    elsewhere = Client(headers={"origin": "http://testserver"})
    elsewhere.post(CONFIRM, {"code": code})
    assert not is_in(elsewhere)
    ask(elsewhere, known.email)
    elsewhere.post(CONFIRM, {"code": code})
    assert not is_in(elsewhere)
    client.post(CONFIRM, {"code": code})
    assert is_in(client)


@pytest.mark.parametrize(("minutes", "works"), [(14, True), (16, False)])
def test_a_code_works_for_a_quarter_of_an_hour(client, known, minutes, works):
    ask(client, known.email)
    later = time.time() + minutes * 60
    with mock.patch("time.time", return_value=later):
        response = client.post(CONFIRM, {"code": mailed_code()})
    assert is_in(client) is works
    assert works or "Deze code werkt niet meer" in client.get(ASK).content.decode(), response


def test_a_new_code_ends_the_one_before(client, known):
    ask(client, known.email)
    old = mailed_code()
    ask(client, known.email)
    assert mailed_code() != old
    assert "Deze code klopt niet" in client.post(CONFIRM, {"code": old}).content.decode()
    client.post(CONFIRM, {"code": mailed_code()})
    assert is_in(client)


def answers(email: str) -> list[tuple[int, str, str]]:
    """What somebody sees who asks, looks, and guesses until it stops."""
    client = Client(headers={"origin": "http://testserver"})
    seen = [ask(client, email), client.get(CONFIRM)]
    seen += [client.post(CONFIRM, {"code": "x"}) for _ in range(5)]
    seen.append(client.get(ASK))
    hide = re.compile(r'value="[^"]{60,}"')
    return [
        (
            one.status_code,
            one.headers.get("Location", ""),
            hide.sub("", one.content.decode().replace(email, "")),
        )
        for one in seen
    ]


@pytest.mark.parametrize("state", ["confirmed", "unconfirmed", "suspended"])
def test_nobody_learns_who_has_an_account(known, state):
    """S-37: the same answers, and a mail to each, so that it takes as long."""
    if state == "unconfirmed":
        EmailAddress.objects.update(verified=False)
    if state == "suspended":
        User.objects.update(is_active=False)
    assert answers(known.email) == answers(NOBODY)
    assert [message.to for message in mail.outbox] == [[known.email], [NOBODY]]
    has_code = bool(re.search(CODE, mail.outbox[0].body, re.MULTILINE))
    assert has_code is (state == "confirmed")
    assert not re.search(CODE, mail.outbox[1].body, re.MULTILINE)


def test_who_asked_for_a_code_may_still_use_a_password(client, known):
    ask(client, known.email)
    assert client.get("/account/login/").status_code == 200
    client.post("/account/login/", {"login": known.email, "password": PASSWORD})
    assert is_in(client)


@pytest.mark.parametrize("state", ["confirmed", "unconfirmed", "suspended"])
def test_an_account_is_as_much_work_as_none(known, state):
    """S-37: not a query more or less."""
    if state == "unconfirmed":
        EmailAddress.objects.update(verified=False)
    if state == "suspended":
        User.objects.update(is_active=False)
    counts = []
    for email in (known.email, NOBODY):
        client = Client(headers={"origin": "http://testserver"})
        with CaptureQueriesContext(connection) as queries:
            ask(client, email)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_nobody_can_use_says_so_and_not_of_a_password(client, db):
    ask(client, NOBODY)
    assert mail.outbox[0].subject == "Je code om in te loggen"
    assert "nieuw wachtwoord" not in mail.outbox[0].body


def test_who_made_an_account_with_somebody_elses_address_gets_no_company(client, known):
    """The owner of the mailbox may not land in an account that another knows the password of."""
    EmailAddress.objects.update(verified=False)
    ask(client, known.email)
    assert not re.search(CODE, mail.outbox[0].body, re.MULTILINE)
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_an_address_that_waits_for_confirmation_gets_no_code(client, known):
    EmailAddress.objects.create(user=known, email="nieuw@school.example", verified=False)
    ask(client, "nieuw@school.example")
    assert not re.search(CODE, mail.outbox[0].body, re.MULTILINE)


def test_the_second_step_is_still_asked(client, known):
    recovery = give_second_step(known)
    ask(client, known.email)
    response = client.post(CONFIRM, {"code": mailed_code()})
    assert response.headers["Location"] == "/account/twee-stappen/authenticate/"
    assert not is_in(client)
    client.post("/account/twee-stappen/authenticate/", {"code": recovery})
    assert is_in(client)


def test_who_must_have_a_second_step_is_sent_to_set_it_up(client, known):
    User.objects.update(is_staff=True, is_superuser=True)
    ask(client, known.email)
    client.post(CONFIRM, {"code": mailed_code()})
    assert client.get("/beheer/").headers["Location"] == "/account/twee-stappen/"


def test_who_was_suspended_in_the_meantime_stays_out(client, known):
    ask(client, known.email)
    User.objects.update(is_active=False)
    client.post(CONFIRM, {"code": mailed_code()})
    assert not is_in(client)


def test_five_wrong_codes_are_enough(client, known):
    ask(client, known.email)
    for _ in range(4):
        assert client.post(CONFIRM, {"code": wrong_code()}).status_code == 200
    last = client.post(CONFIRM, {"code": wrong_code()}, follow=True)
    assert "Te veel pogingen" in last.content.decode()
    client.post(CONFIRM, {"code": mailed_code()})
    assert not is_in(client)


def test_an_empty_field_is_no_attempt(client, known):
    ask(client, known.email)
    for _ in range(6):
        page = client.post(CONFIRM, {"code": ""}).content.decode()
    assert 'href="#id_code"' in page
    client.post(CONFIRM, {"code": mailed_code()})
    assert is_in(client)


def test_guesses_are_counted_over_all_browsers_and_leave_the_password_alone(known, settings):
    settings.LIMITS = {**settings.LIMITS, "login_code_per_account": (2, 10**9)}
    for _ in range(2):
        guesser = Client(headers={"origin": "http://testserver"})
        ask(guesser, known.email)
        guesser.post(CONFIRM, {"code": wrong_code()})
    client = Client(headers={"origin": "http://testserver"})
    ask(client, known.email)
    page = client.post(CONFIRM, {"code": mailed_code()}).content.decode()
    assert "Te vaak een verkeerde code" in page
    client.post("/account/login/", {"login": known.email, "password": PASSWORD})
    assert is_in(client)


def test_a_mailbox_is_not_filled(known, other_teacher, settings):
    settings.LIMITS = {**settings.LIMITS, "login_mail_per_account": (2, 10**9)}
    for email in (known.email, NOBODY):
        for _ in range(2):
            client = Client(headers={"origin": "http://testserver"})
            assert ask(client, email).status_code == 302
        refused = ask(client, email)
        assert "Er zijn te veel codes gevraagd" in refused.content.decode()
    assert len(mail.outbox) == 4
    assert ask(client, other_teacher.email).status_code == 302


def test_more_than_three_in_a_minute_is_too_fast(client, known):
    for _ in range(3):
        assert ask(client, known.email).status_code == 302
    assert "Te veel pogingen" in ask(client, known.email).content.decode()
    assert len(mail.outbox) == 3


def test_a_whole_school_behind_one_address_can_ask(db):
    for number in range(40):
        client = Client(headers={"origin": "http://testserver"})
        assert ask(client, f"collega{number}@school.example").status_code == 302


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_a_code_never_leads_to_another_site(client, known, target):
    """S-40."""
    ask(client, known.email, next=target)
    response = client.post(CONFIRM, {"code": mailed_code(), "next": target})
    assert response.headers["Location"] == "/docent/"


def test_a_code_leads_back_to_the_page_that_was_asked_for(client, known):
    link = "/account/login/code/?next=%2Fdocent%2Fklas%2Fnieuw%2F"
    assert link in client.get("/account/login/?next=/docent/klas/nieuw/").content.decode()
    on = ask(client, known.email, next="/docent/klas/nieuw/").headers["Location"]
    assert 'name="next" value="/docent/klas/nieuw/"' in client.get(on).content.decode()
    done = client.post(CONFIRM, {"code": mailed_code(), "next": "/docent/klas/nieuw/"})
    assert done.headers["Location"] == "/docent/klas/nieuw/"


def test_the_session_is_a_new_one_after_the_code(client, known):
    """S-35."""
    ask(client, known.email)
    old = client.cookies["sessionid"].value
    client.post(CONFIRM, {"code": mailed_code()})
    assert client.cookies["sessionid"].value != old


def test_another_sites_page_cannot_send_a_code(known):
    """S-39."""
    foreign = Client(headers={"origin": "https://evil.example"})
    assert ask(foreign, known.email).status_code == 403
    assert not mail.outbox


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "Your code to sign in"), ("ar", "رمز تسجيل دخولك")]
)
def test_the_mail_is_in_the_language_of_the_page(client, known, language, subject):
    client.post("/taal/", {"language": language, "next": "/"})
    ask(client, known.email)
    assert mail.outbox[0].subject == subject
