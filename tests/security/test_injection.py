"""What somebody types is text wherever it is shown, and changes only what its form is for
(S-10, S-24, S-50, S-51, S-57)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from accounts.models import User
from classrooms.actions import assign
from classrooms.models import Classroom
from home.models import StandardPage
from lessons.blocks import RICH_TEXT_FEATURES, SHORT_FEATURES
from organisations.models import Role
from quizzes.models import Attempt, Quiz
from tests.access.matrix import MATRIX
from tests.access.routes import public_routes
from tests.access.world import World, browser, changes, snapshot, undone
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.quizzes import key
from tests.security.pages import crawl, read

pytestmark = pytest.mark.django_db
ROUTES = public_routes()
# A made-up element and a made-up function: whatever of these becomes more than text is a hole.
PAYLOADS = [
    "<xprobe>",
    "<script>xprobe()</script>",
    "</script><script>xprobe()</script>",
    '"><img src=x onerror=xprobe()>',
    "'><svg/onload=xprobe()>",
    '" onfocus=xprobe() autofocus x="',
    "' onmouseover='xprobe()",
    "javascript:xprobe()",
    "--><xprobe>",
    "</title><xprobe>",
    "</textarea><xprobe>",
    "</style><xprobe>",
    "&lt;xprobe&gt;",
    "\u2028xprobe()\u2029",
    "{{7*7}}xprobe",
    "{% debug %}xprobe",
    "<xprobe\x0b>",
    "<a href=javascript:xprobe()>",
]


def what_ran(text: str) -> list[str]:
    """Where a payload became markup, script, an event or an address."""
    seen = read(text)
    found = [f"<{tag}>" for tag, _attributes in seen.tags if "xprobe" in tag]
    for tag, attributes in seen.tags:
        for name, value in attributes.items():
            if "xprobe" in name or (name.startswith("on") and "xprobe" in value):
                found.append(f"<{tag} {name}>")
            if name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith(
                "javascript:"
            ):
                found.append(f"<{tag} {name}={value}>")
    found += [f"in <{tag}>" for tag in ("script", "style") if "xprobe" in seen.inside.get(tag, "")]
    if "<" in seen.inside.get("data", ""):
        found.append("markup in data")
    if "49xprobe" in text:
        found.append("template")
    return found


@pytest.mark.parametrize("payload", [one for one in PAYLOADS if one[0] not in "&\u2028" and one])
def test_a_payload_that_is_not_escaped_would_be_found(payload: str) -> None:
    """The control: each payload, put somewhere without escaping."""
    places = [
        f"<p>{payload}</p>",
        f'<p title="{payload}"></p>',
        f"<p title='{payload}'></p>",
        f'<a href="{payload}"></a>',
        f"<script>x = '{payload}'</script>",
        f"<title>{payload}</title>",
        payload.replace("{{7*7}}", "49").replace("{% debug %}", "49"),
    ]
    assert any(what_ran(place) for place in places)


def with_payloads(world: World, payload: str) -> list[str]:
    """Puts it in every field that a learner or teacher fills; the class's pages."""
    now = timezone.now()
    teacher = world.users["teacher"]
    Role.objects.get(user=teacher)
    organisation = world.classroom.organisation
    organisation.name = payload
    organisation.save()
    User.objects.filter(pk=teacher.pk).update(name=payload)
    room = make_classroom(teacher=teacher, name=payload[:60])
    joined = enrol(room)
    room.enrolments.update(nickname=payload[:60])  # cannot be typed; could come from a bug
    work = assign(classroom=room, thing=world.quiz, now=now, user=teacher, note=payload)
    # Only a team has a list of people: a name and an address that somebody else wrote.
    Classroom.objects.filter(pk=world.team.pk).update(name=payload[:60])
    world.team.team_invitations.update(name=payload[:120])
    names = {"classroom": room.public_id, "enrolment": joined.enrolment.public_id}
    world.cookies["payload"] = {
        name: one.value for name, one in sign_in_learner(browser(), joined).cookies.items()
    }
    return [
        "/docent/",
        *(
            reverse(
                name,
                kwargs={
                    argument: {**names, "assignment": work.public_id}[argument]
                    for argument in ROUTES[name].arguments
                }
                if name != "classrooms:roster"
                else {"classroom": world.team.public_id},
            )
            for name in MATRIX
            if name.startswith(("classrooms:", "reports:classroom"))
            and "classroom" in ROUTES[name].arguments
            and MATRIX[name].get["teacher"] == 200
        ),
    ]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_is_text_for_the_teacher_the_learner_and_the_operator(
    world: World, payload: str
) -> None:
    """S-50, stored."""
    addresses = with_payloads(world, payload)
    pages = [world.client("teacher").get(address) for address in addresses]
    pages += [world.client("payload").get(path) for path in ("/mijn/", "/mee/", "/q/wat-denk-jij/")]
    pages += [
        world.client("admin").get(path)
        for path in (
            "/beheer/",
            "/beheer/reports/site-history/",
            "/beheer/users/",
            f"/beheer/users/edit/{world.users['teacher'].pk}/",
        )
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    shown = 0
    for page in pages:
        assert what_ran(page.text) == [], page.request["PATH_INFO"]
        shown += "xprobe" in page.text
    assert shown >= 6  # the control: it is there, as text


def fields_of(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """Every form of a learner and a teacher, by route, with its fields."""
    answer = world.body("quizzes:answer", "learner")
    return [
        ("learner", "quizzes:answer", answer),
        ("anonymous", "accounts:return", {"code": "", "remember": ""}),
        ("learner", "accounts:new_return_code", {"ticket": ""}),
        ("learner", "set_language", {"language": "", "next": ""}),
        (
            "learner",
            "classrooms:join",
            {"code": "", "known": "", "who": "", "ticket": "", "remember": ""},
        ),
        ("teacher", "classrooms:create", {"name": "", "until": ""}),
        ("teacher", "classrooms:settings", {"name": ""}),
        ("teacher", "classrooms:open", {"until": ""}),
        ("teacher", "classrooms:assign", {"what": "", "due_on": "", "note": ""}),
        ("teacher", "classrooms:replace_return_code", {"ticket": ""}),
        ("anonymous", "account_login", {"login": "", "password": "", "next": ""}),
        (
            "anonymous",
            "account_signup",
            {
                "email": "",
                "password1": "",
                "name": "",
                "organisation_name": "",
                "organisation_kind": "",
                "next": "",
            },
        ),
        ("anonymous", "account_request_login_code", {"email": "", "next": ""}),
        ("anonymous", "account_reset_password", {"email": ""}),
        (
            "teacher",
            "account_change_password",
            {"oldpassword": "", "password1": "", "password2": ""},
        ),
    ]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_form_shows_again_is_text(world: World, payload: str) -> None:
    """S-50, reflected: each field of each form, the others filled in well."""
    for role, name, fields in fields_of(world):
        good, address = world.body(name, role), world.address(ROUTES[name])
        bodies = [{**good, field: payload} for field in fields]
        for body in [*bodies, dict.fromkeys(fields, payload)]:
            with undone():
                response = world.client(role).post(address, body)
            assert response.status_code < 500, (name, body)
            assert what_ran(response.text) == [], (name, body)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_an_address_says_is_text(world: World, payload: str) -> None:
    """S-50, reflected: in the query of every page and in the path."""
    parameters = ("zoek", "doelgroep", "leeftijd", "pagina", "next", "terug", "wat", "xprobe")
    for name in MATRIX:
        role = "teacher" if MATRIX[name].get["teacher"] == 200 else "learner"
        query = world.query(name) | dict.fromkeys(parameters, payload)
        with undone():
            response = world.client(role).get(world.address(ROUTES[name]), query)
        assert response.status_code < 500, name
        if response.streaming or response.headers["Content-Type"] == "application/pdf":
            response.getvalue()
            continue
        assert what_ran(response.text) == [], name
    for path in ("/", "/lessen/", "/q/", "/beheer/"):
        response = world.client("learner").get(path + payload.replace("?", "") + "/")
        assert response.status_code in {302, 404}
        assert what_ran(response.text) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_json_with_markup_stays_json(world: World, payload: str) -> None:
    """S-57"""
    body = world.body("quizzes:answer", "learner")
    for field in ("choice", "reason", "learner_tag", "key", "attempt", "question", "edition"):
        with undone():
            response = world.client("learner").post(
                world.address(ROUTES["quizzes:answer"]),
                json.dumps({**body, field: payload}),
                content_type="application/json",
            )
        assert response.status_code < 500
        assert response.headers["Content-Type"] == "application/json"
        json.loads(response.text)


# --- S-51 -----------------------------------------------------------------------------
BAD_LINKS = [
    "javascript:xprobe()",
    "JaVaScRiPt:xprobe()",
    "java\tscript:xprobe()",
    " javascript:xprobe()",
    "\x01javascript:xprobe()",
    "data:text/html,<script>xprobe()</script>",
    "vbscript:xprobe()",
    "file:///etc/passwd",
]


def content_state(url: str, *, style: str = "unstyled") -> str:
    """What the editor's rich text field sends for one linked word."""
    block = {
        "key": "abcde",
        "text": "klik <xprobe> hier",
        "type": style,
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 4, "key": 0}],
    }
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


