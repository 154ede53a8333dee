"""A class that colleagues share: who may do what, handing over, leaving (S-09)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from accounts.models import User
from classrooms.models import Classroom, Share
from classrooms.permissions import can
from classrooms.rights import Part, Right
from classrooms.sharing import NotAColleagueError, hand_over, share_classroom, stop_sharing
from organisations.models import Role
from tests.factories.classrooms import enrol, make_classroom
from tests.factories.organisations import make_teacher

RIGHTS = list(Right)


@pytest.fixture
def colleague(organisation) -> User:
    return make_teacher(organisation=organisation, email="collega@debrug.example")


@pytest.fixture
def observer(organisation, classroom) -> User:
    user = make_teacher(organisation=organisation, email="ziet@debrug.example")
    share_classroom(classroom=classroom, colleague=user, part=Part.OBSERVER, user=None)
    return user


def rights_of(user: User, classroom: Classroom) -> list[Right]:
    """As the list has it; what is asked of this one class may never be otherwise."""
    listed = [
        right
        for right in RIGHTS
        if classroom in Classroom.objects.open_to(user, right)  # type: ignore[attr-defined]
    ]
    assert listed == [right for right in RIGHTS if can(user, right, classroom)]
    return listed


def test_each_part_has_its_own_rights_and_nobody_else_has_any(
    classroom, teacher, colleague, observer, other_teacher
):
    assert rights_of(teacher, classroom) == RIGHTS
    assert rights_of(colleague, classroom) == []
    assert rights_of(observer, classroom) == [Right.SEE_NUMBERS]
    assert rights_of(other_teacher, classroom) == []
    share_classroom(classroom=classroom, colleague=colleague, part=Part.CO_TEACHER, user=teacher)
    assert rights_of(colleague, classroom) == [Right.SEE_NUMBERS, Right.TEACH]


def test_a_share_gives_nothing_in_another_class(classroom, teacher, observer):
    assert rights_of(observer, make_classroom(teacher=teacher, name="3c")) == []


def test_who_left_the_school_loses_what_they_shared(classroom, observer):
    Role.objects.filter(user=observer).delete()
    assert rights_of(observer, classroom) == []


def test_a_class_is_shared_with_colleagues_only(classroom, teacher, other_teacher):
    for stranger in (other_teacher, teacher):
        with pytest.raises(NotAColleagueError):
            share_classroom(
                classroom=classroom, colleague=stranger, part=Part.OBSERVER, user=teacher
            )
        with pytest.raises(NotAColleagueError):
            hand_over(classroom=classroom, colleague=stranger, user=teacher)
    assert not Share.objects.exists()


def test_sharing_twice_changes_the_part(classroom, colleague):
    for part in (Part.OBSERVER, Part.CO_TEACHER):
        share_classroom(classroom=classroom, colleague=colleague, part=part, user=None)
    assert Share.objects.get().part == Part.CO_TEACHER


def test_a_class_that_is_handed_over_keeps_its_learners_and_its_old_teacher(
    classroom, teacher, observer, learner
):
    hand_over(classroom=classroom, colleague=observer, user=teacher)
    assert rights_of(observer, classroom) == RIGHTS
    assert rights_of(teacher, classroom) == [Right.SEE_NUMBERS, Right.TEACH]
    assert classroom.enrolments.get() == learner.enrolment
    stop_sharing(classroom=classroom, colleague=teacher, user=teacher)
    assert rights_of(teacher, classroom) == []


def test_handing_over_on_the_screen(teacher_client, classroom, colleague, sign_in):
    address = reverse("classrooms:hand_over", args=[classroom.public_id])
    assert teacher_client.post(address, {"colleague": "x"}).status_code == 422
    assert teacher_client.post(address, {"colleague": str(colleague.public_id)}).status_code == 302
    assert teacher_client.get(address).status_code == 403
    assert sign_in(colleague).get(address).status_code == 200


def test_an_observer_sees_the_class_in_the_list_and_nothing_but_numbers(
    sign_in, classroom, observer
):
    nicknames = [enrol(classroom).enrolment.nickname for _ in range(2)]
    client = sign_in(observer)
    listed = client.get(reverse("classrooms:list")).text
    numbers = reverse("reports:numbers", args=[classroom.public_id])
    assert numbers in listed
    page = client.get(numbers).text
    assert classroom.name in page
    assert not [name for name in nicknames if name in page]
    for name in ("classrooms:settings", "reports:classroom", "classrooms:board"):
        assert client.get(reverse(name, args=[classroom.public_id])).status_code == 403


def test_a_co_teacher_leaves_and_who_leads_hands_over_first(
    sign_in, teacher_client, classroom, colleague
):
    share_classroom(classroom=classroom, colleague=colleague, part=Part.CO_TEACHER, user=None)
    address = reverse("classrooms:leave", args=[classroom.public_id])
    assert teacher_client.post(address).url == reverse(
        "classrooms:hand_over", args=[classroom.public_id]
    )
    client = sign_in(colleague)
    assert client.get(address).status_code == 200
    assert client.post(address).url == reverse("classrooms:list")
    assert client.get(address).status_code == 404


def test_the_list_and_the_settings_take_the_same_queries_for_many_sharers(
    teacher_client, classroom, organisation, django_assert_num_queries
):
    for _number in range(3):
        share_classroom(
            classroom=classroom,
            colleague=make_teacher(organisation=organisation),
            part=Part.OBSERVER,
            user=None,
        )
    with django_assert_num_queries(5):  # session, user, role, classes, own teams
        page = teacher_client.get(reverse("classrooms:list"))
    assert page.text.count('class="card"') == 1  # once, however many share it
    with django_assert_num_queries(5):  # session, user, class, shares, colleagues
        teacher_client.get(reverse("classrooms:share", args=[classroom.public_id]))


def test_what_was_shared_is_written_down_without_names(classroom, teacher, colleague):
    share_classroom(classroom=classroom, colleague=colleague, part=Part.OBSERVER, user=teacher)
    hand_over(classroom=classroom, colleague=colleague, user=teacher)
    lines = str(list(ModelLogEntry.objects.values_list("action", "data", "label")))
    assert "classrooms.share" in lines
    assert "classrooms.hand_over" in lines
    assert colleague.email not in lines
