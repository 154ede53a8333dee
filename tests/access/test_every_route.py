"""Every route of the site against every role, reading and sending (S-05, S-16)."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from wagtail.models import Page, get_page_models

from home.actions import set_up_editing
from tests.access.matrix import (
    CERTIFICATE_PAGES,
    CLASSES,
    LEAST_ADMIN_ROUTES,
    LOGIN,
    MATRIX,
    OPEN_ADMIN_ROUTES,
    OPERATOR_PAGES,
    QUIZ_WRITERS_PAGES,
    REFUSALS,
    RETURN,
    Expected,
)
from tests.access.routes import Route, admin_routes, public_routes, sample_address
from tests.access.world import ROLES, World, changes, snapshot, undone

pytestmark = pytest.mark.django_db
ROUTES = public_routes()
WRITE = re.compile(r"^\W*(INSERT|UPDATE|DELETE|REPLACE|WITH)\b", re.I)
METHODS = ("get", "post")
# What stands in the address of a class or an organisation, and belongs to it.
CHILDREN = {"enrolment", "assignment", "colleague", "invitation", "move", "person"}
urlpatterns = [
    path("niet-gemeld/", lambda request: HttpResponse("hallo"), name="nobody_declared_me"),
    path("", include("config.urls")),
]


def test_every_route_says_for_whom_it_is() -> None:
    assert sorted(ROUTES.keys() - MATRIX.keys()) == [], "declare these in tests/access/matrix.py"
    assert sorted(MATRIX.keys() - ROUTES.keys()) == [], "these routes are gone"


def test_a_route_that_nobody_declared_is_noticed() -> None:
    """The control: this module's own routes, with one that is not in the matrix."""
    assert public_routes(__name__).keys() - MATRIX.keys() == {"nobody_declared_me"}


@pytest.mark.parametrize("name", MATRIX)
def test_every_role_has_an_answer(name: str) -> None:
    assert list(MATRIX[name].get) == list(MATRIX[name].post) == list(ROLES) or (
        set(MATRIX[name].get) == set(MATRIX[name].post) == set(ROLES)
    )


def told(response: Any, address: str) -> Expected:
    """The answer in the words of the matrix."""
    if response.status_code != 302:
        return response.status_code
    location = response.headers["Location"]
    if location == f"{reverse('account_login')}?next={address}":
        return LOGIN
    names = {reverse("accounts:return"): RETURN, reverse("classrooms:list"): CLASSES}
    return names.get(location, 302)


def same_answer(answer: Expected, expected: Expected) -> bool:
    # A redirect that the matrix calls 302 may lead anywhere; where to is tested elsewhere.
    return answer == expected or (expected == 302 and answer in {RETURN, CLASSES})


def secrets(world: World) -> list[str]:
    """What only the teacher and the learner may read."""
    return [
        "Klas 2b",
        world.classroom.shown_code,
        *(one.enrolment.nickname for one in world.joined.values()),
        "Geheime",  # every explanation in the quiz begins so
        "GEHEIM-",  # every teacher's note in the lesson
        world.users["teacher"].email,
        *(one.email for one in world.people),
    ]


def send(world: World, role: str, method: str, address: str, name: str) -> Any:
    body = world.body(name, role) if method == "post" else world.query(name)
    response = getattr(world.client(role), method)(address, body)
    if response.streaming:
        response.getvalue()  # an uploaded file: read, so that it is closed
    return response


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries.captured_queries if WRITE.match(query["sql"])]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ROUTES)
def test_each_role_gets_the_declared_answer(world: World, name: str, method: str) -> None:
    access, address = MATRIX[name], world.address(ROUTES[name])
    before = snapshot()
    wrong = {}
    for role, expected in getattr(access, method).items():
        with undone(), CaptureQueriesContext(connection) as queries:
            response = send(world, role, method, address, name)
            answer = told(response, address)
            if not same_answer(answer, expected):
                wrong[role] = (answer, expected)
            is_refused = expected in REFUSALS
            if (is_refused or method == "get") and writes(queries):
                changed = changes(before, snapshot()) - access.look_writes
                assert not changed, f"{role} changed {changed}"
            if is_refused:
                text = response.content.decode()
                assert not [secret for secret in secrets(world) if secret in text]
                if response.status_code == 302:
                    assert text == ""  # S-16: no byte of the page
    assert wrong == {}, f"{name} {method}: {{role: (answer, declared)}}"