@pytest.mark.parametrize("url", BAD_LINKS)
@pytest.mark.parametrize(
    "features",
    [RICH_TEXT_FEATURES, SHORT_FEATURES, StandardPage._meta.get_field("body").features],
    ids=["block", "short", "page"],
)
def test_no_rich_text_of_an_editor_keeps_a_link_that_runs(features: list[str], url: str) -> None:
    html = ContentstateConverter(features=features).to_database_format(content_state(url))
    assert what_ran(html) == []
    assert "klik" in html


def test_a_good_link_of_an_editor_stays() -> None:
    """The control."""
    html = ContentstateConverter(features=SHORT_FEATURES).to_database_format(
        content_state("https://example.org/")
    )
    assert 'href="https://example.org/"' in html
    assert what_ran('<a href="javascript:xprobe()">klik</a>')


@pytest.mark.parametrize("url", BAD_LINKS)
def test_a_page_that_an_editor_saves_runs_nothing(world: World, url: str) -> None:
    page = StandardPage.objects.get(slug="over")
    body = {
        "title": "Over </title><xprobe>",
        "slug": "over",
        "body": content_state(url),
        "action-publish": "1",
    }
    saved = world.client("admin").post(f"/beheer/pages/{page.pk}/edit/", body)
    assert saved.status_code == 302
    shown = world.client("anonymous").get("/over/")
    assert "klik" in shown.text
    assert what_ran(shown.text) == []


