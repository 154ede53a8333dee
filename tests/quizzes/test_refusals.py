"""What is refused on the answer path, as JSON for the queue and as a page for a person."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.actions import create_learner
from accounts.cookies import LearnerToken, signer
from accounts.models import Learner
from quizzes import actions, answer_views
from quizzes.actions import SavedAnswer, UnknownAttemptError, save_answer
from quizzes.forms import MOST_BYTES
from quizzes.models import Answer, Attempt, Edition, Quiz
from quizzes.queries import get_edition, newest_edition
from tests.conftest import browser
from tests.factories.quizzes import TOTAL, key, make_quiz, several_answers
from tests.forms import hidden_fields

URL = "/q/wat-denk-jij/"


def fields(attempt: UUID, **more: Any) -> dict[str, Any]:
    return {
        "attempt": str(attempt),
        "edition": 1,
        "question": key("wat-denk-jij-een"),
        "key": str(uuid4()),
        "choice": [key("een-b")],
        "reason": None,
        "learner_tag": "",
        **more,
    }


def send(client: Client, sent: Any) -> Any:
    text = sent if isinstance(sent, str) else json.dumps(sent)
    return client.post(f"{URL}antwoord/", text, content_type="application/json")


@pytest.mark.parametrize("text", [" ", "{", "[]", "7", '"x"', "x" * (MOST_BYTES + 1)])
def test_what_is_no_json_object_is_refused(client: Client, quiz: Quiz, text: str) -> None:
    response = send(client, text)
    assert response.status_code == 400
    assert response.json()["error"] == "malformed"


@pytest.mark.parametrize("edition", [0, -1, 2**31])
def test_a_number_that_is_no_edition_is_refused(client: Client, quiz: Quiz, edition: int) -> None:
    assert send(client, fields(uuid4(), edition=edition)).status_code == 400


def test_a_full_or_locked_database_is_told_as_not_yet_saved(
    client: Client, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-06: the browser keeps the answer and tries again; a person is told how."""

    def full(**_kwargs: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(answer_views, "save_answer", full)
    response = send(client, fields(uuid4()))
    assert response.status_code == 503
    assert response.json()["error"] == "busy"
    page = client.post(f"{URL}antwoord/", fields(uuid4(), reason=""))
    assert page.status_code == 503
    assert "Nog niet opgeslagen" in page.text
    assert "full" not in page.text


def test_without_a_script_somebody_elses_answer_leads_to_the_return_code(
    client: Client, quiz: Quiz
) -> None:
    sent = fields(uuid4(), learner_tag="0123456789abcdef", reason="")
    response = client.post(f"{URL}antwoord/", sent)
    assert response.status_code == 302
    assert response["Location"] == "/terug/"


def test_without_a_script_an_unknown_question_is_not_found(client: Client, quiz: Quiz) -> None:
    sent = fields(uuid4(), question=str(uuid4()), reason="")
    assert client.post(f"{URL}antwoord/", sent).status_code == 404


def test_without_a_script_a_repeat_with_another_answer_is_explained(
    client: Client, quiz: Quiz
) -> None:
    attempt = uuid4()
    first = fields(attempt, reason="")
    client.post(f"{URL}antwoord/", first)
    tag = hidden_fields(client.get(URL))["learner_tag"]
    again = {**first, "choice": [key("een-a")], "learner_tag": tag}
    response = client.post(f"{URL}antwoord/", again)
    assert response.status_code == 422
    assert "al opgeslagen" in response.text


def test_a_key_of_another_question_is_refused(client: Client, quiz: Quiz) -> None:
    attempt = uuid4()
    first = fields(attempt)
    tag = send(client, first).json()["learner_tag"]
    other = fields(
        attempt,
        key=first["key"],
        question=key("wat-denk-jij-meer"),
        choice=[key("meer-a")],
        learner_tag=tag,
    )
    assert send(client, other).status_code == 422
    assert Answer.objects.count() == 1


def test_an_ended_cookie_saves_nothing(client: Client, quiz: Quiz) -> None:
    """P-31: neither in an attempt that is there, nor in a new one."""
    attempt = uuid4()
    tag = send(client, fields(attempt)).json()["learner_tag"]
    learner = Attempt.objects.get().learner
    learner.epoch = 2
    learner.save()
    for wanted in (attempt, uuid4()):
        response = send(client, fields(wanted, learner_tag=tag))
        assert response.status_code == 401
        assert response.json()["error"] == "not_yours"
    assert Attempt.objects.count() == Answer.objects.count() == 1


def test_an_answer_under_another_edition_than_the_attempts_is_refused(
    client: Client, quiz: Quiz
) -> None:
    attempt = uuid4()
    tag = send(client, fields(attempt)).json()["learner_tag"]
    quiz.title = "Nieuwe titel"
    quiz.save_revision().publish()
    sent = fields(
        attempt,
        edition=2,
        question=key("wat-denk-jij-meer"),
        choice=[key("meer-a")],
        learner_tag=tag,
    )
    assert send(client, sent).status_code == 404
    assert Attempt.objects.get().answered_count == 1


def test_somebody_without_a_cookie_does_not_get_into_a_learners_attempt(quiz: Quiz) -> None:
    """Only the browser that made both keys is known again, and only for its first answer."""
    attempt = uuid4()
    send(browser(), fields(attempt))
    assert send(browser(), fields(attempt)).status_code == 404
    known = create_learner()
    known.return_selector, known.return_verifier_hash = "ABCDE", "x"
    known.save()
    mine = browser(learner=signer().sign(f"{known.pk}.{known.epoch}"))
    token = LearnerToken(known.pk, known.epoch)
    first = fields(uuid4(), learner_tag=token.tag)
    assert send(mine, first).status_code == 200
    assert send(browser(), {**first, "learner_tag": ""}).status_code == 404


def somebody() -> dict[str, Any]:
    learner = create_learner()
    token = LearnerToken(learner.pk, learner.epoch)
    return {"token": token, "learner_tag": token.tag}


def first_answer(quiz: Quiz, attempt_key: UUID, **given: Any) -> SavedAnswer:
    edition = given.get("edition") or newest_edition(quiz.slug)
    return save_answer(
        **{
            "token": None,
            "edition": edition,
            "attempt_key": attempt_key,
            "question_key": UUID(edition.questions[0].key),
            "answer_key": uuid4(),
            "sent": {"choice": [key("een-b")]},
            "learner_tag": "",
            "now": datetime.now(UTC),
            **given,
        }
    )


def test_the_loser_of_two_first_answers_leaves_no_learner_behind(quiz: Quiz) -> None:
    first_answer(quiz, attempt_key := uuid4())
    with pytest.raises(UnknownAttemptError):
        first_answer(quiz, attempt_key)
    assert Learner.objects.count() == 1
    assert Attempt.objects.count() == 1


def test_two_questions_that_start_an_attempt_at_the_same_moment_are_both_saved(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other tab's transaction commits while ours waits to make the same attempt."""
    who = somebody()
    attempt_key = uuid4()
    save = actions._save
    others: list[SavedAnswer] = []

    def lose_the_race(*_incoming: Any, **_may_start: Any) -> None:
        monkeypatch.setattr(actions, "_save", save)
        second = UUID(newest_edition(quiz.slug).questions[1].key)
        sent = {"choice": [key("meer-a")]}
        others.append(first_answer(quiz, attempt_key, question_key=second, sent=sent, **who))

    monkeypatch.setattr(actions, "_save", lose_the_race)
    saved = first_answer(quiz, attempt_key, **who)
    assert (others[0].answered_count, saved.answered_count) == (1, 2)


def test_a_first_answer_takes_three_queries(quiz: Quiz, django_assert_num_queries: Any) -> None:
    who = somebody()
    edition = newest_edition(quiz.slug)
    with django_assert_num_queries(5) as nobody:  # SAVEPOINT and RELEASE in a test
        first_answer(quiz, uuid4(), edition=edition)
    with django_assert_num_queries(5) as known:
        first_answer(quiz, uuid4(), edition=edition, **who)
    for queries in (nobody, known):
        own = [q["sql"] for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(own) == 3


@pytest.mark.parametrize(
    "query", ["", "?edition=1", "?edition=x&attempt=y", "?edition=1&attempt=y"]
)
def test_the_other_questions_need_an_edition_and_an_attempt(
    client: Client, quiz: Quiz, query: str
) -> None:
    assert client.get(f"{URL}vragen/{query}").status_code == 404


def test_a_question_number_that_is_not_there_is_not_found(client: Client, quiz: Quiz) -> None:
    attempt = uuid4()
    send(client, fields(attempt))
    assert client.get(f"{URL}{attempt}/{TOTAL + 1}/").status_code == 404


def test_a_result_before_the_end_leads_to_the_open_question(client: Client, quiz: Quiz) -> None:
    attempt = uuid4()
    send(client, fields(attempt))
    assert client.get(f"{URL}{attempt}/uitslag/")["Location"] == f"{URL}{attempt}/2/"


def test_a_quiz_stays_in_memory_and_is_looked_up_again_in_time(
    quiz: Quiz, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    newest_edition(quiz.slug)
    with django_assert_num_queries(0):
        newest_edition(quiz.slug)
    settings.LESSON_RECHECK_SECONDS = 0
    quiz.unpublish()
    with pytest.raises(Edition.DoesNotExist):
        newest_edition(quiz.slug)


def test_all_or_nothing_is_worth_one_point(db: Any) -> None:
    quiz = make_quiz("streng", questions=[("x", several_answers("x", rule="all_or_nothing"))])
    assert get_edition(quiz.editions.get().pk).available == 1


def test_attempts_and_editions_say_which_are_open(client: Client, quiz: Quiz) -> None:
    send(client, fields(uuid4()))
    assert Attempt.objects.open().count() == 1
    assert not Attempt.objects.submitted().exists()
