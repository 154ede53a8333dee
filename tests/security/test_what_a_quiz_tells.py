"""Clocks, ids and helping addresses of a quiz tell and change nothing (S-23, S-25, S-26)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.arranging import version_of
from quizzes.models import Answer, Attempt
from tests.access.world import World, snapshot
from tests.quizzes.test_answering import body, send

pytestmark = pytest.mark.django_db


# --- S-23 -------------------------------------------------------------------------------
@pytest.mark.parametrize("said", ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", None, "morgen"])
def test_a_device_has_no_say_in_when_something_was_answered(
    client: Client, world: World, said: str | None
) -> None:
    fields = body(uuid4(), at=said, started_at=said, submitted_at=said, created_at=said)
    assert send(client, fields).status_code == 200
    attempt = Attempt.objects.get(key=fields["attempt"])
    answer = Answer.objects.get(key=fields["key"])
    for moment in (attempt.started_at, answer.created_at):
        assert abs(timezone.now() - moment) < timedelta(minutes=5)


@pytest.mark.parametrize("missing", ["attempt", "edition", "question", "key", "choice"])
def test_an_answer_without_a_part_of_it_is_refused_and_changes_nothing(
    client: Client, world: World, missing: str
) -> None:
    fields = body(uuid4())
    del fields[missing]
    before = snapshot()
    assert send(client, fields).status_code in {400, 422}
    assert snapshot() == before


# --- S-25 -------------------------------------------------------------------------------
def secrets(world: World) -> set[str]:
    """What tells one learner's work from another's."""
    keys = {str(value) for value in Attempt.objects.values_list("key", flat=True)}
    keys |= {str(value) for value in Answer.objects.values_list("key", flat=True)}
    keys |= {value.replace("-", "") for value in keys}
    joined = world.joined.values()
    return keys | {one.token.tag for one in joined} | {str(one.return_code) for one in joined}


def test_nothing_on_the_page_of_a_class_leads_from_a_mark_to_an_answer(world: World) -> None:
    teacher = world.client("teacher")
    base = reverse("reports:classroom", args=[world.classroom.public_id])
    pages = [
        teacher.get(base).text,
        teacher.get(base, headers={"x-fragment": "matrix"}).text,
        teacher.get(f"{base}vragen/").text,
        teacher.get(f"{base}overzicht.csv").content.decode("utf-8-sig"),
    ]
    for page in pages:
        assert not [one for one in secrets(world) if one in page]
        assert not re.search(r'\b(id|name|data-(learner|attempt|id|enrolment))="\d+"', page)


def test_rows_are_in_the_order_of_nicknames_and_not_of_coming(world: World) -> None:
    page = world.client("teacher").get(
        reverse("reports:classroom", args=[world.classroom.public_id]),
        headers={"x-fragment": "matrix"},
    )
    rows = re.findall(r'class="matrix__learner">([^<]+)<', page.text)
    assert len(rows) == 2
    assert rows == sorted(rows)


def test_the_name_of_a_file_says_nothing_of_the_class(world: World) -> None:
    base = reverse("reports:classroom", args=[world.classroom.public_id])
    said = world.client("teacher").get(f"{base}overzicht.csv").headers["Content-Disposition"]
    assert world.classroom.name not in said
    assert str(world.classroom.public_id) not in said


# --- S-26 -------------------------------------------------------------------------------
def fragment(client: Client, slug: str, **query: Any) -> Any:
    return client.get(reverse("quizzes:questions", args=[slug]), query)


def test_the_questions_of_a_strangers_attempt_are_those_of_nobodys(world: World) -> None:
    """The fragment takes an attempt's key and looks nothing up by it."""
    stranger = world.client("stranger")
    # Which of two tellings comes first follows from the key; take one with the same.
    same = version_of(UUID(world.attempt))
    nobody = str(next(made for made in iter(uuid4, None) if version_of(made) == same))
    key = re.compile(r'(name="key" value=")[^"]+')
    seen = [
        key.sub(
            r"\1", fragment(stranger, world.quiz.slug, edition=1, attempt=attempt).text
        ).replace(attempt, "A")
        for attempt in (world.attempt, nobody)
    ]
    assert seen[0] == seen[1]
    assert "Geheime" not in seen[0]


@pytest.mark.parametrize("edition", ["99", "0", "-1", "x", ""])
def test_an_edition_that_is_not_of_this_quiz_is_not_there(world: World, edition: str) -> None:
    found = fragment(
        world.client("learner"), world.quiz.slug, edition=edition, attempt=world.attempt
    )
    assert found.status_code == 404


@pytest.mark.parametrize("role", ["stranger", "classmate", "anonymous", "teacher", "editor"])
@pytest.mark.parametrize("name", ["question", "overview", "hand_in", "result", "rehearse"])
def test_no_address_of_an_attempt_helps_anybody_else(world: World, name: str, role: str) -> None:
    known = world.kwargs() | {"attempt": world.finished}
    arguments = [known["slug"], known["attempt"], *([1] if name == "question" else [])]
    client, address = world.client(role), reverse(f"quizzes:{name}", args=arguments)
    before = snapshot()
    for response in (client.get(address), client.post(address, {})):
        assert response.status_code in {404, 405}
        assert "Geheime" not in response.text
    assert snapshot() == before
