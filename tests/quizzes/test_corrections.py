"""An editor corrects spelling while learners are under way: they see it, their marks stay."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client

from quizzes import publishing
from quizzes.models import Attempt, Edition, Quiz
from quizzes.publishing import EditionTooLargeError, NotACorrectionError, publish_edition
from quizzes.queries import newest_edition, numbered_edition
from tests.factories.quizzes import key, make_quiz, one_answer

SLUG = "spelling"


@pytest.fixture
def quiz(db: Any) -> Quiz:
    return make_quiz(SLUG, questions=[(name, one_answer(name)) for name in ("een", "twee")])


def change(quiz: Quiz, *, text: str = "", right: str = "") -> Quiz:
    """The quiz with another prompt, or another right choice, in its first question."""
    quiz = Quiz.objects.get(pk=quiz.pk)
    question = quiz.questions.first()
    block = question.body[0].value
    if text:
        block["prompt"] = type(block["prompt"])(f"<p>{text}</p>")
    if right:
        for choice in block["choices"]:
            choice["is_right"] = choice["text"] == f"Keuze een-{right}"
    question.save()
    return Quiz.objects.get(pk=quiz.pk)


def correct(quiz: Quiz, text: str) -> Edition:
    return publish_edition(quiz=change(quiz, text=text), as_correction=True)


def answer(client: Client, attempt: UUID, name: str, letter: str, *, edition: int = 1) -> Any:
    body = {
        "attempt": str(attempt),
        "edition": edition,
        "question": key(f"{SLUG}-{name}"),
        "key": str(uuid4()),
        "choice": [key(f"{name}-{letter}")],
        "learner_tag": client.tag if hasattr(client, "tag") else "",
    }
    response = client.post(
        f"/q/{SLUG}/antwoord/", json.dumps(body), content_type="application/json"
    )
    if response.status_code == 200:
        client.tag = response.json()["learner_tag"]
    return response


@pytest.fixture
def under_way(client: Client, quiz: Quiz) -> UUID:
    """An attempt with the first of its two questions answered, and right."""
    attempt = uuid4()
    assert answer(client, attempt, "een", "b").status_code == 200
    return attempt


def test_a_correction_reaches_who_is_under_way(client: Client, quiz: Quiz, under_way: UUID) -> None:
    edition = Edition.objects.get()
    correction = correct(quiz, "Netjes gespeld?")
    assert (correction.number, correction.corrects) == (2, edition)
    assert Attempt.objects.get().edition == edition
    page = client.get(f"/q/{SLUG}/{under_way}/1/")
    assert "Netjes gespeld?" in page.text
    assert "Vraag een?" not in page.text


def test_who_is_under_way_goes_on_with_the_page_that_was_open(
    client: Client, quiz: Quiz, under_way: UUID
) -> None:
    correct(quiz, "Netjes gespeld?")
    saved = answer(client, under_way, "twee", "b", edition=1)
    assert saved.status_code == 200
    attempt = Attempt.objects.get()
    assert (attempt.won, attempt.available, attempt.submitted_at is None) == (2, 2, False)


def test_an_old_result_shows_the_corrected_words_and_the_same_marks(
    client: Client, quiz: Quiz, under_way: UUID
) -> None:
    answer(client, under_way, "twee", "a")
    before = client.get(f"/q/{SLUG}/{under_way}/uitslag/")
    assert "Vraag een?" in before.text
    correct(quiz, "Netjes gespeld?")
    after = client.get(f"/q/{SLUG}/{under_way}/uitslag/")
    assert "Netjes gespeld?" in after.text
    assert before.context["score_percent"] == after.context["score_percent"] == 50


def test_a_new_attempt_points_at_the_edition_and_not_at_its_correction(
    client: Client, quiz: Quiz
) -> None:
    edition = Edition.objects.get()
    correct(quiz, "Netjes gespeld?")
    assert "Netjes gespeld?" in client.get(f"/q/{SLUG}/").text
    shown = newest_edition(SLUG)
    assert (shown.number, shown.root_id) == (1, edition.pk)
    answer(client, uuid4(), "een", "b", edition=shown.number)
    assert Attempt.objects.get().edition == edition


def test_a_correction_has_no_number_that_can_be_answered(client: Client, quiz: Quiz) -> None:
    correct(quiz, "Netjes gespeld?")
    with pytest.raises(Edition.DoesNotExist):
        numbered_edition(SLUG, 2)
    assert answer(client, uuid4(), "een", "b", edition=2).status_code == 404


def test_the_newest_of_several_corrections_is_shown(
    client: Client, quiz: Quiz, under_way: UUID
) -> None:
    correct(quiz, "Netjes gespelt?")
    again = correct(quiz, "Netjes gespeld?")
    assert again.corrects == Edition.objects.get(number=1)
    assert "Netjes gespeld?" in client.get(f"/q/{SLUG}/{under_way}/1/").text


def test_a_correction_of_a_later_edition_leaves_earlier_ones_alone(
    client: Client, quiz: Quiz, under_way: UUID
) -> None:
    publish_edition(quiz=change(quiz, right="a"))
    later = correct(quiz, "Netjes gespeld?")
    assert later.corrects.number == 2
    assert "Vraag een?" in client.get(f"/q/{SLUG}/{under_way}/1/").text
    assert "Netjes gespeld?" in client.get(f"/q/{SLUG}/", headers={"cookie": ""}).text


def test_a_new_edition_after_a_correction_compares_with_what_learners_see(
    quiz: Quiz,
) -> None:
    correct(quiz, "Netjes gespeld?")
    same = publish_edition(quiz=Quiz.objects.get(pk=quiz.pk))
    assert same.number == 2  # nothing changed since
    newer = publish_edition(quiz=change(quiz, right="a"))
    assert (newer.number, newer.corrects) == (3, None)


def test_a_change_of_the_key_is_refused_as_a_correction(quiz: Quiz) -> None:
    with pytest.raises(NotACorrectionError) as refused:
        publish_edition(quiz=change(quiz, text="Netjes?", right="a"), as_correction=True)
    assert not refused.value.found.is_wording
    assert Edition.objects.count() == 1


def test_an_edition_cannot_correct_itself(quiz: Quiz) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(corrects=F("pk"))


def test_an_edition_that_is_too_large_is_refused_with_its_size(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MOST_BYTES", 1000)
    with pytest.raises(EditionTooLargeError) as refused:
        publish_edition(quiz=change(quiz, text="Anders?"))
    assert refused.value.size > 1000
    assert Edition.objects.count() == 1


def test_a_correction_takes_no_query_more_when_warm(
    client: Client, db: Any, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    names = ("een", "twee", "drie")
    quiz = make_quiz(SLUG, questions=[(name, one_answer(name)) for name in names])
    attempt = uuid4()
    with django_assert_num_queries(7):  # 3, which edition it is and what is in it
        answer(client, attempt, "een", "b")
    with django_assert_num_queries(4):  # SAVEPOINT and RELEASE in a test
        assert answer(client, attempt, "twee", "b").status_code == 200
    numbered_edition(SLUG, 1)
    newest_edition(SLUG)
    with django_assert_num_queries(0):
        numbered_edition(SLUG, 1)
        newest_edition(SLUG)
    correct(quiz, "Netjes gespeld?")
    with django_assert_num_queries(0):  # not yet
        assert "Vraag" in numbered_edition(SLUG, 1).questions[0].content["prompt"]
    settings.LESSON_RECHECK_SECONDS = 0  # the time has passed
    with django_assert_num_queries(2):  # which it is, and once what is in it
        assert "Netjes" in numbered_edition(SLUG, 1).questions[0].content["prompt"]
    with django_assert_num_queries(1):
        numbered_edition(SLUG, 1)