def test_a_lesson_and_a_quiz_show_an_editors_plain_text_as_text(world: World) -> None:
    """Titles, choices and captions are no rich text: markup in them is text."""
    payload = "<script>xprobe()</script>"

    def poisoned(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: f"{one} {payload}"
                if name in {"text", "title", "caption", "who", "name", "credit", "alt"}
                and isinstance(one, str)
                and not one.startswith("<")
                else poisoned(one)
                for name, one in value.items()
            }
        return [poisoned(one) for one in value] if isinstance(value, list) else value

    for question in world.quiz.questions.all():
        question.body = question.body.stream_block.to_python(poisoned(list(question.body.raw_data)))
        question.save()
    quiz = Quiz.objects.get(pk=world.quiz.pk)
    quiz.title = f"Quiz {payload}"
    quiz.save_revision().publish()
    lesson = world.lesson
    lesson.refresh_from_db()
    lesson.title = f"Les {payload}"
    steps = poisoned(list(lesson.steps.raw_data))
    lesson.steps = lesson.steps.stream_block.to_python(steps)
    lesson.save_revision().publish()
    pages = crawl(world.client("anonymous"), ["/lessen/", "/q/wat-denk-jij/"])
    pages += crawl(world.client("learner"), [world.address(ROUTES["quizzes:result"])])
    found = [page.address for page in pages if "xprobe" in page.text]
    assert len(found) >= 6  # the control: it is there, as text
    for page in pages:
        assert what_ran(page.text) == [], page.address


# --- S-10, S-24 -----------------------------------------------------------------------
EXTRA: dict[str, Any] = {
    "pk": 1,
    "id": 1,
    "public_id": str(uuid4()),
    "role": "admin",
    "roles": 1,
    "organisation": 1,
    "organisation_id": 1,
    "teacher": 1,
    "teacher_id": 1,
    "user": 1,
    "learner": 1,
    "learner_id": 1,
    "classroom": 1,
    "nickname": "Eigen Naam",
    "join_code": "AAAAAAAA",
    "join_closes_at": "2099-01-01",
    "is_archived": "on",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "groups": 1,
    "score": 100,
    "won": 99,
    "available": 1,
    "is_right": "true",
    "submitted_at": "2020-01-01",
    "completed_at": "2020-01-01",
    "epoch": 9,
    "opens_at": "2020-01-01",
}
MAY_CHANGE = {
    "quizzes:answer": {"quizzes_answer", "quizzes_attempt"},
    "progress:finish_step": {"progress_lessonprogress"},
    "accounts:new_return_code": {"accounts_learner"},
    "classrooms:join": {"accounts_learner", "classrooms_enrolment"},
    "classrooms:settings": {"classrooms_classroom", "wagtailcore_modellogentry"},
    "classrooms:open": {"classrooms_classroom", "wagtailcore_modellogentry"},
    "classrooms:close": {"classrooms_classroom", "wagtailcore_modellogentry"},
    "classrooms:new_code": {"classrooms_classroom", "wagtailcore_modellogentry"},
    "classrooms:create": {"classrooms_classroom", "wagtailcore_modellogentry"},
    "classrooms:remove": {"classrooms_enrolment", "wagtailcore_modellogentry"},
    "classrooms:assign": {"classrooms_assignment", "wagtailcore_modellogentry"},
    "classrooms:replace_return_code": {"accounts_learner", "wagtailcore_modellogentry"},
}
# Columns that these forms are for, by table; no other column of a row may change.
COLUMNS = {
    "accounts_learner": {"epoch", "return_selector", "return_verifier_hash"},
    "classrooms_classroom": {"name", "join_code", "join_opens_at", "join_closes_at"},
    "classrooms_enrolment": {"removed_at"},
    "quizzes_attempt": {"won", "available", "answered_count"},
    "progress_lessonprogress": {"finished_steps", "current_step", "completed_at", "updated_at"},
}


