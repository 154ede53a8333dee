"""Signing in in two steps: who must, how it is set up, and how somebody gets back in."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote_plus

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from accounts.models import User
from accounts.permissions import needs_second_factor
from config.checks import second_factor
from tests.access.routes import admin_routes, sample_address
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.organisations import make_municipal_editor

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
START = "/account/twee-stappen/"


@pytest.fixture(autouse=True)
def _no_code_was_used():
    cache.clear()


def code_of(secret: str, minutes_ago: int = 0) -> str:
    counter = list(yield_hotp_counters_from_time())[1] - 2 * minutes_ago
    return f"{hotp_value(secret, counter):06d}"


def with_password(user: User) -> Client:
    client = Client(headers={"origin": "http://testserver"})
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def again(client: Client) -> Client:
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.fixture
def set_up(monkeypatch):
    """Sets an app up as somebody would; the client, and the recovery codes that they saw."""

    def way(user: User) -> tuple[Client, list[str]]:
        client = again(with_password(user))
        page = client.get(f"{START}totp/activate/").content.decode()
        secret = re.search(r'id="totp-key">(\w+)<', page)[1]
        done = client.post(f"{START}totp/activate/", {"code": code_of(secret)})
        assert done.headers["Location"] == f"{START}recovery-codes/"
        shown = client.get(done.headers["Location"]).content.decode()
        return client, re.findall(r"<code>(\w+)</code>", shown)

    # A test never commits; allauth tells the rest of it then, with the request at hand.
    monkeypatch.setattr("django.db.transaction.on_commit", lambda tell, **_more: tell())
    return way


def secret_of(user: User) -> str:
    return Authenticator.objects.get(user=user, type="totp").data["secret"]


def test_no_screen_of_the_admin_opens_with_a_password_alone(admin_user):
    """All of them, also those of a next version: the rule goes by address."""
    client = with_password(admin_user)
    opened = []
    for route in admin_routes():
        for method in ("get", "post"):
            response = getattr(client, method)(sample_address(route))
            if (response.status_code, response.headers.get("Location")) != (302, START):
                opened.append((route.name, method, response.status_code))
    assert opened == []
    assert len(admin_routes()) > 200


def test_the_municipalitys_screens_do_not_either(db):
    editor = make_municipal_editor("GM0344", email="redactie@utrecht.example")
    client = with_password(editor)
    for path in ("/gemeente/", "/gemeente/GM0344/", "/gemeente/GM0344/lokale-hulp/"):
        assert client.get(path).headers["Location"] == START


def test_who_must(editor, admin_user, teacher):
    municipal = make_municipal_editor("GM0344", email="redactie@utrecht.example")
    assert [needs_second_factor(user) for user in (editor, admin_user, municipal)] == [True] * 3
    assert needs_second_factor(UserFactory(is_staff=True))
    assert not needs_second_factor(teacher)


def test_a_teacher_may_and_need_not(teacher):
    client = with_password(teacher)
    assert client.get("/docent/").status_code == 200
    page = client.get(START).content.decode()
    assert "Zet een app aan" in page
    assert "Voor jou is dit nodig" not in page


def test_who_must_is_led_there_and_back_to_what_they_wanted(editor, set_up):
    client = with_password(editor)
    assert client.get("/beheer/pages/").headers["Location"] == START
    assert "Voor jou is dit nodig" in client.get(START).content.decode()
    again(client)
    page = client.get(f"{START}totp/activate/").content.decode()
    secret = re.search(r'id="totp-key">(\w+)<', page)[1]
    wrong = client.post(f"{START}totp/activate/", {"code": "000000"})
    assert "Deze code klopt niet." in wrong.content.decode()
    assert client.get("/beheer/").headers["Location"] == START
    client.post(f"{START}totp/activate/", {"code": code_of(secret)})
    assert 'href="/beheer/"' in client.get(f"{START}recovery-codes/").content.decode()


def test_who_set_it_up_is_in_and_signs_in_with_it_from_then_on(editor, set_up):
    client, codes = set_up(editor)
    assert client.get("/beheer/").status_code == 200
    assert len(set(codes)) == 10
    later = Client(headers={"origin": "http://testserver"})
    first = later.post("/account/login/", {"login": editor.email, "password": PASSWORD})
    assert first.headers["Location"] == f"{START}authenticate/"
    assert later.get("/beheer/").status_code == 302
    assert later.get("/docent/").status_code == 302
    wrong = later.post(f"{START}authenticate/", {"code": "000000"})
    assert "Deze code klopt niet." in wrong.content.decode()
    cache.clear()  # the code of this half minute was used already
    later.post(f"{START}authenticate/", {"code": code_of(secret_of(editor))})
    assert later.get("/beheer/").status_code == 200


def test_recovery_codes_are_shown_once_and_work_once(editor, set_up):
    client, codes = set_up(editor)
    again_shown = client.get(f"{START}recovery-codes/").content.decode()
    assert codes[0] not in again_shown
    assert "We tonen ze niet nog een keer." in again_shown
    for attempt, expected in ((1, 200), (2, 302)):
        later = with_password(editor)
        later.post(f"{START}authenticate/", {"code": codes[0]})
        assert later.get("/beheer/").status_code == expected, attempt


def test_a_session_from_before_must_show_it_too(editor, set_up):
    before = with_password(editor)
    set_up(editor)
    response = before.get("/beheer/")
    assert response.headers["Location"] == f"{START}reauthenticate/?next=%2Fbeheer%2F"
    cache.clear()
    back = before.post(response.headers["Location"], {"code": code_of(secret_of(editor))})
    assert back.headers["Location"] == "/beheer/"
    assert before.get("/beheer/").status_code == 200


def test_a_session_from_before_changes_nothing_with_a_password(editor, set_up):
    """Or who stole one, and the password, would make a second step of their own."""
    before = again(with_password(editor))
    set_up(editor)
    again(before)
    for path in (
        "recovery-codes/generate/", "recovery-codes/", "totp/deactivate/", "totp/activate/",
        "passkeys/add/", "passkeys/1/remove/",
    ):  # fmt: skip
        for method in ("get", "post"):
            answer = getattr(before, method)(START + path)
            asked = f"{START}reauthenticate/?next={quote_plus(START + path)}"
            assert answer.headers["Location"] == asked, (method, path)


def test_who_must_cannot_take_the_last_one_away(editor, teacher, set_up):
    client, _codes = set_up(editor)
    refused = client.post(f"{START}totp/deactivate/").content.decode()
    assert "Zet eerst een andere tweede stap aan." in refused
    assert Authenticator.objects.filter(user=editor, type="totp").exists()
    client, _codes = set_up(teacher)
    assert client.post(f"{START}totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(user=teacher).exists()


def test_only_who_confirmed_an_address_sets_it_up(teacher):
    """Otherwise somebody signs up with your address, and you never get it back."""
    EmailAddress.objects.create(user=teacher, email=teacher.email, primary=True)
    client = again(with_password(teacher))
    assert client.get(f"{START}totp/activate/").headers["Location"] == START
    assert "Bevestig eerst je e-mailadres." in client.get(START).content.decode()


def test_the_password_is_asked_again_before_a_change(teacher):
    for path in ("totp/activate/", "passkeys/add/", "recovery-codes/generate/"):
        response = with_password(teacher).get(START + path)
        assert response.headers["Location"].startswith("/account/reauthenticate/?next=")


def test_wrong_codes_are_counted_for_all_processes(editor, set_up, settings):
    settings.LIMITS = {**settings.LIMITS, "second_factor_per_account": (3, 10**9)}
    set_up(editor)
    later = with_password(editor)
    for _time in range(3):
        later.post(f"{START}authenticate/", {"code": "000000"})
        cache.clear()  # allauth's own count is in each process
    page = later.post(f"{START}authenticate/", {"code": code_of(secret_of(editor))})
    assert "Te vaak een verkeerde code." in page.content.decode()


def test_nobody_removes_the_passkey_of_somebody_else(teacher, other_teacher):
    TOTP.activate(other_teacher, SECRET)
    theirs = Authenticator.objects.create(user=other_teacher, type="webauthn", data={"name": "x"})
    client = again(with_password(teacher))
    assert client.post(f"{START}passkeys/{theirs.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("credential", ["", "{}", "[]", '"x"', "null", '{"id": 1}', "{"])
def test_what_is_no_passkey_signs_nobody_in(client, db, credential):
    answer = client.post(f"{START}passkeys/login/", {"credential": credential})
    assert answer.headers["Location"] == "/account/login/"


def test_an_operator_helps_who_lost_everything(editor, set_up):
    client, _codes = set_up(editor)
    call_command("remove_second_factors", editor.email.upper())
    assert not Authenticator.objects.filter(user=editor).exists()
    assert not UserSession.objects.filter(user=editor).exists()
    assert client.get("/docent/").status_code == 302
    assert with_password(editor).get("/beheer/").headers["Location"] == START


def test_the_operator_hears_of_an_unknown_address(db):
    with pytest.raises(CommandError, match="No account has the address"):
        call_command("remove_second_factors", "niemand@school.example")


@pytest.mark.parametrize("credential", ["", "{}", '{"id": 1}', '{"response": {}}'])
def test_what_is_no_passkey_is_not_kept(teacher, credential):
    client = again(with_password(teacher))
    client.get(f"{START}passkeys/add/")
    answer = client.post(f"{START}passkeys/add/", {"name": "x", "credential": credential})
    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_change_is_told_by_mail(teacher, set_up, mailoutbox):
    set_up(teacher)
    assert [message.subject for message in mailoutbox] == ["Inloggen met een app staat aan"]
    assert "127.0.0.1" not in mailoutbox[0].body


def test_who_needs_none_costs_no_query_more(teacher, django_assert_max_num_queries):
    client = with_password(teacher)
    with django_assert_max_num_queries(5):
        client.get("/docent/")


@pytest.mark.parametrize(
    "unsafe",
    [
        {"SECOND_FACTOR_REQUIRED": False},
        {"SECOND_FACTOR_PATHS": ["gemeente/"]},
        {"MIDDLEWARE": []},
    ],
    ids=["off", "admin left out", "middleware gone"],
)
def test_production_cannot_switch_it_off(unsafe: dict[str, Any]):
    assert second_factor() == []
    with override_settings(**unsafe):
        assert [error.id for error in second_factor()] == ["doorzien.E002"]
