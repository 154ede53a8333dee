"""Guessing class codes (S-30, reduced; the full million is arithmetic in the decision)."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

from accounts.models import LimitWindow
from classrooms.codes import ALPHABET
from classrooms.models import Classroom
from tests.factories.classrooms import make_classroom

JOIN = "/mee/"


@pytest.fixture(autouse=True)
def _clock_stands_still(monkeypatch):
    """So that no window ends in the middle of a test."""
    monkeypatch.setattr("accounts.limits.time.time", lambda: 1_800_000_000.0)


def guess(client, address: str, code: str = "22222222") -> int:
    return client.post(JOIN, {"code": code}, REMOTE_ADDR=address).status_code


def test_wrong_codes_from_many_addresses_reach_the_cap_and_raise_the_alarm(
    client, db, settings, caplog
):
    settings.LIMITS = {**settings.LIMITS, "join_everywhere": (200, 3600)}
    answers = [guess(client, f"10.0.{number // 250}.{number % 250}") for number in range(210)]
    assert answers[:200] == [422] * 200
    assert answers[200:] == [429] * 10
    alarms = [
        record.msg
        for record in caplog.records
        if isinstance(record.msg, dict) and record.msg.get("event") == "limit_reached"
    ]
    assert [alarm["limit"] for alarm in alarms] == ["join_everywhere"]


def test_over_the_cap_a_right_code_does_not_get_in_either(client, db, settings):
    settings.LIMITS = {**settings.LIMITS, "join_per_address": (3, 600)}
    classroom = make_classroom()
    assert [guess(client, "10.0.0.1") for _ in range(4)] == [422, 422, 422, 429]
    assert guess(client, "10.0.0.1", classroom.join_code) == 429
    assert guess(client, "10.0.0.2", classroom.join_code) == 302


def test_four_real_classes_behind_one_address_all_get_in(client, db, teacher):
    rooms = [make_classroom(teacher=teacher, name=f"{number}a") for number in range(4)]
    for room in rooms:
        for pupil in range(32):
            client.cookies.clear()
            if pupil % 3 == 0:  # more typing errors than a real class makes
                assert guess(client, "145.0.0.1", room.join_code[:-1] + "2") in {302, 422}
                client.cookies.clear()
            assert guess(client, "145.0.0.1", room.join_code) == 302
    assert all(room.enrolments.count() >= 32 for room in Classroom.objects.all())


def test_a_thousand_addresses_that_guess_get_nobody_in_and_keep_no_class_out(
    client, db, settings, teacher, caplog
):
    """Under the real limits: real classes join meanwhile, one address guesses along with them."""
    cap, _seconds = settings.LIMITS["join_everywhere"]
    rooms = [make_classroom(teacher=teacher, name=f"{number}a") for number in range(4)]
    chance = random.Random(30)
    codes = ("".join(chance.choices(ALPHABET, k=8)) for _ in itertools.count())
    addresses = [f"10.0.{number // 250}.{number % 250}" for number in range(1000)]
    strangers = Counter()
    for number, address in enumerate(addresses):
        strangers[guess(client, address, next(codes))] += 1
        if number % 10 == 0:  # at the address of the school too
            strangers[guess(client, "145.0.0.1", next(codes))] += 1
            if number < 960:
                client.cookies.clear()
                assert guess(client, "145.0.0.1", rooms[number % 4].join_code) == 302
                client.cookies.clear()
    assert strangers == {422: 1100}
    assert sum(room.enrolments.count() for room in rooms) == 96

    strangers += Counter(guess(client, address, next(codes)) for address in addresses)
    assert strangers == {422: cap, 429: 2100 - cap}
    assert sum(room.enrolments.count() for room in rooms) == 96
    reached = [record.msg["limit"] for record in caplog.records if isinstance(record.msg, dict)
               and record.msg.get("event") == "limit_reached"]  # fmt: skip
    assert reached == ["join_everywhere"]


def test_only_failures_are_counted(client, classroom):
    for _ in range(5):
        client.cookies.clear()
        assert guess(client, "10.0.0.1", classroom.join_code) == 302
    assert not LimitWindow.objects.exists()


def test_a_forwarded_address_that_a_client_made_up_is_not_believed(client, db, settings):
    """S-34."""
    settings.LIMITS = {**settings.LIMITS, "join_per_address": (2, 600)}
    answers = [
        client.post(
            JOIN,
            {"code": "22222222"},
            REMOTE_ADDR="10.0.0.1",
            HTTP_X_FORWARDED_FOR=f"1.2.3.{number}",
        ).status_code
        for number in range(3)
    ]
    assert answers == [422, 422, 429]


def test_an_empty_code_counts_for_nothing(client, db):
    assert client.post(JOIN, {"code": ""}).status_code == 422
    assert not LimitWindow.objects.exists()