def changed_columns(table: str, before: list[Any], after: list[Any]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")
        names = [column[0] for column in cursor.description]
    old = {row[0]: row for row in before}
    return {
        name
        for row in after
        if row[0] in old
        for name, was, now in zip(names, old[row[0]], row, strict=True)
        if was != now
    }


@pytest.mark.parametrize("name", MAY_CHANGE)
def test_fields_that_a_form_does_not_have_are_not_looked_at(world: World, name: str) -> None:
    """S-10"""
    role = "teacher" if MATRIX[name].get["anonymous"] != MATRIX[name].get["teacher"] else "learner"
    role = "learner" if name.startswith(("accounts", "quizzes")) else role
    role = "teacher" if name.startswith("classrooms:") and name != "classrooms:join" else role
    address, body = world.address(ROUTES[name]), world.body(name, role)
    before, results = snapshot(), []
    for extra in ({}, EXTRA):
        with undone():
            response = world.client(role).post(address, {**body, **extra})
            after = snapshot()
            results.append((response.status_code, changes(before, after)))
        assert changes(before, after) == MAY_CHANGE[name]
        for table in changes(before, after):
            assert changed_columns(table, before[table], after[table]) <= COLUMNS.get(table, set())
        dump = str([after[table] for table in MAY_CHANGE[name]])
        assert "AAAAAAAA" not in dump
        assert "Eigen Naam" not in dump
        # Not in a key or in microseconds, where these figures may come by chance.
        assert not re.search(r"(?<![0-9a-f])2099(-01|, 1)", dump)
        assert EXTRA["public_id"].replace("-", "") not in dump
    assert results[0] == results[1]


def test_a_new_account_gets_what_its_form_gives_and_no_more(world: World) -> None:
    """S-10: see also tests/organisations/test_signing_up.py."""
    client = world.client("anonymous")
    body = {**world.body("account_signup", "anonymous"), **EXTRA, "is_active": "on"}
    assert client.post("/account/signup/", body).status_code == 302
    made = User.objects.get(email="nieuw@school.example")
    assert not made.is_staff
    assert not made.is_superuser
    assert not made.groups.exists()
    assert [role.organisation.name for role in made.roles.all()] == ["Nieuwe school"]
    assert client.get("/beheer/").status_code == 302


@pytest.mark.parametrize("as_json", [True, False])
def test_a_finished_attempt_cannot_be_made_better(world: World, as_json: bool) -> None:
    """S-24: after the result is known, every right answer is sent again."""
    before = Attempt.objects.get(key=world.finished)
    token = world.token("learner")
    assert token is not None
    right = {"een": [key("een-b")], "meer": [key("meer-a"), key("meer-b")], "waar": ["false"]}
    for name, choice in right.items():
        body = {
            "edition": 1,
            "attempt": world.finished,
            "question": key(f"{world.quiz.slug}-{name}"),
            "key": str(uuid4()),
            "choice": choice,
            "reason": key("waar-r1"),
            "learner_tag": token.tag,
            "won": 99,
        }
        client, address = world.client("learner"), world.address(ROUTES["quizzes:answer"])
        if as_json:
            response = client.post(address, json.dumps(body), content_type="application/json")
            assert response.status_code == 409
        else:
            client.post(address, body)
    after = Attempt.objects.get(key=world.finished)
    assert (after.won, after.available, after.submitted_at) == (
        before.won,
        before.available,
        before.submitted_at,
    )
    assert after.won < after.available


def test_a_right_answer_would_have_counted(world: World, make_client: Callable[[], Client]) -> None:
    """The control."""
    client, attempt = make_client(), str(uuid4())
    body = {
        "edition": 1,
        "attempt": attempt,
        "question": key(f"{world.quiz.slug}-een"),
        "key": str(uuid4()),
        "choice": [key("een-b")],
        "learner_tag": "",
    }
    client.post(world.address(ROUTES["quizzes:answer"]), body)
    assert Attempt.objects.get(key=attempt).won == 1


@pytest.fixture
def make_client() -> Callable[[], Client]:
    return browser


def test_a_due_date_far_away_is_no_trick(world: World) -> None:
    """A note of a class and its dates do not change who may see it (S-11)."""
    far = (timezone.localdate() + timedelta(days=4000)).isoformat()
    body = world.body("classrooms:assign", "teacher") | {"due_on": far}
    world.client("teacher").post(world.address(ROUTES["classrooms:assign"]), body)
    assert "Succes" in world.client("learner").get("/mijn/").text
    assert "Succes" not in world.client("stranger").get("/mijn/").text
