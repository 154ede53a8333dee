"""The account page: name, address, where one is signed in."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.devices import device_of
from accounts.signal_handlers import NO_ADDRESS
from tests.conftest import browser
from tests.factories.accounts import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)


@pytest.fixture(autouse=True)
def _no_counts_of_earlier_tests():
    cache.clear()


def signed_in_with_password(user, agent: str = FIREFOX) -> Client:
    """Through the form, as allauth only then knows of it."""
    client = Client(headers={"origin": "http://testserver", "user-agent": agent})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def confirm(client: Client, message: mail.EmailMessage):
    link = re.search(r"http://testserver(/\S+)", message.body)[1]
    return client.post(link)


def test_somebody_changes_their_name(teacher_client, teacher):
    page = teacher_client.post("/account/", {"name": "Noor"}, follow=True).content.decode()
    assert "Je naam is bewaard." in page
    teacher.refresh_from_db()
    assert teacher.name == "Noor"


def test_a_name_that_is_too_long_is_refused_with_a_word(teacher_client, teacher):
    page = teacher_client.post("/account/", {"name": "n" * 101})
    assert page.status_code == 422
    assert 'id="id_name_error"' in page.content.decode()


def test_the_account_page_takes_few_queries(teacher_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert teacher_client.get("/account/").status_code == 200


def test_changing_the_address_asks_for_the_password_again(teacher_client):
    page = teacher_client.get("/account/email/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/account/reauthenticate/?next=")
    wrong = teacher_client.post(page.redirect_chain[-1][0], {"password": "nee, niet dit"})
    assert 'id="id_password_error"' in wrong.content.decode()


def test_the_address_changes_when_the_new_one_is_confirmed_and_not_before(teacher):
    EmailAddress.objects.create(user=teacher, email=teacher.email, verified=True, primary=True)
    client = signed_in_with_password(teacher)
    sent = client.post(
        "/account/email/", {"email": "nieuw@debrug.example", "action_add": "1"}, follow=True
    )
    assert "We hebben een mail gestuurd naar nieuw@debrug.example." in sent.content.decode()
    assert mail.outbox[0].to == ["nieuw@debrug.example"]
    teacher.refresh_from_db()
    assert teacher.email == "docent@debrug.example"
    assert "Je wilt naar nieuw@debrug.example." in client.get("/account/").content.decode()
    confirm(client, mail.outbox[0])
    teacher.refresh_from_db()
    assert teacher.email == "nieuw@debrug.example"
    # Who had the account until now hears of it.
    assert mail.outbox[-1].to == ["docent@debrug.example"]
    assert mail.outbox[-1].subject == "Je e-mailadres is veranderd"


def test_who_never_confirmed_an_address_keeps_it_until_the_new_one_is(teacher):
    client = signed_in_with_password(teacher)
    for email in ("eerst@debrug.example", "nieuw@debrug.example"):
        client.post("/account/email/", {"email": email, "action_add": "1"})
        teacher.refresh_from_db()
        assert teacher.email == "docent@debrug.example"
    assert browser().get(re.search(r"/account/conf\S+", mail.outbox[0].body)[0]).status_code == 200
    confirm(client, mail.outbox[0])
    teacher.refresh_from_db()
    assert teacher.email == "docent@debrug.example", "the first of the two was replaced"
    confirm(client, mail.outbox[1])
    teacher.refresh_from_db()
    assert teacher.email == "nieuw@debrug.example"


def test_the_address_of_somebody_else_cannot_be_taken(teacher, other_teacher):
    """S-37: nor does the page say that somebody has it; the mail goes to them."""
    client = signed_in_with_password(teacher)
    answer = client.post("/account/email/", {"email": other_teacher.email, "action_add": "1"})
    assert answer.status_code == 302
    teacher.refresh_from_db()
    assert teacher.email == "docent@debrug.example"
    for message in mail.outbox:
        confirm(client, message) if "confirm-email" in message.body else None
    teacher.refresh_from_db()
    assert teacher.email == "docent@debrug.example"


def test_a_change_of_mind_is_enough(teacher):
    EmailAddress.objects.create(user=teacher, email=teacher.email, verified=True, primary=True)
    client = signed_in_with_password(teacher)
    client.post("/account/email/", {"email": "nieuw@debrug.example", "action_add": "1"})
    body = {"email": "nieuw@debrug.example", "action_remove": "1"}
    page = client.post("/account/email/", body, follow=True).content.decode()
    assert "Je e-mailadres blijft zoals het was." in page
    assert confirm(client, mail.outbox[0]).status_code == 404
    teacher.refresh_from_db()
    assert teacher.email == "docent@debrug.example"


def test_somebody_sees_where_they_are_signed_in_and_ends_the_rest(teacher):
    phone = signed_in_with_password(teacher, IPHONE)
    here = signed_in_with_password(teacher)
    page = here.get("/account/sessions/").content.decode()
    assert "Safari, iPhone" in page
    assert "Firefox, Windows" in page
    assert page.count("Hier ben je nu") == 1
    done = here.post("/account/sessions/", follow=True).content.decode()
    assert "Op de andere apparaten ben je uitgelogd." in done
    assert "Safari, iPhone" not in done
    assert phone.get("/docent/").status_code == 302
    assert here.get("/docent/").status_code == 200


def test_nobody_sees_or_ends_the_sessions_of_somebody_else(teacher, other_teacher):
    theirs = signed_in_with_password(other_teacher, IPHONE)
    here = signed_in_with_password(teacher)
    assert "iPhone" not in here.get("/account/sessions/").content.decode()
    here.post("/account/sessions/")
    assert theirs.get("/docent/").status_code == 200


def test_of_a_device_no_address_and_no_version_is_kept(teacher):
    signed_in_with_password(teacher)
    session = UserSession.objects.get()
    assert (session.ip, session.user_agent) == (NO_ADDRESS, "Firefox, Windows")


def test_a_new_password_is_told_by_mail(teacher):
    client = signed_in_with_password(teacher)
    new = {"password1": "drie losse woorden", "password2": "drie losse woorden"}
    client.post("/account/password/change/", {"oldpassword": PASSWORD, **new})
    assert [message.subject for message in mail.outbox] == ["Je wachtwoord is veranderd"]
    assert "127.0.0.1" not in mail.outbox[0].body


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        pytest.param(FIREFOX, "Firefox, Windows", id="firefox"),
        pytest.param(IPHONE, "Safari, iPhone", id="iphone"),
        pytest.param("Mozilla/5.0 (X11; CrOS x86_64) Chrome/1 Safari/1", "Chrome, Chromebook",
                     id="chromebook"),
        pytest.param("Mozilla/5.0 (Windows NT) Chrome/1 Safari/1 Edg/1", "Edge, Windows",
                     id="edge"),
        pytest.param("curl/8", "", id="unknown"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_a_device_in_words(agent, words):
    assert device_of(agent) == words


def test_who_is_not_signed_in_has_no_account_page(db):
    assert browser().get("/account/").headers["Location"] == "/account/login/?next=/account/"
