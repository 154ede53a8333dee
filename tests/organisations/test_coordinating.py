"""A coordinator and their colleagues: roles, suspending, leaving, provisional organisations."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from classrooms.actions import MOST_PROVISIONAL, ProvisionalLimitError
from classrooms.leaving import ClassesLeftError, leave_organisation
from classrooms.models import Classroom, Move
from classrooms.moving import MoveError, ask_to_move, confirm_move, undo_move
from classrooms.rights import Right
from organisations.colleagues import LastCoordinatorError, change_role, suspend
from organisations.models import Role
from tests.factories.accounts import PASSWORD
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.organisations import (
    OrganisationFactory,
    RoleFactory,
    make_coordinator,
    make_teacher,
)


@pytest.fixture
def coordinator(organisation) -> User:
    return make_coordinator(organisation=organisation, email="team@debrug.example", name="Kim")


@pytest.fixture
def coordinator_client(sign_in, coordinator):
    return sign_in(coordinator)


def colleague_address(name: str, user: User) -> str:
    return reverse(f"classrooms:{name}", args=[user.public_id])


def test_the_page_names_colleagues_and_classes_and_no_pupil(
    coordinator_client, classroom, teacher, learner
):
    page = coordinator_client.get(reverse("classrooms:organisation")).text
    assert classroom.name in page
    assert teacher.name in page
    assert learner.enrolment.nickname not in page
    assert classroom.shown_code not in page


def test_a_coordinator_has_no_way_into_a_colleagues_class(coordinator_client, classroom):
    for name in ("classrooms:settings", "classrooms:board", "reports:classroom", "reports:numbers"):
        address = reverse(name, args=[classroom.public_id])
        assert coordinator_client.get(address).status_code == 404


def test_the_page_takes_the_same_queries_for_a_large_school(
    coordinator_client, organisation, django_assert_num_queries
):
    address = reverse("classrooms:organisation")
    for _ in range(3):
        teacher = make_teacher(organisation=organisation)
        enrol(make_classroom(teacher=teacher))
        make_classroom(teacher=teacher)
    with django_assert_num_queries(7):  # session, user, role; people, moves, open, classes
        page = coordinator_client.get(address)
    assert page.text.count("School") == 0


def test_the_only_coordinator_is_urged_to_share_it(coordinator_client, organisation):
    address = reverse("classrooms:organisation")
    assert "de enige coördinator" in coordinator_client.get(address).text
    make_coordinator(organisation=organisation)
    assert "de enige coördinator" not in coordinator_client.get(address).text


def test_a_suspended_colleague_gets_nothing_from_the_next_request_on(
    coordinator_client, teacher, client, classroom, sign_in
):
    """S-08: the account works, the role does not; also for who signs in again."""
    client.post(reverse("account_login"), {"login": teacher.email, "password": PASSWORD})
    mine = [
        reverse("reports:classroom", args=[classroom.public_id]),
        reverse("classrooms:settings", args=[classroom.public_id]),
        reverse("reports:export", args=[classroom.public_id, "csv"]),
    ]
    assert {client.get(address).status_code for address in mine} == {200}
    coordinator_client.post(colleague_address("suspend", teacher))
    assert {client.get(address).url.split("?")[0] for address in mine} == {reverse("account_login")}
    again = sign_in(teacher)
    assert {again.get(address).status_code for address in mine} == {404}
    assert classroom.name not in again.get(reverse("classrooms:list")).text
    assert again.get(reverse("classrooms:create")).status_code == 302
    assert again.post(reverse("classrooms:municipality"), {}).status_code == 302
    coordinator_client.post(colleague_address("resume", teacher))
    assert {again.get(address).status_code for address in mine} == {200}


def test_a_suspended_colleague_reads_no_teachers_notes(teacher, teacher_client, lesson, package):
    address = reverse("progress:lesson_guide", args=[package.slug, lesson.slug])
    assert teacher_client.get(address).status_code == 200
    teacher.roles.update(suspended_at=timezone.now())
    assert teacher_client.get(address).status_code == 403


def test_a_suspended_coordinator_lets_nobody_in(coordinator, organisation, sign_in):
    make_coordinator(organisation=organisation)
    client = sign_in(coordinator)
    suspend(role=coordinator.roles.get(), now=timezone.now(), user=None)
    assert client.get(reverse("classrooms:organisation")).status_code == 404
    assert client.get(reverse("reports:organisation")).status_code == 404


@pytest.mark.parametrize("name", ["suspend", "change_role", "remove_colleague"])
def test_there_is_always_a_coordinator(coordinator_client, coordinator, organisation, name):
    answer = coordinator_client.post(colleague_address(name, coordinator), follow=True)
    assert "heeft een coördinator nodig" in answer.text
    role = coordinator.roles.get()
    assert (role.name, role.suspended_at) == ("coordinator", None)
    second = make_coordinator(organisation=organisation)
    second.is_active = False  # an account that is switched off looks after nothing
    second.save()
    with pytest.raises(LastCoordinatorError):
        change_role(role=role, name="teacher", user=None)


def test_a_teacher_becomes_coordinator_and_keeps_the_classes(
    coordinator_client, teacher, teacher_client, classroom
):
    coordinator_client.post(colleague_address("change_role", teacher))
    assert teacher_client.get(reverse("classrooms:organisation")).status_code == 200
    settings = reverse("classrooms:settings", args=[classroom.public_id])
    assert teacher_client.get(settings).status_code == 200
    coordinator_client.post(colleague_address("change_role", teacher))
    assert teacher_client.get(reverse("classrooms:organisation")).status_code == 404


def test_who_leaves_names_who_takes_over_the_classes(
    coordinator_client, coordinator, teacher, teacher_client, classroom, learner, other_teacher
):
    address = colleague_address("remove_colleague", teacher)
    for heir in ("", str(other_teacher.public_id), str(teacher.public_id)):
        assert coordinator_client.post(address, {"heir": heir}).status_code == 422
    with pytest.raises(ClassesLeftError):
        leave_organisation(role=teacher.roles.get(), heir=None, user=coordinator)
    assert coordinator_client.post(address, {"heir": str(coordinator.public_id)}).status_code == 302
    assert not teacher.roles.exists()
    room = Classroom.objects.get()
    assert room.teacher == coordinator
    assert room.enrolments.get() == learner.enrolment
    gone = teacher_client.get(reverse("reports:classroom", args=[room.public_id]))
    assert gone.status_code == 404


def test_a_teacher_leaves_by_themselves(teacher_client, teacher, coordinator):
    address = reverse("classrooms:leave_organisation")
    assert teacher_client.get(address).status_code == 200
    assert teacher_client.post(address).status_code == 302
    assert not teacher.roles.exists()


# --- Provisional ----------------------------------------------------------------------


@pytest.fixture
def alone(db) -> User:
    return make_teacher(
        organisation=OrganisationFactory(name="Alleen", confirmed_at=None), email="a@b.example"
    )


def test_who_begins_alone_makes_three_classes_and_reads_what_to_do(alone, sign_in):
    """S-13."""
    client = sign_in(alone)
    for _ in range(MOST_PROVISIONAL):
        make_classroom(teacher=alone)
    with pytest.raises(ProvisionalLimitError):
        make_classroom(teacher=alone)
    today = timezone.localdate().isoformat()
    answer = client.post(reverse("classrooms:create"), {"name": "4d", "until": today}, follow=True)
    assert "nog niet bevestigd" in answer.text
    assert Classroom.objects.count() == MOST_PROVISIONAL


def test_an_operator_appoints_a_coordinator_and_that_confirms_the_organisation(alone, capsys):
    for _time in range(2):
        call_command("appoint_coordinator", "A@b.example")
    role = alone.roles.get()
    assert role.name == Role.Name.COORDINATOR
    assert not role.organisation.is_provisional
    for _ in range(MOST_PROVISIONAL + 1):
        make_classroom(teacher=alone)
    with pytest.raises(CommandError, match="No account"):
        call_command("appoint_coordinator", "niemand@b.example")
    RoleFactory(user=alone)
    with pytest.raises(CommandError, match="which organisation"):
        call_command("appoint_coordinator", "a@b.example")


@pytest.fixture
def invited(alone, organisation) -> User:
    """Began alone, with a class, and accepted an invitation."""
    make_classroom(teacher=alone, name="Van voor die tijd")
    RoleFactory(user=alone, organisation=organisation)
    return alone


def test_classes_come_along_when_the_coordinator_agrees_and_nothing_is_lost(
    invited, organisation, coordinator_client, sign_in
):
    room = Classroom.objects.get()
    joined = enrol(room)
    move = ask_to_move(user=invited, into=organisation)[0]
    assert ask_to_move(user=invited, into=organisation) == [move]  # twice is once
    assert "Alleen" in coordinator_client.get(reverse("classrooms:organisation")).text
    coordinator_client.post(
        reverse("classrooms:answer_move", args=[move.public_id]), {"answer": "yes"}
    )
    room.refresh_from_db()
    assert (room.organisation, room.teacher) == (organisation, invited)
    assert room.enrolments.get() == joined.enrolment
    assert [role.organisation for role in invited.roles.all()] == [organisation]
    settings = reverse("classrooms:settings", args=[room.public_id])
    assert sign_in(invited).get(settings).status_code == 200


def test_a_move_is_undone(invited, organisation, coordinator_client):
    origin = Classroom.objects.get().organisation
    move = ask_to_move(user=invited, into=organisation)[0]
    confirm_move(move=move, user=None, now=timezone.now())
    own = make_classroom(teacher=invited, name="Van daarna")
    assert own.organisation == organisation
    coordinator_client.post(
        reverse("classrooms:answer_move", args=[move.public_id]), {"answer": "undo"}
    )
    assert Classroom.objects.get(name="Van voor die tijd").organisation == origin
    assert Classroom.objects.get(name="Van daarna").organisation == organisation
    assert len(Classroom.objects.open_to(invited, Right.LEAD)) == 2  # type: ignore[attr-defined]
    with pytest.raises(MoveError):
        undo_move(move=move, user=None)


def test_no_move_without_asking_and_none_to_where_somebody_does_not_work(
    invited, organisation, coordinator_client
):
    with pytest.raises(MoveError):
        ask_to_move(user=invited, into=OrganisationFactory())
    move = ask_to_move(user=invited, into=organisation)[0]
    coordinator_client.post(reverse("classrooms:answer_move", args=[move.public_id]), {})
    assert Move.objects.filter(confirmed_at=None).exists()  # no answer changes nothing
    coordinator_client.post(
        reverse("classrooms:answer_move", args=[move.public_id]), {"answer": "no"}
    )
    assert not Move.objects.exists()
    assert Classroom.objects.get().organisation.name == "Alleen"


def test_a_confirmed_organisation_is_never_taken_along(organisation, teacher, classroom):
    elsewhere = OrganisationFactory()
    RoleFactory(user=teacher, organisation=elsewhere)
    with pytest.raises(MoveError):
        ask_to_move(user=teacher, into=elsewhere)
