"""Nobody reaches another's class, whatever they put in the address (S-01, S-02, S-03)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from classrooms.actions import assign
from classrooms.models import Assignment, Classroom, Enrolment
from organisations.models import Role
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.organisations import make_teacher

OF_CLASS = ["board", "qr", "settings", "close", "open", "new_code", "assign"]
OF_LEARNER = ["remove", "restore", "replace_return_code"]


@pytest.fixture
def addresses(classroom, learner, quiz) -> list[str]:
    assignment = assign(classroom=classroom, thing=quiz, now=timezone.now(), user=None)
    room = classroom.public_id
    return [
        *[reverse(f"classrooms:{name}", args=[room]) for name in OF_CLASS],
        *[
            reverse(f"classrooms:{name}", args=[room, learner.enrolment.public_id])
            for name in OF_LEARNER
        ],
        reverse("classrooms:unassign", args=[room, assignment.public_id]),
        reverse("reports:classroom", args=[room]),
        reverse("reports:export", args=[room, "csv"]),
        reverse("reports:export", args=[room, "xlsx"]),
    ]


def state() -> list:
    return [
        list(model.objects.order_by("pk").values()) for model in (Classroom, Enrolment, Assignment)
    ]


@pytest.mark.parametrize("method", ["get", "post", "delete", "put"])
def test_another_schools_teacher_finds_nothing_and_changes_nothing(
    other_teacher_client, addresses, method
):
    """S-02: the same as for a class that does not exist."""
    before = state()
    for address in addresses:
        response = getattr(other_teacher_client, method)(address, {"name": "x", "what": "x"})
        assert response.status_code in {404, 405}, address
    assert state() == before


def test_another_schools_teacher_gets_404_on_post_too(other_teacher_client, classroom, learner):
    before = state()
    room = classroom.public_id
    for name in ("close", "open", "new_code", "settings", "assign"):
        address = reverse(f"classrooms:{name}", args=[room])
        assert other_teacher_client.post(address, {"name": "x"}).status_code == 404
    for name in OF_LEARNER:
        address = reverse(f"classrooms:{name}", args=[room, learner.enrolment.public_id])
        assert other_teacher_client.post(address).status_code == 404
    assert state() == before


def test_a_foreign_class_looks_like_no_class(other_teacher_client, classroom):
    foreign = other_teacher_client.get(reverse("classrooms:settings", args=[classroom.public_id]))
    nothing = other_teacher_client.get(reverse("classrooms:settings", args=[uuid4()]))
    assert foreign.status_code == nothing.status_code == 404
    assert len(foreign.content) == len(nothing.content)


def test_every_refusal_leaves_a_line_for_the_operator(
    other_teacher_client, other_teacher, classroom, caplog
):
    other_teacher_client.get(reverse("classrooms:settings", args=[classroom.public_id]))
    lines = [r.msg for r in caplog.records if isinstance(r.msg, dict)]
    refused = [line for line in lines if line["event"] == "access_refused"]
    assert len(refused) == 1
    assert refused[0]["thing"] == "classroom"
    assert refused[0]["account"] == str(other_teacher.public_id)
    assert str(classroom.public_id) not in str(lines)


@pytest.mark.parametrize("name", OF_LEARNER)
def test_own_class_with_another_classs_learner_is_refused(teacher_client, teacher, classroom, name):
    """S-03: the parent checked, and the child through the parent."""
    elsewhere = enrol(make_classroom()).enrolment
    own_other = enrol(make_classroom(teacher=teacher, name="3c")).enrolment
    before = state()
    for enrolment in (elsewhere, own_other):
        address = reverse(f"classrooms:{name}", args=[classroom.public_id, enrolment.public_id])
        assert teacher_client.post(address).status_code == 404
        assert teacher_client.get(address).status_code in {404, 405}
    assert state() == before


def test_own_class_with_another_classs_assignment_is_refused(teacher_client, classroom, quiz):
    """S-03."""
    foreign = assign(classroom=make_classroom(), thing=quiz, now=timezone.now(), user=None)
    address = reverse("classrooms:unassign", args=[classroom.public_id, foreign.public_id])
    assert teacher_client.get(address).status_code == 404
    assert teacher_client.post(address).status_code == 404
    assert Assignment.objects.filter(pk=foreign.pk).exists()


@pytest.mark.parametrize("who", ["client", "learner_client", "classmate_client"])
def test_learners_and_strangers_are_sent_to_sign_in(request, addresses, who):
    """S-01: also somebody of the class itself sees nothing of a teacher's pages."""
    client = request.getfixturevalue(who)
    before = state()
    for address in addresses:
        for response in (client.get(address), client.post(address)):
            assert response.headers["Location"] == f"/account/login/?next={address}"
            assert response.content == b""
    assert state() == before


@pytest.mark.parametrize("who", ["editor_client", "admin_client"])
def test_editors_and_operators_have_no_way_into_a_class(request, addresses, who):
    client = request.getfixturevalue(who)
    assert {client.get(address).status_code for address in addresses} <= {404, 405}


def test_a_teacher_who_left_the_school_loses_the_class(teacher_client, teacher, addresses):
    Role.objects.filter(user=teacher).delete()
    assert {teacher_client.get(address).status_code for address in addresses} <= {404, 405}


def test_a_teacher_who_was_suspended_is_out_at_once(teacher_client, teacher, classroom):
    teacher.is_active = False
    teacher.save()
    response = teacher_client.get(reverse("reports:classroom", args=[classroom.public_id]))
    assert response.headers["Location"].startswith("/account/login/")


def test_a_colleague_of_the_same_school_does_not_see_the_class(sign_in, organisation, classroom):
    colleague = sign_in(make_teacher(organisation=organisation))
    address = reverse("reports:classroom", args=[classroom.public_id])
    assert colleague.get(address).status_code == 404
