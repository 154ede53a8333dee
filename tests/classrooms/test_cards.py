"""Cards with a new return code for each learner, to print and cut."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import UnknownReturnCodeError, sign_in_with_return_code
from accounts.return_codes import parse_return_code
from accounts.tickets import new_ticket
from classrooms.actions import remove_enrolment, replace_return_codes
from tests.factories.classrooms import enrol


def test_each_learner_gets_a_code_that_works_and_the_old_one_does_not(
    teacher_client, classroom, learner, classmate
):
    address = reverse("classrooms:cards", args=[classroom.public_id])
    assert "2 kaartjes" in teacher_client.get(address).text
    assert sign_in_with_return_code(code=learner.return_code)  # asking changes nothing
    page = teacher_client.post(address, {"ticket": str(new_ticket())}).text
    for one in (learner, classmate):
        assert one.enrolment.nickname in page
        with pytest.raises(UnknownReturnCodeError):
            sign_in_with_return_code(code=one.return_code)


def test_a_double_click_prints_the_same_codes(classroom, learner, classmate, teacher):
    ticket = new_ticket()
    first, second = (
        [
            (enrolment.nickname, str(code))
            for enrolment, code in replace_return_codes(
                classroom=classroom, user=teacher, ticket=ticket
            )
        ]
        for _time in range(2)
    )
    assert first == second
    codes = {code for _nickname, code in first}
    assert len(codes) == 2
    tokens = {sign_in_with_return_code(code=parse_return_code(code)).learner_id for code in codes}
    assert tokens == {learner.token.learner_id, classmate.token.learner_id}


def test_who_was_taken_out_of_the_class_keeps_their_code(classroom, learner, teacher):
    gone = enrol(classroom)
    remove_enrolment(enrolment=gone.enrolment, now=timezone.now(), user=teacher)
    replace_return_codes(classroom=classroom, user=teacher, ticket=new_ticket())
    assert sign_in_with_return_code(code=gone.return_code).learner_id == gone.token.learner_id


def test_a_ticket_that_is_not_ours_prints_nothing(teacher_client, classroom, learner):
    address = reverse("classrooms:cards", args=[classroom.public_id])
    page = teacher_client.post(address, {"ticket": "verzonnen"}).text
    assert learner.enrolment.nickname not in page
    assert sign_in_with_return_code(code=learner.return_code)