def plain(text: str, *ids: str) -> str:
    for one in ids:
        text = text.replace(one, "ID")
    return text


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "name",
    [name for name in ROUTES if {"classroom", "attempt", *CHILDREN} & set(ROUTES[name].arguments)],
)
def test_what_is_somebody_elses_looks_like_what_does_not_exist(
    world: World, name: str, method: str
) -> None:
    """S-01, S-02, S-03"""
    route = ROUTES[name]
    made_up = {
        argument: str(uuid4())
        for argument in (
            "classroom",
            "attempt",
            "enrolment",
            "assignment",
            "colleague",
            "invitation",
            "move",
            "person",
            "place",
        )
        if argument in route.arguments
    }
    real, missing = world.address(route), world.address(route, **made_up)
    for role, expected in getattr(MATRIX[name], method).items():
        if expected != 404:
            continue
        with undone():
            foreign = send(world, role, method, real, name)
            nothing = send(world, role, method, missing, name)
            assert foreign.status_code == nothing.status_code == 404
            assert plain(foreign.text, real) == plain(nothing.text, missing)
            assert foreign.headers.keys() == nothing.headers.keys()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "name", [name for name in ROUTES if CHILDREN & set(ROUTES[name].arguments)]
)
def test_the_own_class_opens_no_door_to_what_another_class_holds(
    world: World, name: str, method: str
) -> None:
    """S-03"""
    route = ROUTES[name]
    owner = "teacher" if "classroom" in route.arguments else "coordinator"
    if getattr(MATRIX[name], method)[owner] == 405:
        return
    foreign_ids = {
        argument: value
        for argument, value in world.foreign_kwargs().items()
        if argument in route.arguments
    }
    foreign = world.address(route, **foreign_ids)
    missing = world.address(route, **{argument: str(uuid4()) for argument in foreign_ids})
    before = snapshot()
    with undone():
        answers = [send(world, owner, method, one, name) for one in (foreign, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert plain(answers[0].text, foreign) == plain(answers[1].text, missing)
        assert not changes(before, snapshot())


def test_a_change_would_be_noticed(world: World) -> None:
    """The control for every "changed nothing" above."""
    before = snapshot()
    with undone(), CaptureQueriesContext(connection) as queries:
        address = world.address(ROUTES["classrooms:settings"])
        send(world, "teacher", "post", address, "classrooms:settings")
        assert writes(queries)
        assert changes(before, snapshot()) == {
            "classrooms_classroom",
            "wagtailcore_modellogentry",
        }
    assert not changes(before, snapshot())


def test_the_secrets_are_there_for_the_teacher_and_the_learner(world: World) -> None:
    """The control for "no protected byte"."""
    pages = [
        ("teacher", "classrooms:board"),
        ("teacher", "classrooms:settings"),
        ("teacher", "progress:lesson_guide"),
        ("learner", "quizzes:question"),
    ]
    text = "".join(
        send(world, role, "get", world.address(ROUTES[name]), name).text for role, name in pages
    )
    found = [secret for secret in secrets(world) if secret in text]
    assert {"Klas 2b", world.classroom.shown_code, "Geheime", "GEHEIM-"} <= set(found)


# --- Wagtail's admin ------------------------------------------------------------------
ADMIN_ROUTES = admin_routes()
# One of each kind: no session, a learner's cookie, a session with no right to edit.
OUTSIDERS = ("anonymous", "learner", "teacher", "suspended")


def is_open(route: Route) -> bool:
    return route.name.rpartition(":")[2] in OPEN_ADMIN_ROUTES


def test_the_rule_covers_all_of_the_admin() -> None:
    assert len(ADMIN_ROUTES) >= LEAST_ADMIN_ROUTES
    named = {route.name for route in ADMIN_ROUTES}
    assert OPEN_ADMIN_ROUTES.keys() <= named
    assert set(OPERATOR_PAGES) <= named


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("role", OUTSIDERS)
def test_nobody_but_editors_gets_anything_of_the_admin(
    world: World, role: str, method: str
) -> None:
    client = world.client(role)
    before = snapshot()
    wrong = []
    for route in ADMIN_ROUTES:
        address = sample_address(route)
        with undone():
            response = getattr(client, method)(address)
        answer = told(response, address)
        if is_open(route):
            expected = {OPEN_ADMIN_ROUTES[route.name.rpartition(":")[2]], 405}
        else:
            expected = {LOGIN, 403, 404}
            location = response.headers.get("Location", "")
            if location.startswith(reverse("wagtailadmin_login") + "?next="):
                answer = LOGIN  # which leads on to our sign-in, see below
        if answer not in expected:
            wrong.append((route.name, answer))
    assert wrong == []
    assert not changes(before, snapshot())


def test_an_editor_edits_and_does_not_run_the_site(world: World) -> None:
    editor, operator = world.client("editor"), world.client("admin")
    assert editor.get(reverse("wagtailadmin_home")).status_code == 200
    for name in OPERATOR_PAGES:
        assert operator.get(reverse(name)).status_code == 200, name
        refused = editor.get(reverse(name))
        assert refused.status_code in {302, 403, 404}, name


@pytest.mark.parametrize("name", QUIZ_WRITERS_PAGES)
def test_who_writes_quizzes_sees_their_editions_and_figures_and_nobody_else(
    world: World, name: str
) -> None:
    address = reverse(name, kwargs={"pk": world.quiz.pk, **QUIZ_WRITERS_PAGES[name]})
    with undone():
        set_up_editing()
        before = snapshot()
        answers = {role: world.client(role).get(address).status_code for role in ROLES}
        changed = changes(before, snapshot())
    assert {role for role, answer in answers.items() if answer == 200} == {"editor", "admin"}
    assert set(answers.values()) <= {200, 302, 403}
    assert not changed


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", CERTIFICATE_PAGES)
def test_who_writes_for_the_country_finds_certificates_and_nobody_else(
    world: World, name: str, method: str
) -> None:
    """Also not their holder, nor who coordinates the holder or writes for a municipality."""
    place = {"pk": world.certificate.pk}
    address = reverse(name, kwargs={part: place[part] for part in CERTIFICATE_PAGES[name]})
    body = {"reason": "Fout.", "sure": "on"} if method == "post" else {}
    before = snapshot()
    for role in ROLES:
        with undone():
            response = getattr(world.client(role), method)(address, body)
            if role in ("editor", "admin"):
                assert response.status_code in {200, 302, 405}, role
                continue
            assert response.status_code in {302, 403, 404}, role
            assert world.certificate.holder_name not in response.text
            assert not changes(before, snapshot())
    with undone():
        answer = world.client("editor").get(address)
        assert answer.status_code == 200


@pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailcore_login"])
def test_there_is_one_place_to_sign_in(client: Client, name: str) -> None:
    """S-34: a second form would be one where wrong passwords are not counted."""
    response = client.post(
        reverse(name) + "?next=/beheer/", {"username": "a@b.example", "password": "x"}
    )
    assert response.headers["Location"] == reverse("account_login") + "?next=/beheer/"


def test_a_visitor_of_the_admin_comes_to_our_sign_in(client: Client) -> None:
    response = client.get(reverse("wagtailadmin_home"), follow=True)
    assert response.templates[0].name == "account/login.html"


@pytest.mark.parametrize("model", get_page_models(), ids=str)
def test_no_page_can_be_put_behind_a_password(model: type[Page]) -> None:
    """Our views show what is published to everybody; and nobody counts wrong passwords."""
    if model._meta.app_label != "wagtailcore":
        assert model.private_page_options == []


@override_settings(ROOT_URLCONF=__name__)
def test_the_control_route_answers(client: Client) -> None:
    assert client.get("/niet-gemeld/").text == "hallo"
