"""An answer on its way from the browser to the disk and back."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Learner
from quizzes.models import Answer, Attempt, Quiz
from tests.conftest import browser
from tests.factories.quizzes import EVERY_TYPE, key, make_quiz
from tests.forms import answer_url, hidden_fields, question_count, questions_url

URL = "/q/wat-denk-jij/"


@pytest.fixture
def quiz(db: Any) -> Quiz:
    return make_quiz(questions=[(name, make(name)) for name, make in EVERY_TYPE[:3]])


def body(attempt: Any, name: str = "een", choice: list[str] | None = None, **more: Any) -> dict:
    return {
        "attempt": str(attempt),
        "edition": 1,
        "question": key(f"wat-denk-jij-{name}"),
        "key": str(uuid4()),
        "choice": choice or [key("een-b")],
        "reason": None,
        "learner_tag": "",
        **more,
    }


def send(client: Client, fields: dict[str, Any]) -> Any:
    return client.post(f"{URL}antwoord/", json.dumps(fields), content_type="application/json")


@pytest.fixture
def attempt() -> UUID:
    return uuid4()


def test_opening_a_quiz_stores_nothing_and_sets_no_cookie(client: Client, quiz: Quiz) -> None:
    response = client.get(URL)
    assert response.status_code == 200
    assert not response.cookies
    assert not Learner.objects.exists()
    assert not Attempt.objects.exists()


def test_the_first_answer_makes_the_learner_and_the_attempt(
    client: Client, quiz: Quiz, attempt: UUID
) -> None:
    response = send(client, body(attempt))
    assert response.status_code == 200
    told = response.json()
    assert told["is_right"] is True
    assert told["progress"] == {"answered": 1, "total": 3}
    assert "learner" in response.cookies
    assert Attempt.objects.get(key=attempt).won == 1
    assert Answer.objects.get().given == {"choice": [key("een-b")], "reason": ""}


def test_a_second_press_of_the_button_changes_nothing(
    client: Client, quiz: Quiz, attempt: UUID
) -> None:
    fields = body(attempt)
    first = send(client, fields).json()
    again = send(client, {**fields, "learner_tag": first["learner_tag"]})
    assert again.status_code == 200
    assert again.json() == first
    assert Answer.objects.count() == 1
    assert Attempt.objects.get().answered_count == 1


def test_a_first_answer_whose_reply_got_lost_is_found_again(quiz: Quiz, attempt: UUID) -> None:
    fields = body(attempt)
    first = send(browser(), fields)
    again = send(browser(), fields)
    assert again.json() == first.json()
    assert "learner" in again.cookies
    assert Learner.objects.count() == Attempt.objects.count() == Answer.objects.count() == 1


def test_the_same_key_with_another_answer_is_refused(
    client: Client, quiz: Quiz, attempt: UUID
) -> None:
    fields = body(attempt)
    send(client, fields)
    response = send(client, {**fields, "choice": [key("een-a")]})
    assert response.status_code == 422
    assert Answer.objects.get().given["choice"] == [key("een-b")]


def test_a_second_tab_is_told_which_answer_counts(
    client: Client, quiz: Quiz, attempt: UUID
) -> None:
    send(client, body(attempt))
    second = send(client, body(attempt, choice=[key("een-a")]))
    assert second.status_code == 409
    assert second.json()["choice"] == [key("een-b")]
    assert second.json()["error"] == "already_answered"
    assert Answer.objects.count() == 2
    assert Answer.objects.counted().get().given["choice"] == [key("een-b")]
    assert Attempt.objects.get().won == 1


def test_the_last_answer_submits_the_attempt(client: Client, quiz: Quiz, attempt: UUID) -> None:
    send(client, body(attempt))
    send(client, body(attempt, "meer", [key("meer-a"), key("meer-b")]))
    last = send(client, body(attempt, "waar", ["false"], reason=key("waar-r1")))
    assert last.json()["is_complete"] is True
    finished = Attempt.objects.get()
    assert finished.submitted_at is not None
    assert (finished.won, finished.available) == (5, 5)
    page = client.get(last.json()["result_url"])
    assert "Jij ziet veel" in page.text


def test_somebody_elses_attempt_cannot_be_answered_or_read(quiz: Quiz, attempt: UUID) -> None:
    """S-01"""
    send(browser(), body(attempt))
    stranger = browser()
    mine = uuid4()
    tag = send(stranger, body(mine)).json()["learner_tag"]
    response = send(stranger, body(attempt, "meer", [key("meer-a")], learner_tag=tag))
    assert response.status_code == 404
    assert Attempt.objects.get(key=attempt).answered_count == 1
    for page in ("1/", "uitslag/"):
        nobodys = uuid4()
        foreign = stranger.get(f"{URL}{attempt}/{page}")
        missing = stranger.get(f"{URL}{nobodys}/{page}")
        assert foreign.status_code == missing.status_code == 404
        assert foreign.text.replace(str(attempt), "") == missing.text.replace(str(nobodys), "")


def test_answers_of_one_learner_are_never_saved_as_the_next(quiz: Quiz, attempt: UUID) -> None:
    """R-12: a queue that belongs to who used the device before."""
    first = browser()
    tag = send(first, body(attempt)).json()["learner_tag"]
    second = browser()
    send(second, body(uuid4()))
    waiting = body(attempt, "meer", [key("meer-a")], learner_tag=tag)
    assert send(second, waiting).status_code == 401
    assert send(browser(), waiting).status_code == 401
    assert send(first, waiting).status_code == 200


def test_an_anonymous_queue_is_not_given_to_the_next_learner(quiz: Quiz) -> None:
    second = browser()
    send(second, body(uuid4()))
    assert send(second, body(uuid4())).status_code == 401


def test_a_score_that_is_sent_along_is_not_looked_at(
    client: Client, quiz: Quiz, attempt: UUID
) -> None:
    """S-10, S-24"""
    fields = body(attempt, choice=[key("een-a")], won=99, is_right=True, learner_id=1, available=1)
    told = send(client, fields).json()
    assert told["is_right"] is False
    assert Attempt.objects.get().won == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"choice": []}, 422),
        ({"choice": [key("een-a"), key("een-b")]}, 422),
        ({"choice": [str(uuid4())]}, 422),
        ({"choice": {"a": 1}}, 422),
        ({"choice": [1]}, 422),
        ({"key": "nee"}, 400),
        ({"attempt": None}, 400),
        ({"edition": "x"}, 400),
        ({"edition": 99}, 404),
        ({"question": str(uuid4())}, 404),
        ({"learner_tag": ["x"]}, 400),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_stored(
    client: Client, quiz: Quiz, attempt: UUID, change: dict[str, Any], status: int
) -> None:
    response = send(client, {**body(attempt), **change})
    assert response.status_code == status
    assert not Answer.objects.exists()
    assert not Learner.objects.exists()


def test_an_answer_from_another_site_is_refused(quiz: Quiz, attempt: UUID) -> None:
    """S-39"""
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {}):
        response = send(Client(headers=headers), body(attempt))
        assert response.status_code == 403
    assert not Answer.objects.exists()


def test_saving_an_answer_takes_at_most_two_queries(
    client: Client, quiz: Quiz, attempt: UUID, settings: Any
) -> None:
    """And the two are one transaction; PostgreSQL needs one, and no transaction around it."""
    settings.LESSON_RECHECK_SECONDS = 60  # 1 more when it looks for a correction
    tag = send(client, body(attempt)).json()["learner_tag"]
    fields = body(attempt, "meer", [key("meer-a")], learner_tag=tag)
    is_postgresql = connection.vendor == "postgresql"
    if is_postgresql:  # the first time on a connection prepares it
        another = uuid4()
        send(client, body(another, learner_tag=tag))
        send(client, body(another, "meer", [key("meer-a")], learner_tag=tag))
    with CaptureQueriesContext(connection) as queries:
        assert send(client, fields).status_code == 200
    own = [q["sql"] for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(own) == (1 if is_postgresql else 2)
    assert len(queries) == (1 if is_postgresql else 4)  # SAVEPOINT and RELEASE in a test


def test_the_whole_quiz_works_without_a_script(client: Client, quiz: Quiz) -> None:
    """A-15"""
    page = client.get(URL)
    attempt = hidden_fields(page)["attempt"]
    answers = [
        {"choice": key("een-a")},
        {"choice": [key("meer-a"), key("meer-c")]},
        {"choice": "false", "reason": key("waar-r1")},
    ]
    for number, given in enumerate(answers, start=1):
        sent = {**hidden_fields(page), **given}
        response = client.post(answer_url(page), sent, follow=True)
        assert response.redirect_chain[-1][0] == f"{URL}{attempt}/{number}/"
        assert "Opgeslagen" in response.text
        page = client.get(response.context["next_url"] or f"{URL}{attempt}/uitslag/")
    assert "Wat kun je doen" in page.text
    assert Attempt.objects.get().won == 2


def test_choosing_nothing_says_so_and_keeps_the_attempt(client: Client, quiz: Quiz) -> None:
    page = client.get(URL)
    response = client.post(answer_url(page), hidden_fields(page))
    assert response.status_code == 422
    assert "Kies eerst een antwoord." in response.text
    assert hidden_fields(response)["attempt"] == hidden_fields(page)["attempt"]


def test_a_learner_goes_on_where_they_stopped(client: Client, quiz: Quiz, attempt: UUID) -> None:
    send(client, body(attempt))
    page = client.get(URL)
    assert hidden_fields(page)["attempt"] == str(attempt)
    assert hidden_fields(page)["question"] == key("wat-denk-jij-meer")


def test_an_attempt_keeps_its_edition_and_a_new_one_gets_the_new(
    client: Client, quiz: Quiz, attempt: UUID
) -> None:
    """R-15"""
    tag = send(client, body(attempt)).json()["learner_tag"]
    quiz.title = "Nieuwe titel"
    quiz.questions = list(quiz.questions.all())[1:]
    quiz.save_revision().publish()
    page = client.get(URL)
    assert "Wat denk jij?" in page.text
    assert question_count(page) == 3
    fields = body(attempt, "meer", [key("meer-a"), key("meer-b")], learner_tag=tag)
    assert send(client, fields).status_code == 200
    assert "Nieuwe titel" in browser().get(URL).text
    assert question_count(client.post(f"{URL}opnieuw/")) == 2


def test_publishing_without_a_change_makes_no_new_edition(quiz: Quiz) -> None:
    quiz.save_revision().publish()
    assert quiz.editions.count() == 1


def test_an_ended_cookie_reads_nothing(client: Client, quiz: Quiz, attempt: UUID) -> None:
    """P-31: the exit button ends it on the server."""
    send(client, body(attempt))
    Learner.objects.update(epoch=2)
    assert client.get(f"{URL}{attempt}/1/").status_code == 404
    assert hidden_fields(client.get(URL))["attempt"] != str(attempt)


def test_a_way_back_leads_to_a_lesson_of_ours_only(client: Client, quiz: Quiz) -> None:
    """S-40"""
    good = client.get(f"{URL}?terug=/lessen/pakket/les/3/")
    assert 'href="/lessen/pakket/les/3/"' in good.text
    for bad in ("//evil.example", "/lessen//evil", "javascript:alert(1)", "/lessen/\\evil"):
        page = client.get(URL, {"terug": bad})
        assert "Terug naar de les" not in page.text
        assert "terug=" not in page.text
        assert "evil" not in page.text


@pytest.mark.django_db
def test_no_answer_key_reaches_the_browser_before_the_answer(client: Client) -> None:
    """S-20, for every question type at once; see also test_question_types."""
    make_quiz("alles")
    page = client.get("/q/alles/")
    fragment = client.get(questions_url(page))
    for text in (page.text, fragment.text):
        for secret in ("Geheime", "is_right", "feedback_true", "stays_last"):
            assert secret not in text
    assert fragment.text.count("<form") == len(EVERY_TYPE)


def test_a_quiz_that_is_not_live_is_not_found(client: Client, db: None) -> None:
    make_quiz("concept", publish=False)
    assert client.get("/q/concept/").status_code == 404


def test_what_is_kept_of_a_page_holds_nothing_of_a_learner(
    client: Client, quiz: Quiz, attempt: UUID
) -> None:
    """S-36: two learners and a stranger get the same page from memory, each with their own."""
    tags, attempts, keys = set(), set(), set()
    for visitor in (client, browser(), browser()):
        if visitor is not client:
            send(visitor, body(uuid4()))
        fields = hidden_fields(visitor.get(f"{URL}?terug=/lessen/pakket/les/3/"))
        tags.add(fields["learner_tag"])
        attempts.add(fields["attempt"])
        keys.add(fields["key"])
    assert len(tags) == len(attempts) == len(keys) == 3
    assert "" in tags
