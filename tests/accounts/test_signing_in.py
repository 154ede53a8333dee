"""Teachers and editors sign in, sign out and get a new password."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD

LOGIN = "/account/login/"
EVIL = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "///evil.example",
    "http:evil.example",
]


@pytest.fixture(autouse=True)
def _no_counts_of_earlier_tests():
    """allauth counts in the cache, which outlives a test."""
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_a_teacher_signs_in_and_comes_to_their_classes(client, teacher):
    assert sign_in(client, teacher.email).headers["Location"] == "/docent/"
    assert client.get("/docent/").status_code == 200


def test_the_session_is_a_new_one_after_signing_in(client, teacher):
    """S-35."""
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = old = session.session_key
    sign_in(client, teacher.email)
    assert client.cookies["sessionid"].value != old


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, teacher):
    """S-37."""

    def answer(email: str) -> tuple[int, str]:
        response = sign_in(client, email, "iets anders dan dit")
        text = response.content.decode().replace(email, "")
        return response.status_code, re.sub(r'value="[^"]{60,}"', "", text)

    assert answer(teacher.email) == answer("niemand@school.example")
    assert "horen niet bij elkaar" in answer(teacher.email)[1]


def test_what_was_typed_is_kept_and_the_password_is_not(client, teacher):
    page = sign_in(client, teacher.email, "geheim-geheim").content.decode()
    assert f'value="{teacher.email}"' in page
    assert "geheim-geheim" not in page


def test_an_empty_form_points_at_both_fields(client, db):
    page = sign_in(client, "", "").content.decode()
    assert 'href="#id_login"' in page
    assert 'href="#id_password"' in page


@pytest.mark.parametrize("limit", ["login_per_account", "login_per_address"])
def test_too_many_wrong_passwords_make_us_stop_listening(client, teacher, settings, limit):
    settings.LIMITS = {**settings.LIMITS, limit: (3, 10**9)}
    for _ in range(3):
        assert "horen niet bij elkaar" in sign_in(client, teacher.email, "x" * 12).content.decode()
    refused = sign_in(client, teacher.email)
    assert "Te vaak een verkeerd wachtwoord." in refused.content.decode()


def test_a_limit_for_one_account_leaves_colleagues_alone(client, teacher, other_teacher, settings):
    settings.LIMITS = {**settings.LIMITS, "login_per_account": (1, 10**9)}
    sign_in(client, teacher.email, "x" * 12)
    assert sign_in(client, other_teacher.email).status_code == 302


def test_allauths_own_limit_shows_our_page(client, teacher, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, teacher.email, "x" * 12)
    response = sign_in(client, teacher.email, "x" * 12)
    assert response.status_code == 429
    assert "Even wachten" in response.content.decode()


@pytest.mark.parametrize("target", EVIL)
def test_signing_in_never_leads_to_another_site(client, teacher, target):
    """S-40."""
    response = client.post(f"{LOGIN}?next={target}", {"login": teacher.email, "password": PASSWORD})
    assert response.headers["Location"] == "/docent/"
    client.post("/account/logout/")
    response = sign_in(client, teacher.email, next=target)
    assert response.headers["Location"] == "/docent/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client, teacher):
    page = client.get(f"{LOGIN}?next=/docent/klas/nieuw/").content.decode()
    assert 'name="next" value="/docent/klas/nieuw/"' in page
    assert sign_in(client, teacher.email, next="/docent/klas/nieuw/").headers["Location"] == (
        "/docent/klas/nieuw/"
    )


@pytest.mark.parametrize("target", EVIL)
def test_signing_out_never_leads_to_another_site(teacher_client, target):
    """S-40."""
    response = teacher_client.post("/account/logout/", {"next": target})
    assert response.headers["Location"] == "/"


def test_signing_out_is_a_press_of_a_button(teacher_client):
    """S-39."""
    assert teacher_client.get("/account/logout/").status_code == 405
    assert teacher_client.get("/docent/").status_code == 200
    teacher_client.post("/account/logout/")
    assert teacher_client.get("/docent/").status_code == 302


def test_another_sites_page_cannot_sign_anybody_in(teacher):
    """S-39: login counts too."""
    foreign = Client(headers={"origin": "https://evil.example"})
    assert sign_in(foreign, teacher.email).status_code == 403
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    assert sign_in(strict, teacher.email).status_code == 403


def test_a_suspended_account_stays_out(client, teacher):
    User.objects.update(is_active=False)
    response = sign_in(client, teacher.email)
    assert response.status_code != 200 or "horen niet bij elkaar" in response.content.decode()
    assert client.get("/docent/").status_code == 302


def test_a_new_password_through_the_mail(client, teacher):
    response = client.post("/account/password/reset/", {"email": teacher.email}, follow=True)
    assert "Kijk in je mail" in response.content.decode()
    assert mail.outbox[0].subject == "Wachtwoord opnieuw instellen"
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    action = page.redirect_chain[-1][0]
    new = {"password1": "drie losse woorden", "password2": "drie losse woorden"}
    assert client.post(action, {"password1": "kort", "password2": "kort"}).status_code == 200
    done = client.post(action, new, follow=True)
    assert "Je wachtwoord is veranderd" in done.content.decode()
    assert sign_in(client, teacher.email, "drie losse woorden").status_code == 302
    # S-44: the link works once.
    again = Client(headers={"origin": "http://testserver"}).get(link, follow=True)
    assert "Deze link werkt niet meer" in again.content.decode()


def test_asking_for_a_password_tells_nobody_who_has_an_account(client, teacher):
    """S-37."""
    known = client.post("/account/password/reset/", {"email": teacher.email})
    unknown = client.post("/account/password/reset/", {"email": "niemand@school.example"})
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    assert [message.to for message in mail.outbox] == [
        [teacher.email],
        ["niemand@school.example"],
    ]


def test_mail_holds_neutral_words_only(client, teacher):
    """P-32: a mail's subject is read over somebody's shoulder."""
    client.post("/account/password/reset/", {"email": teacher.email})
    client.post("/account/password/reset/", {"email": "niemand@school.example"})
    for message in mail.outbox:
        text = (message.subject + message.body).lower()
        assert not [word for word in ("mensenhandel", "uitbuiting", "slachtoffer") if word in text]
        assert not message.alternatives
        assert re.findall(r"https?://[^/\s]+", text) == ["http://testserver"]


def test_a_teacher_changes_their_password(teacher_client, teacher):
    data = {
        "oldpassword": PASSWORD,
        "password1": "drie losse woorden",
        "password2": "drie losse woorden",
    }
    wrong = teacher_client.post("/account/password/change/", {**data, "oldpassword": "x"})
    assert wrong.status_code == 200
    assert 'id="id_oldpassword_error"' in wrong.content.decode()
    done = teacher_client.post("/account/password/change/", data, follow=True)
    assert "Je wachtwoord is veranderd" in done.content.decode()
    teacher.refresh_from_db()
    assert teacher.check_password("drie losse woorden")


def test_what_nobody_needs_has_no_address():
    with pytest.raises(NoReverseMatch):
        reverse("socialaccount_login_error")


@pytest.mark.parametrize("path", [LOGIN, "/account/signup/", "/account/password/reset/"])
def test_account_pages_are_not_kept_by_the_browser(client, db, path):
    """S-41."""
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_the_page_for_an_account_that_is_off(client, db):
    assert "Dit account staat uit" in client.get("/account/inactive/").content.decode()
