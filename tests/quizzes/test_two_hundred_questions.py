"""A quiz of 200 questions costs per request what a small one costs; counted, not timed."""

from __future__ import annotations

import gzip
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.models import User
from home.actions import set_up_editing
from quizzes.differences import MOST_BYTES, size_of
from quizzes.editions import compare
from quizzes.models import Attempt, Edition, Quiz
from quizzes.publishing import publish_edition
from quizzes.question_form import DEFINITION_ID
from tests.conftest import signed_in
from tests.factories.quizzes import key, make_picture, make_quiz, one_answer, point_at
from tests.quizzes.test_editing import edit_url, one_answer_form, quiz_form

SLUG = "lang"
COUNT = 200
MOST_PAGE = 30_000  # bytes of a page with one question, as it goes over the wire
MOST_EDITOR_PAGE = 2_500_000  # characters before compression, which makes it a twentieth


@pytest.fixture(autouse=True)
def _looks_seldom(settings: Any) -> None:
    settings.LESSON_RECHECK_SECONDS = 60


@pytest.fixture
def quiz(db: Any) -> Quiz:
    return make_quiz(SLUG, questions=[(f"v{n}", one_answer(f"v{n}")) for n in range(COUNT)])


def answer(client: Client, attempt: UUID, number: int, tag: str) -> Any:
    body = {
        "attempt": str(attempt),
        "edition": 1,
        "question": key(f"{SLUG}-v{number}"),
        "key": str(uuid4()),
        "choice": [key(f"v{number}-b")],
        "learner_tag": tag,
    }
    return client.post(f"/q/{SLUG}/antwoord/", json.dumps(body), content_type="application/json")


def cost(client: Client, address: str) -> tuple[int, int]:
    """Statements, and bytes as a browser gets them."""
    zipped = {"accept-encoding": "gzip"}
    client.get(address, headers=zipped)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address, headers=zipped)
    assert page.status_code == 200
    return len(queries), len(page.content)


def test_it_is_published_in_as_many_statements_and_well_within_the_size(quiz: Quiz) -> None:
    content = Edition.objects.get().content
    assert len(content["questions"]) == COUNT
    assert size_of(content) < MOST_BYTES / 4
    fresh = Quiz.objects.get()
    with CaptureQueriesContext(connection) as queries:
        publish_edition(quiz=fresh)
    own = [one["sql"] for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(own) == 3  # the lock, all questions at once, and the newest edition


def test_a_page_holds_one_question_whatever_their_number(client: Client, quiz: Quiz) -> None:
    statements, size = cost(client, f"/q/{SLUG}/")
    assert statements == 0
    assert size < MOST_PAGE


def test_an_answer_takes_two_statements_and_the_page_after_it_two(
    client: Client, quiz: Quiz
) -> None:
    attempt = uuid4()
    first = answer(client, attempt, 0, "").json()
    tag = first["learner_tag"]
    assert first["progress"] == {"answered": 1, "total": COUNT}
    with CaptureQueriesContext(connection) as queries:
        reply = answer(client, attempt, 100, tag)
    own = [one["sql"] for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert (reply.status_code, len(own)) == (200, 2)
    assert len(reply.content) < 3_000
    statements, size = cost(client, f"/q/{SLUG}/{attempt}/150/")
    assert statements <= 2
    assert size < MOST_PAGE


def test_all_answers_count_and_the_result_holds_them_all(client: Client, quiz: Quiz) -> None:
    attempt, tag = uuid4(), ""
    for number in range(COUNT):
        reply = answer(client, attempt, number, tag)
        assert reply.status_code == 200, reply.text
        tag = reply.json()["learner_tag"]
    stored = Attempt.objects.get()
    assert (stored.won, stored.available, stored.answered_count) == (COUNT, COUNT, COUNT)
    assert stored.submitted_at is not None
    statements, size = cost(client, f"/q/{SLUG}/{attempt}/uitslag/")
    assert statements <= 5
    assert size < 1_000_000


def test_all_questions_at_once_are_fetched_without_a_statement(client: Client, quiz: Quiz) -> None:
    """What a class takes along that goes on without a network."""
    address = f"/q/{SLUG}/vragen/?edition=1&attempt={uuid4()}"
    statements, size = cost(client, address)
    assert statements == 0
    page = client.get(address, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(page.content).count(b"<form") == COUNT
    assert size < 400_000


def test_what_differs_between_two_of_them_is_found(quiz: Quiz) -> None:
    content = Edition.objects.get().content
    other = json.loads(json.dumps(content))
    other["questions"][120]["prompt"] = "<p>Anders?</p>"
    moved = other["questions"].pop(3)
    other["questions"].append(moved)
    found = compare(content, other)
    assert {(one.what, one.number_before) for one in found.questions} == {
        ("changed", 121),
        ("moved", 4),
    }


def test_publishing_goes_through_what_the_questions_use_a_fixed_number_of_times(db: Any) -> None:
    """And not once per question: that is how 200 of them took half a minute."""

    def indexed(count: int) -> int:
        questions = [(f"x{n}", one_answer(f"x{n}")) for n in range(count)]
        quiz = make_quiz(f"van-{count}", questions=questions, publish=False)
        with CaptureQueriesContext(connection) as queries:
            quiz.save_revision().publish()
        return sum("wagtailcore_referenceindex" in one["sql"] for one in queries.captured_queries)

    assert indexed(2) == indexed(12)


def test_what_a_question_uses_is_known_once_it_is_published(db: Any) -> None:
    quiz = make_quiz("beeld", questions=[("plek", point_at("plek"))])
    (reference,) = ReferenceIndex.get_references_to(make_picture())
    assert reference.object_id == str(quiz.pk)


def test_the_editor_opens_and_saves_all_of_them(editor: User, quiz: Quiz) -> None:
    set_up_editing()
    writer = signed_in(editor)
    page = writer.get(edit_url(quiz)).text
    assert page.count(f'id="{DEFINITION_ID}"') == 1
    assert len(page) < MOST_EDITOR_PAGE

    form = quiz_form(quiz, prompt="<p>De eerste.</p>")
    form |= nested_form_data(
        {
            "questions": inline_formset(
                [
                    {
                        "id": question.pk,
                        "body": streamfield(one_answer_form(f"v{n}", f"<p>Vraag {n}, anders.</p>")),
                    }
                    for n, question in enumerate(quiz.questions.all())
                ],
                initial=COUNT,
            )
        }
    )
    assert len(form) > 5000
    assert writer.post(edit_url(quiz), form).status_code == 302
    draft = Quiz.objects.get().get_latest_revision_as_object()
    prompts = [question.body[0].value["prompt"].source for question in draft.questions.all()]
    assert len(prompts) == COUNT
    assert "Vraag 199, anders." in prompts[-1]
