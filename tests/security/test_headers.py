"""The safety headers, on every page of every role (S-36, S-41, S-53, S-56, S-82)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.middleware import PolicyMiddleware
from tests.access.matrix import MATRIX
from tests.access.routes import public_routes
from tests.access.world import World, changes, snapshot, undone

pytestmark = pytest.mark.django_db
ROUTES = public_routes()
ROLES = ("anonymous", "learner", "teacher", "admin")
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}


def policy(response: Any) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().split(" ", 1) for part in parts if " " in part.strip())


def look(world: World, role: str, name: str) -> Any:
    with undone():
        response = world.client(role).get(world.address(ROUTES[name]), world.query(name))
        if response.streaming:
            response.getvalue()
    return response


FILES = ("media:upload", "media:captions")


@pytest.mark.parametrize("name", [name for name in MATRIX if name not in FILES])
def test_every_page_has_exactly_the_strict_headers(world: World, name: str) -> None:
    for role in ROLES:
        response = look(world, role, name)
        headers = response.headers
        assert policy(response) == POLICY
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
        assert "camera=()" in headers["Permissions-Policy"]
        # S-36, S-41: no copy in a browser or in a school's proxy, whoever asks.
        assert headers["Cache-Control"] == "no-store"
        assert "Server" not in headers
        assert "X-Powered-By" not in headers


@pytest.mark.parametrize("name", FILES)
def test_an_uploaded_file_is_kept_and_carries_nothing_of_a_person(world: World, name: str) -> None:
    """S-36: the one thing that a shared cache may keep."""
    for role in ROLES:
        response = look(world, role, name)
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert not response.cookies
        assert policy(response)["default-src"] == "'none'"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_policy_is_wider_in_the_admin_and_only_there(world: World) -> None:
    page = world.client("admin").get("/beheer/")
    assert policy(page) | {"frame-ancestors": ""} != POLICY | {"frame-ancestors": ""}
    assert "'unsafe-inline'" in policy(page)["script-src"]
    assert "'unsafe-eval'" not in page.headers["Content-Security-Policy"]
    assert policy(page)["default-src"] == policy(page)["object-src"] == "'none'"
    assert page.headers["Cache-Control"] == "no-store"
    # Also a page that is not there: by its address, not by its view.
    assert policy(world.client("admin").get("/docent/beheer/")) == POLICY
    assert policy(world.client("anonymous").get("/beheerder/")) == POLICY


def test_a_page_with_a_policy_of_its_own_does_not_get_the_ready_made_one() -> None:
    """A preview's frame, a nonce, and a page that is exempt; and none of it stays."""

    def answer(path: str = "/", nonce: bool = False, **own: Any) -> HttpResponse:
        def view(request: HttpRequest) -> HttpResponse:
            if nonce:
                str(request.csp_nonce)
            response = HttpResponse()
            vars(response).update(own)
            return response

        return PolicyMiddleware(view)(RequestFactory().get(path))

    assert policy(answer()) == POLICY
    framed = policy(answer(_csp_replace={"frame-ancestors": ["'self'"]}))
    assert framed == POLICY | {"frame-ancestors": "'self'"}
    assert policy(answer(_csp_update={"img-src": ["data:"]}))["img-src"] == "'self' data:"
    assert "Content-Security-Policy" not in answer(_csp_exempt=True).headers
    assert policy(answer(nonce=True)) == POLICY
    assert policy(answer()) == POLICY


def test_reading_hands_out_no_cookie_but_where_a_form_needs_a_token(world: World) -> None:
    """S-36, and nothing is kept on a device before the first answer."""
    handed_out = {
        name: set(look(world, "anonymous", name).cookies)
        for name in MATRIX
        if look(world, "anonymous", name).cookies
    }
    assert all(cookies == {settings.CSRF_COOKIE_NAME} for cookies in handed_out.values())
    assert handed_out.keys() == {
        "account_login",
        "account_request_login_code",
        "account_signup",
        "account_reset_password",
    }


def test_what_one_person_saw_is_not_in_the_page_of_the_next(world: World) -> None:
    """S-36: A, then B, on the same address, in both orders."""
    shared = ["home:front", "home:mine", "quizzes:quiz", "progress:step", "progress:lesson_end"]
    shared += ["classrooms:join", "lessons:package", "helplines:help"]
    learner = world.client("learner")
    learner.post(world.address(ROUTES["progress:finish_step"]))
    for name in shared:
        address = world.address(ROUTES[name])
        before = masked(world.client("anonymous").get(address).text)
        own = learner.get(address).text
        after = masked(world.client("anonymous").get(address).text)
        assert before == after, name
        assert world.joined["learner"].enrolment.nickname not in after
        if name in {"home:mine", "progress:step"}:
            assert masked(own) != after  # the control: A did see something of their own


def masked(text: str) -> str:
    """Without what is new in every page: keys of attempts and answers, tickets."""
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID", text)
    return re.sub(r'(name="ticket" value=)"[^"]+"', r"\1", text)


@pytest.mark.parametrize("name", MATRIX)
def test_other_methods_change_nothing_and_echo_nothing(world: World, name: str) -> None:
    """S-82, S-39: HEAD, OPTIONS, TRACE, PUT, PATCH, DELETE."""
    route, before = ROUTES[name], snapshot()
    for method in ("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE"):
        with undone():
            client = world.client("teacher" if "classroom" in route.arguments else "learner")
            response = client.generic(
                method, world.address(route), headers={"x-secret": "echo-me-not"}
            )
            assert changes(before, snapshot()) <= MATRIX[name].look_writes, method
        assert response.status_code != 500
        body = response.getvalue().decode(errors="replace")
        assert "echo-me-not" not in body
        assert "message/http" not in response.headers.get("Content-Type", "")


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/admin/",
        "/debug/",
        "/__debug__/",
        "/static/",
        "/static/../manage.py",
        "/static/%2e%2e/manage.py",
        "/uploads/",
        "/uploads/../manage.py",
        "/uploads/%2e%2e/%2e%2e/manage.py",
        "/var/doorzien.sqlite3",
        "/pyproject.toml",
        "/sitemap.xml.gz",
        "/api/v2/pages/",
        "/documents/1/x/",
        "/images/1/",
    ],
)
def test_nothing_lies_about(client: Client, path: str) -> None:
    """S-82, S-67, S-18"""
    response = client.get(path)
    assert response.status_code == 404
    assert "DEBUG = True" not in response.text
    assert "urlconf" not in response.text.lower()


def test_no_debug() -> None:
    assert settings.DEBUG is False
