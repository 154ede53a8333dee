"""Who is signed in, with which cookie, and since when not (S-08, S-35, S-42)."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from tests.access.world import World, browser
from tests.factories.accounts import PASSWORD
from tests.factories.classrooms import make_classroom

pytestmark = pytest.mark.django_db
LIST = "/docent/"
LOGIN = "/account/login/"


def is_in(client: Client) -> bool:
    return client.get(LIST).status_code == 200


def with_session(session: str) -> Client:
    client = browser()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def sign_in(client: Client, world: World, role: str = "teacher") -> Any:
    return client.post(LOGIN, {"login": world.users[role].email, "password": PASSWORD})


def session_of(client: Client) -> str:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def test_a_session_that_somebody_planted_is_not_the_one_that_signs_in(world: World) -> None:
    """S-35: the attacker's own session, and a made-up one."""
    attacker = world.client("other_teacher")
    planted = session_of(attacker)
    attacker.post("/account/logout/")
    for session in (planted, "a" * 32):
        victim = with_session(session)
        sign_in(victim, world)
        assert is_in(victim)
        assert session_of(victim) != session
        assert not is_in(with_session(session))


def test_a_second_sign_in_leaves_nothing_of_the_first(world: World) -> None:
    """S-35: another teacher at the same computer."""
    client = world.client("teacher")
    before = session_of(client)
    client.post("/account/logout/")
    sign_in(client, world, "other_teacher")
    assert session_of(client) != before
    assert world.classroom.name not in client.get(LIST).text
    assert not is_in(with_session(before))


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    client = world.client("teacher")
    session = session_of(client)
    assert is_in(with_session(session))
    client.post("/account/logout/")
    assert not is_in(with_session(session))
    assert not is_in(client)


def test_a_new_password_ends_every_other_session(world: World) -> None:
    here, elsewhere = world.client("colleague"), browser()
    sign_in(elsewhere, world, "colleague")
    assert is_in(elsewhere)
    before = session_of(here)
    new = "een nieuw lang wachtwoord"
    body = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), body).status_code == 302
    assert is_in(here)
    assert session_of(here) != before
    assert not is_in(elsewhere)
    assert not is_in(with_session(before))


def test_a_suspended_account_gets_in_nowhere(world: World) -> None:
    """S-08: not with the session that was open, not with the password, not by the admin."""
    assert not is_in(world.client("suspended"))
    for address in (LOGIN, f"{LOGIN}?next=/beheer/", "/beheer/login/", "/_util/login/"):
        client = browser()
        body = {"login": world.users["suspended"].email, "password": PASSWORD}
        client.post(address, {**body, "username": body["login"]}, follow=True)
        assert not is_in(client)


def test_a_cookie_that_was_not_signed_by_us_is_nobody(world: World) -> None:
    value = world.cookies["learner"]["learner"]
    token = world.token("learner")
    assert token is not None
    forged = [
        f"{token.learner_id}.{token.epoch}",
        value.replace(f"{token.learner_id}.", f"{token.learner_id + 1}.", 1),
        value[:-1] + ("a" if value[-1] != "a" else "b"),
        "x" * 5000,
        f"{value}\x00",
    ]
    nickname = world.joined["learner"].enrolment.nickname
    for cookie in forged:
        client = browser()
        client.cookies["learner"] = cookie
        page = client.get(reverse("home:mine"))
        assert page.status_code == 200
        assert nickname not in page.text
    assert nickname in world.client("learner").get(reverse("home:mine")).text


# --- S-42 -----------------------------------------------------------------------------
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k3" * 30,
    "ALLOWED_HOSTS": "testserver",
    "BASE_URL": "https://testserver",
    "DATABASE_URL": "sqlite:////nonexistent/x.sqlite3",
    "SECURITY_CONTACT": "mailto:security@example.org",
    "DEFAULT_FROM_EMAIL": "site@example.org",
}
ASK = """
import json
from django.conf import settings
names = [n for n in dir(settings) if "COOKIE" in n or n.startswith("SECURE_")]
print(json.dumps({n: getattr(settings, n) for n in names}, default=str))
"""


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """The settings of production that are about cookies and https."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=ENVIRONMENT,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    values = json.loads(done.stdout)
    for name in ("SECURE_PROXY_SSL_HEADER",):
        values.pop(name)
    return values


def cookies_of_every_way_in(world: World) -> dict[str, Any]:
    """Each cookie that the site can set, as it is set."""
    found: dict[str, Any] = {}

    def send(client: Client, method: str, path: str, body: dict[str, Any] | None = None) -> None:
        response = getattr(client, method)(path, body or {}, secure=True)
        found.update(response.cookies.items())

    def https() -> Client:
        return Client(headers={"origin": "https://testserver"})

    send(https(), "get", LOGIN)
    send(https(), "post", "/taal/", {"language": "en", "next": "/"})
    room = make_classroom(teacher=world.users["teacher"], name="Klas 4d")
    send(https(), "post", "/mee/", {"code": room.join_code})
    send(https(), "post", LOGIN, {"login": world.users["teacher"].email, "password": PASSWORD})
    return found


def test_every_cookie_of_production_is_locked_to_this_host(
    world: World, production: dict[str, Any]
) -> None:
    """S-42"""
    with override_settings(**production):
        found = cookies_of_every_way_in(world)
        assert found.keys() == {
            "__Host-session",
            "__Host-csrf",
            "__Host-language",
            "__Host-learner",
            "__Host-learner-code",
        }
    for name, cookie in found.items():
        assert cookie["secure"], name
        assert cookie["httponly"], name
        assert cookie["samesite"] in {"Lax", "Strict"}, name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name  # never on a parent domain


def test_leaving_takes_every_cookie_of_production_away(
    world: World, production: dict[str, Any]
) -> None:
    with override_settings(**production):
        client = Client(headers={"origin": "https://testserver"})
        names = set(cookies_of_every_way_in(world))
        for name in names:
            client.cookies[name] = "x"
        response = client.post("/weg/", secure=True)
    gone = {name for name, cookie in response.cookies.items() if cookie["max-age"] == 0}
    assert gone == names
    # A browser ignores a __Host- cookie, also an empty one, that is not secure.
    assert all(cookie["secure"] for cookie in response.cookies.values())


def test_production_insists_on_https_for_two_years(production: dict[str, Any]) -> None:
    with override_settings(**production):
        client = Client()
        moved = client.get("/hulp/")
        assert moved.status_code == 301
        assert moved.headers["Location"] == "https://testserver/hulp/"
        strict = client.get("/hulp/", secure=True).headers["Strict-Transport-Security"]
    assert strict == "max-age=63072000; includeSubDomains; preload"


def test_in_development_cookies_have_plain_names(world: World) -> None:
    """The control for the names above: it is the settings that change them."""
    assert "__Host-learner" not in cookies_of_every_way_in(world)
