"""A teacher makes a class, opens and closes it, and gives it work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import ModelLogEntry

from accounts.models import Learner
from classrooms.actions import (
    AlreadyAssignedError,
    WindowError,
    assign,
    create_classroom,
    open_joining,
    replace_join_code,
)
from classrooms.models import Classroom
from tests.factories.classrooms import enrol, make_classroom

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% load static %}",
    "javascript:alert(1)",
    "</title><svg/onload=alert(1)>",
]


def url(name: str, classroom: Classroom, *more) -> str:
    return reverse(f"classrooms:{name}", args=[classroom.public_id, *more])


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def audit() -> list[str]:
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_without_classes_the_page_explains_the_three_steps(teacher_client, teacher):
    page = teacher_client.get("/docent/").content.decode()
    assert page.count("<li>Maak een klas.") == 1
    assert "Maak je eerste klas" in page


@pytest.mark.parametrize("who", ["editor_client", "admin_client"])
def test_somebody_without_a_school_gets_an_explanation(request, who):
    client = request.getfixturevalue(who)
    response = client.get("/docent/")
    assert response.status_code == 200
    assert "Met dit account heb je geen klassen" in response.content.decode()
    assert client.get("/docent/klas/nieuw/").headers["Location"] == "/docent/"


def test_a_teacher_makes_a_class_and_comes_to_the_board(teacher_client, teacher, organisation):
    response = teacher_client.post("/docent/klas/nieuw/", {"name": "2b", "until": today()})
    classroom = Classroom.objects.get()
    assert response.headers["Location"] == url("board", classroom)
    assert (classroom.name, classroom.teacher, classroom.organisation) == (
        "2b",
        teacher,
        organisation,
    )
    assert classroom.is_open(at=timezone.now())
    assert timezone.localtime(classroom.join_closes_at).strftime("%H:%M") == "00:00"
    assert audit() == ["classrooms.create"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"name": "", "until": today()}, "Geef de klas een naam."),
        ({"name": "x" * 61, "until": today()}, "Maak de naam korter"),
        ({"name": "2b", "until": ""}, "Kies een dag."),
        ({"name": "2b", "until": "morgen"}, "Vul een dag in, zoals 31-12-2026."),
        ({"name": "2b", "until": today(15)}, "Kies vandaag of een dag in de komende 14 dagen."),
        ({"name": "2b", "until": today(-1)}, "Kies vandaag of een dag in de komende 14 dagen."),
    ],
)
def test_a_wrong_class_form_says_what_is_wrong_and_keeps_what_was_typed(
    teacher_client, data, message
):
    response = teacher_client.post("/docent/klas/nieuw/", data)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(message) == 2  # in the summary and at the field
    assert f'value="{data["name"]}"' in page or not data["name"]
    assert not Classroom.objects.exists()


def test_a_date_may_be_typed_the_dutch_way(teacher_client):
    day = timezone.localdate().strftime("%d-%m-%Y")
    assert (
        teacher_client.post("/docent/klas/nieuw/", {"name": "2b", "until": day}).status_code == 302
    )


def test_extra_fields_are_ignored(teacher_client, teacher, organisation, other_teacher):
    """S-10."""
    theirs = other_teacher.roles.get().organisation
    data = {
        "name": "2b",
        "until": today(),
        "organisation": theirs.pk,
        "organisation_id": theirs.pk,
        "teacher": other_teacher.pk,
        "join_code": "AAAA2222",
        "archived_at": "2026-01-01",
    }
    teacher_client.post("/docent/klas/nieuw/", data)
    classroom = Classroom.objects.get()
    assert (classroom.teacher, classroom.organisation) == (teacher, organisation)
    assert classroom.join_code != "AAAA2222"
    assert not classroom.is_archived


def test_the_list_counts_who_is_in_the_class_now(teacher_client, classroom):
    joined = enrol(classroom)
    enrol(classroom)
    teacher_client.post(url("remove", classroom, joined.enrolment.public_id))
    page = teacher_client.get("/docent/").content.decode()
    assert "1 leerling" in page
    assert "Aanmelden open tot" in page


def test_the_list_takes_the_same_queries_for_many_classes(
    teacher_client, teacher, django_assert_num_queries
):
    for number in range(12):
        make_classroom(teacher=teacher, name=f"{number}a")
    with django_assert_num_queries(5):  # session, user, role, classes, own teams
        teacher_client.get("/docent/")


def test_the_board_shows_the_code_large_with_the_address_and_a_qr(teacher_client, classroom):
    enrol(classroom)
    page = teacher_client.get(url("board", classroom)).content.decode()
    assert classroom.shown_code in page
    assert "testserver/mee" in page
    assert "<strong>1</strong> leerling doet mee" in page
    assert url("qr", classroom) in page


def test_the_board_counts_on_without_a_reload(teacher_client, classroom):
    response = teacher_client.get(url("board", classroom), headers={"X-Fragment": "matrix"})
    assert "<strong>0</strong> leerlingen doen mee" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_the_qr_carries_the_code_after_the_hash(teacher_client, classroom, monkeypatch):
    asked = []
    real = __import__("segno").make
    monkeypatch.setattr(
        "classrooms.views.segno.make",
        lambda text, **options: asked.append(text) or real(text, **options),
    )
    response = teacher_client.get(url("qr", classroom))
    assert asked == [f"http://testserver/mee/#{classroom.shown_code}"]
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert b"style=" not in response.content
    assert b"<script" not in response.content


def test_a_teacher_closes_and_opens_joining(teacher_client, classroom):
    teacher_client.post(url("close", classroom))
    classroom.refresh_from_db()
    assert not classroom.is_open(at=timezone.now())
    assert "Aanmelden is dicht" in teacher_client.get(url("board", classroom)).content.decode()
    teacher_client.post(url("open", classroom), {"until": today(3)})
    classroom.refresh_from_db()
    assert classroom.is_open(at=timezone.now() + timedelta(days=2))
    assert audit()[1:] == ["classrooms.close", "classrooms.open"]


def test_opening_for_too_long_is_explained(teacher_client, classroom):
    response = teacher_client.post(url("open", classroom), {"until": today(20)})
    assert response.status_code == 422
    assert "komende 14 dagen" in response.content.decode()


def test_the_actions_refuse_a_window_that_is_too_long(teacher, classroom):
    now = timezone.now()
    with pytest.raises(WindowError):
        open_joining(classroom=classroom, until=now + timedelta(days=30), now=now, user=teacher)
    with pytest.raises(WindowError):
        create_classroom(
            user=teacher,
            organisation=classroom.organisation,
            name="x",
            join_until=now - timedelta(days=1),
            now=now,
        )


def test_a_new_code_replaces_the_old_one(teacher_client, classroom):
    old = classroom.join_code
    response = teacher_client.post(url("new_code", classroom), follow=True)
    classroom.refresh_from_db()
    assert classroom.join_code != old
    assert "De oude werkt niet meer." in response.content.decode()
    assert audit()[-1] == "classrooms.new_code"


def test_a_code_that_another_class_has_is_not_given_twice(classroom, monkeypatch):
    other = make_classroom()
    codes = iter([other.join_code, "ABCD2345"])
    monkeypatch.setattr("classrooms.actions.new_join_code", lambda: next(codes))
    assert replace_join_code(classroom=classroom, user=None).join_code == "ABCD2345"


def test_a_teacher_takes_a_learner_out_and_puts_them_back(teacher_client, classroom):
    enrolment = enrol(classroom).enrolment
    remove = url("remove", classroom, enrolment.public_id)
    assert enrolment.nickname in teacher_client.get(remove).content.decode()
    assert classroom.enrolments.current().exists()  # asking changes nothing
    response = teacher_client.post(remove, follow=True)
    assert f"{enrolment.nickname} is uit de klas." in response.content.decode()
    assert not classroom.enrolments.current().exists()
    assert Learner.objects.filter(pk=enrolment.learner_id).exists()
    teacher_client.post(url("restore", classroom, enrolment.public_id))
    assert classroom.enrolments.current().exists()
    assert audit()[1:] == ["classrooms.remove", "classrooms.restore"]


def test_a_lost_return_code_is_replaced_and_shown_once(
    teacher_client, classroom, learner_client, learner
):
    address = url("replace_return_code", classroom, learner.enrolment.public_id)
    page = teacher_client.get(address)
    ticket = str(page.context["ticket"])
    code = teacher_client.post(address, {"ticket": ticket}).context["return_code"]
    assert str(code) != str(learner.return_code)
    # A double click shows the same code, and writes one line.
    assert teacher_client.post(address, {"ticket": ticket}).context["return_code"] == code
    assert audit().count("classrooms.return_code") == 1
    assert "return_code" not in teacher_client.get(address).context
    # The old code and the old cookie are dead, the new code works.
    assert learner_client.get("/mee/").context["known"] is None
    back = {"code": str(learner.return_code)}
    assert learner_client.post("/terug/", back).status_code == 422
    assert learner_client.post("/terug/", {"code": str(code)}).status_code == 302


def test_the_audit_log_holds_no_nickname_and_no_code(teacher_client, classroom, learner):
    address = url("replace_return_code", classroom, learner.enrolment.public_id)
    ticket = str(teacher_client.get(address).context["ticket"])
    teacher_client.post(address, {"ticket": ticket})
    teacher_client.post(url("remove", classroom, learner.enrolment.public_id))
    entries = str(list(ModelLogEntry.objects.values()))
    assert learner.enrolment.nickname not in entries
    assert classroom.join_code not in entries
    assert str(learner.return_code)[:6] not in entries
    assert ModelLogEntry.objects.latest("pk").user == classroom.teacher


@pytest.mark.parametrize("kind", ["package", "lesson", "quiz"])
def test_a_teacher_gives_and_takes_back_an_assignment(
    teacher_client, classroom, package, lesson, quiz, kind
):
    thing = {"package": package, "lesson": lesson, "quiz": quiz}[kind]
    data = {"what": f"{kind}:{thing.key}", "due_on": today(7), "note": "Voor vrijdag"}
    response = teacher_client.post(url("assign", classroom), data, follow=True)
    page = response.content.decode()
    assert thing.title in page
    assert "Voor vrijdag" in page
    assignment = classroom.assignments.get()
    assert getattr(assignment, kind) == thing
    # What the class has is not offered again.
    assert (
        f"{kind}:{thing.key}" not in teacher_client.get(url("assign", classroom)).content.decode()
    )
    remove = url("unassign", classroom, assignment.public_id)
    assert thing.title in teacher_client.get(remove).content.decode()
    teacher_client.post(remove)
    assert not classroom.assignments.exists()
    assert audit()[-2:] == ["classrooms.assign", "classrooms.unassign"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"what": []}, "Kies wat je opgeeft."),
        ({"what": "quiz:nope"}, "Kies iets uit de lijst."),
        ({"due_on": today(-1)}, "Kies vandaag of een latere dag."),
        ({"due_on": "ooit"}, "Vul een dag in, zoals 31-12-2026."),
        ({"note": "n" * 201}, "Maak de boodschap korter"),
    ],
)
def test_a_wrong_assignment_says_what_is_wrong_and_keeps_what_was_typed(
    teacher_client, classroom, quiz, changes, message
):
    data = {"what": f"quiz:{quiz.key}", "due_on": today(), "note": "Doe je best", **changes}
    response = teacher_client.post(url("assign", classroom), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(message) == 2
    assert f'value="{data["note"]}"' in page
    assert not classroom.assignments.exists()


def test_a_quiz_that_was_never_published_cannot_be_assigned(teacher_client, classroom, quiz):
    type(quiz).objects.update(live=False)
    page = teacher_client.get(url("assign", classroom)).content.decode()
    assert "De klas heeft alles al" in page


def test_the_same_thing_is_assigned_once(classroom, quiz):
    assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    with pytest.raises(AlreadyAssignedError):
        assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)


def test_a_link_from_the_catalogue_chooses_for_the_teacher(teacher_client, classroom, quiz):
    page = teacher_client.get(url("assign", classroom) + f"?wat=quiz:{quiz.key}").content.decode()
    box = BeautifulSoup(page, "html.parser").find("input", value=f"quiz:{quiz.key}")
    assert box.has_attr("checked")
    assert box.find_parent("label").span["lang"] == "nl"


def test_the_class_gets_another_name(teacher_client, classroom):
    assert (
        "Geef de klas een naam."
        in teacher_client.post(url("settings", classroom), {"name": ""}).content.decode()
    )
    teacher_client.post(url("settings", classroom), {"name": "3c"})
    classroom.refresh_from_db()
    assert classroom.name == "3c"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_teacher_types_is_text_on_every_page(
    teacher_client, teacher, quiz, payload, learner_client, client
):
    """S-50."""
    classroom = make_classroom(teacher=teacher, name=payload)
    enrolment = enrol(classroom).enrolment
    data = {"what": f"quiz:{quiz.key}", "note": payload}
    teacher_client.post(url("assign", classroom), data)
    assignment = classroom.assignments.get()
    pages = [
        "/docent/",
        url("board", classroom),
        url("settings", classroom),
        url("assign", classroom),
        url("remove", classroom, enrolment.public_id),
        url("unassign", classroom, assignment.public_id),
        url("replace_return_code", classroom, enrolment.public_id),
        reverse("reports:classroom", args=[classroom.public_id]),
    ]
    texts = [teacher_client.get(page).content.decode() for page in pages]
    client.post("/mee/", {"code": classroom.join_code})
    texts += [client.get("/mee/welkom/").content.decode(), client.get("/mijn/").content.decode()]
    assert escape(payload) in texts[0]  # shown as it was typed
    for text in texts:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg/onload" not in text
        assert 'href="javascript' not in text


def test_every_form_of_a_teacher_needs_the_token(teacher, classroom, quiz):
    """S-39: besides the origin, Django's own token."""
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    strict.force_login(teacher)
    for name in ("close", "open", "new_code", "settings", "assign"):
        assert strict.post(url(name, classroom), {}).status_code == 403


@pytest.mark.parametrize("name", ["close", "open", "new_code"])
def test_looking_never_changes_a_class(teacher_client, classroom, name):
    """S-39."""
    assert teacher_client.get(url(name, classroom)).status_code == 405


@pytest.mark.parametrize("path", ["/docent/", "/docent/klas/nieuw/"])
def test_a_stranger_is_sent_to_sign_in(client, db, path):
    assert client.get(path).headers["Location"] == f"/account/login/?next={path}"
