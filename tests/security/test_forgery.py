"""Forms of other sites, made-up hosts, and addresses that lead away (S-39, S-40, S-43)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from tests.access.matrix import MATRIX
from tests.access.routes import admin_routes, public_routes
from tests.access.world import World, changes, snapshot, undone
from tests.factories.accounts import PASSWORD
from tests.security.pages import LEADS, read

pytestmark = pytest.mark.django_db
ROUTES = public_routes()
EXEMPT = {
    "quizzes:answer",
    "quizzes:again",
    "quizzes:hand_in",
    "quizzes:rehearse",
    "progress:finish_step",
    "accounts:return",
    "accounts:new_return_code",
    "accounts:leave",
    "own_data:erase",
    "classrooms:join",
    "classrooms:redraw",
    "set_language",
    "place:choose",
    "exit",
}
# They go by a key in their address and by no cookie: a mail program may ask them (RFC 8058).
BY_KEY = {"accounts:stop_digest"}
FORGED: list[dict[str, str]] = [
    {},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "https://evil.example"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://evil.example/testserver"},
    {"origin": "http://testserver@evil.example"},
    {"origin": "http://testserver:81"},
    {"origin": "testserver"},
    {"origin": "javascript://testserver"},
    {"origin": "http://["},
    {"referer": "https://evil.example/?http://testserver/"},
    {"origin": "https://evil.example", "referer": "http://testserver/"},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": ""},
]


def as_role(world: World, role: str, **options: Any) -> Client:
    client = Client(raise_request_exception=False, **options)
    for name, value in world.cookies.get(role, {}).items():
        client.cookies[name] = value
    return client


def test_no_more_views_do_without_a_token_than_these() -> None:
    assert {name for name, route in ROUTES.items() if route.is_csrf_exempt} == EXEMPT | BY_KEY
    # Wagtail's own API asks for the token itself, see the next test.
    exempt = [route.name for route in admin_routes() if route.is_csrf_exempt]
    assert all(name.startswith("wagtailadmin_api:") for name in exempt)


def test_the_admins_api_asks_for_a_token(world: World) -> None:
    strict = as_role(
        world, "admin", enforce_csrf_checks=True, headers={"origin": "http://testserver"}
    )
    before = snapshot()
    for action in ("unpublish", "delete", "copy"):
        address = f"/beheer/api/main/pages/{world.lesson.pk}/action/{action}/"
        assert strict.post(address, {}).status_code == 403
        assert as_role(world, "admin").post(address, {}).status_code == 403  # no origin
    assert not changes(before, snapshot())


@pytest.mark.parametrize("headers", FORGED, ids=str)
@pytest.mark.parametrize("name", sorted(EXEMPT))
def test_a_form_of_another_site_is_refused_and_changes_nothing(
    world: World, name: str, headers: dict[str, str]
) -> None:
    before = snapshot()
    response = as_role(world, "learner", headers=headers).post(
        world.address(ROUTES[name]), world.body(name, "learner")
    )
    assert response.status_code == 403
    assert not response.cookies
    assert "Clear-Site-Data" not in response.headers
    assert not changes(before, snapshot())


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://testserver"},
        {"referer": "http://testserver/mee/"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
    ],
    ids=str,
)
def test_our_own_forms_are_not_refused(world: World, headers: dict[str, str]) -> None:
    """The control for the test above."""
    for name in EXEMPT:
        with undone():
            response = as_role(world, "learner", headers=headers).post(
                world.address(ROUTES[name]), world.body(name, "learner")
            )
            assert response.status_code in {200, 302}, name


def test_over_https_a_form_of_our_http_twin_is_refused(client: Client) -> None:
    """Whoever sits between can make up a page on http with our name."""
    for origin, status in (("http://testserver", 403), ("https://testserver", 302)):
        response = client.post("/taal/", {}, secure=True, headers={"origin": origin})
        assert response.status_code == status


@pytest.mark.parametrize("name", sorted(MATRIX.keys() - EXEMPT - BY_KEY))
def test_every_other_form_needs_djangos_token(world: World, name: str) -> None:
    before = snapshot()
    for role in ("anonymous", "teacher", "admin"):
        strict = as_role(
            world, role, enforce_csrf_checks=True, headers={"origin": "http://testserver"}
        )
        response = strict.post(world.address(ROUTES[name]), world.body(name, role))
        assert response.status_code == 403, role
        assert settings.SESSION_COOKIE_NAME not in response.cookies
    assert not changes(before, snapshot())


def test_a_form_with_the_token_goes_through(world: World) -> None:
    """The control for the test above."""
    strict = as_role(
        world, "teacher", enforce_csrf_checks=True, headers={"origin": "http://testserver"}
    )
    address = world.address(ROUTES["classrooms:settings"])
    page = strict.get(address)
    body = {"name": "Nieuw", "csrfmiddlewaretoken": str(page.context["csrf_token"])}
    assert strict.post(address, body).status_code == 302


# --- Addresses that lead away ---------------------------------------------------------
AWAY = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/%09/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "https://testserver@evil.example",
    "https://testserver.evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,evil",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/lessen//evil.example",
    "/lessen/../..//evil.example",
    "/lessen/\\evil.example",
    "/lessen/@evil.example",
]
PARAMETERS = ("next", "terug", "redirect", "url", "return_url", "continue", "wat")


def leads_away(base: str, address: str) -> bool:
    """Where a browser would end up: it reads \\ as /, and drops tabs, lines and spaces."""
    address = address.strip(" \t\r\n").replace("\\", "/")
    address = "".join(character for character in address if character not in "\t\r\n")
    while address.startswith("///"):
        address = address[1:]
    scheme, colon, rest = address.partition(":")
    if colon and scheme.lower() in {"http", "https"} and not rest.startswith("//"):
        return True
    parts = urlsplit(urljoin(base, address))
    return parts.scheme not in {"http", "https"} or parts.netloc != "testserver"


def test_the_browser_in_this_test_is_led_away() -> None:
    """The control."""
    away = [one for one in AWAY if leads_away("http://testserver/x/", one)]
    assert {"//evil.example", "/\\evil.example", "https:evil.example", "/\t/evil.example"} <= set(
        away
    )
    assert "javascript:alert(1)" in away
    assert not leads_away("http://testserver/x/", "/lessen/pakket/")


def assert_stays(response: Any, base: str, payload: str) -> None:
    assert response.status_code != 500
    location = response.headers.get("Location", "")
    assert not location or not leads_away(base, location), location
    if response.status_code in {301, 302}:
        return
    for lead in read(response.text).values(LEADS):
        if "evil" in lead or "alert(" in lead:
            assert not leads_away(base, lead), lead


ASKING = [
    "account_login",
    "account_request_login_code",
    "account_signup",
    "account_reset_password",
    "quizzes:quiz",
    "quizzes:questions",
    "quizzes:question",
    "quizzes:result",
    "classrooms:join",
    "classrooms:redraw",
    "classrooms:join_short",
    "accounts:return",
    "exit",
    "home:front",
    "helplines:help",
    "lessons:catalogue",
    "progress:lesson",
    "wagtailcore_login",
    "about",
]


@pytest.mark.parametrize("payload", AWAY)
def test_no_page_links_to_where_its_address_says(world: World, payload: str) -> None:
    for name in ASKING:
        address = world.address(ROUTES[name])
        query = world.query(name) | dict.fromkeys(PARAMETERS, payload)
        response = world.client("learner").get(address, query)
        assert_stays(response, "http://testserver" + address, payload)


@pytest.mark.parametrize("payload", AWAY)
def test_no_form_leads_to_where_somebody_else_says(world: World, payload: str) -> None:
    extra = dict.fromkeys(PARAMETERS, payload)
    forms = [
        ("anonymous", "account_login"),
        ("anonymous", "account_request_login_code"),
        ("anonymous", "account_signup"),
        ("teacher", "account_logout"),
        ("teacher", "account_change_password"),
        ("anonymous", "account_reset_password"),
        ("learner", "set_language"),
        ("learner", "accounts:return"),
        ("learner", "accounts:leave"),
        ("learner", "classrooms:join"),
        ("learner", "quizzes:answer"),
        ("learner", "quizzes:again"),
        ("learner", "quizzes:hand_in"),
        ("learner", "quizzes:rehearse"),
        ("learner", "progress:finish_step"),
    ]
    for role, name in forms:
        address = world.address(ROUTES[name])
        with undone():
            for where in (address, f"{address}?next={payload}&terug={payload}"):
                response = world.client(role).post(where, world.body(name, role) | extra)
                assert_stays(response, "http://testserver" + address, payload)


@pytest.mark.parametrize("payload", AWAY)
def test_signing_in_for_the_admin_stays_here(world: World, payload: str) -> None:
    login = reverse("account_login")
    for name in ("wagtailadmin_login", "wagtailcore_login"):
        with undone():
            on = world.client("anonymous").get(reverse(name), {"next": payload})
            assert_stays(on, "http://testserver/", payload)
            body = {"login": world.users["admin"].email, "password": PASSWORD, "next": payload}
            done = world.client("anonymous").post(login, body)
            assert_stays(done, "http://testserver/", payload)


# --- Made-up hosts --------------------------------------------------------------------
@pytest.mark.parametrize("name", MATRIX)
def test_a_made_up_host_is_refused_on_every_page(world: World, name: str) -> None:
    """S-43"""
    for role in ("anonymous", "teacher"):
        response = as_role(world, role, headers={"host": "evil.example"}).get(
            world.address(ROUTES[name])
        )
        assert response.status_code == 400
        assert "evil.example" not in response.text


def test_a_forwarded_host_is_not_believed(world: World) -> None:
    """S-43: the link in a mail is to our own site."""
    client = as_role(
        world,
        "anonymous",
        headers={"origin": "http://testserver", "x-forwarded-host": "evil.example"},
    )
    client.post(reverse("account_reset_password"), {"email": world.users["teacher"].email})
    [message] = mail.outbox
    assert "http://testserver/account/password/reset/key/" in message.body
    assert "evil.example" not in message.body
    page = client.get(reverse("home:front"))
    assert "evil.example" not in page.text


@override_settings(ALLOWED_HOSTS=["testserver", "evil.example"])
def test_the_host_test_would_notice(client: Client) -> None:
    """The control."""
    assert client.get("/", headers={"host": "evil.example"}).status_code == 200
