"""Practice, check, measurement, self-scan and poll: what one is told, and when."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from quizzes.actions import hand_in
from quizzes.models import Answer, Attempt
from quizzes.queries import newest_edition
from quizzes.shares import share
from quizzes.signals import attempt_submitted
from tests.conftest import browser
from tests.factories.quizzes import (
    key,
    make_quiz,
    one_answer,
    opinion,
    self_assessment,
    several_answers,
    true_false,
)
from tests.forms import hidden_fields

URL = "/q/wat-denk-jij/"
SECRET = "Geheime"  # every explanation of the factories begins with it
MARKED = [("een", one_answer("een")), ("meer", several_answers("meer"))]


def fields(attempt: UUID, tag: str, name: str, choice: list[str], **more: Any) -> dict[str, Any]:
    return {
        "attempt": str(attempt),
        "edition": 1,
        "question": key(f"wat-denk-jij-{name}"),
        "key": str(uuid4()),
        "choice": choice,
        "reason": None,
        "learner_tag": tag,
        **more,
    }


def send(client: Client, sent: dict[str, Any]) -> Any:
    return client.post(f"{URL}antwoord/", json.dumps(sent), content_type="application/json")


def answer_all(client: Client, *, is_right: bool, tag: str = "") -> tuple[UUID, str]:
    """Answers every question of the attempt; its key and the learner's tag."""
    attempt = uuid4()
    edition = newest_edition("wat-denk-jij")
    for question in edition.arranged_for(attempt).questions:
        sent = {
            **fields(attempt, tag, "een", []),
            "question": question.key,
            **question.type.example(question.content, is_right=is_right),
        }
        response = send(client, sent)
        assert response.status_code == 200, response.content
        tag = response.json()["learner_tag"]
    return attempt, tag


def send_in(client: Client, attempt: UUID) -> Any:
    return client.post(f"{URL}{attempt}/inleveren/")


def page(client: Client, attempt: UUID, name: str) -> str:
    response = client.get(f"{URL}{attempt}/{name}/", follow=True)
    assert response.status_code == 200
    return response.text


@pytest.fixture
def check(db: Any) -> Any:
    return make_quiz(questions=MARKED, kind="check", pass_percent=60, attempts_allowed=2)


def test_a_check_says_nothing_of_what_is_right_until_it_is_handed_in(
    client: Client, check: Any
) -> None:
    """S-21."""
    attempt = uuid4()
    told = send(client, fields(attempt, "", "een", [key("een-b")]))
    assert set(told.json()) == {
        "attempt", "choice", "is_complete", "key", "learner_tag", "next_url", "progress",
        "question", "reason", "result_url", "sure",
    }  # fmt: skip
    tag = told.json()["learner_tag"]
    send(client, fields(attempt, tag, "meer", [key("meer-a")]))
    for name in ("1", "2", "overzicht", "uitslag"):
        text = page(client, attempt, name)
        assert SECRET not in text
        assert "Dat klopt" not in text
    assert client.get(f"{URL}{attempt}/oefenen/").status_code == 404
    assert send_in(client, attempt).status_code == 302
    assert SECRET in page(client, attempt, "uitslag")


def test_an_answer_of_a_check_can_change_until_it_is_handed_in(client: Client, check: Any) -> None:
    attempt, tag = answer_all(client, is_right=False)
    assert Attempt.objects.get().won == 0
    other = send(client, fields(attempt, tag, "een", [key("een-b")]))
    assert other.status_code == 200
    row = Attempt.objects.get()
    assert (row.won, row.answered_count, row.submitted_at) == (1, 2, None)
    assert Answer.objects.filter(question_key=key("wat-denk-jij-een")).count() == 2
    assert Answer.objects.counted().filter(question_key=key("wat-denk-jij-een")).count() == 1
    send_in(client, attempt)
    late = send(client, fields(attempt, tag, "een", [key("een-a")]))
    assert late.status_code == 409
    assert "ingeleverd" in late.json()["message"]
    assert Attempt.objects.get().won == 1


def test_a_repeat_of_an_answer_that_was_changed_since_brings_nothing_back(
    client: Client, check: Any
) -> None:
    attempt, tag = answer_all(client, is_right=False)
    first = fields(attempt, tag, "een", [key("een-a")])
    send(client, first)
    send(client, fields(attempt, tag, "een", [key("een-b")]))
    repeat = send(client, first)
    assert repeat.status_code == 200
    assert repeat.json()["key"] == first["key"]
    assert Attempt.objects.get().won == 1
    assert Answer.objects.filter(key=first["key"]).count() == 1


def test_one_cannot_hand_in_with_an_open_question(client: Client, check: Any) -> None:
    attempt = uuid4()
    send(client, fields(attempt, "", "een", [key("een-b")]))
    response = send_in(client, attempt)
    assert response.status_code == 409
    assert "Er is nog 1 vraag open." in response.text
    assert Attempt.objects.get().submitted_at is None


def test_handing_in_twice_is_the_same_as_once(client: Client, check: Any) -> None:
    attempt, _tag = answer_all(client, is_right=True)
    heard: list[int] = []

    def hear(attempt_id: int, **_rest: Any) -> None:
        heard.append(attempt_id)

    attempt_submitted.connect(hear)
    try:
        send_in(client, attempt)
        when = Attempt.objects.get().submitted_at
        send_in(client, attempt)
    finally:
        attempt_submitted.disconnect(hear)
    assert Attempt.objects.get().submitted_at == when
    assert len(heard) == 1


def test_who_hands_in_for_another_finds_nothing(client: Client, check: Any) -> None:
    attempt, _tag = answer_all(client, is_right=True)
    other = browser()
    assert send_in(other, attempt).status_code == 404
    assert Attempt.objects.get().submitted_at is None


def test_a_check_says_whether_it_was_passed_and_how_often_it_can_be_done(
    client: Client, check: Any
) -> None:
    attempt, tag = answer_all(client, is_right=False)
    send_in(client, attempt)
    text = page(client, attempt, "uitslag")
    assert "Nog niet gehaald." in text
    assert "Je kunt het nog 1 keer doen." in text
    attempt, tag = answer_all(client, is_right=True, tag=tag)
    send_in(client, attempt)
    text = page(client, attempt, "uitslag")
    assert "Gehaald." in text
    assert "Dit was de laatste keer." in text
    assert [row.number for row in Attempt.objects.order_by("pk")] == [1, 2]
    third = send(client, fields(uuid4(), tag, "een", [key("een-b")]))
    assert third.status_code == 422
    assert third.json()["error"] == "no_more_attempts"
    again = client.post(f"{URL}opnieuw/")
    assert again.status_code == 409
    assert "Doe de quiz nog een keer" not in again.text
    assert Attempt.objects.count() == 2


def test_a_check_works_without_a_script(client: Client, check: Any) -> None:
    """A-15: save, change, look over, hand in."""
    attempt = uuid4()
    edition = newest_edition("wat-denk-jij")
    tag = ""
    for question in edition.questions:
        sent = {
            **fields(attempt, tag, "een", []),
            "question": question.key,
            "reason": "",
            **question.type.example(question.content, is_right=False),
        }
        response = client.post(f"{URL}antwoord/", sent, follow=True)
        assert "Opgeslagen" in response.text
        assert "checked" in response.text
        tag = hidden_fields(response)["learner_tag"]
    assert "Kijk alles na" in response.text
    assert "Klaar om in te leveren?" in page(client, attempt, "overzicht")
    assert client.get(URL, follow=True).redirect_chain[-1][0].endswith("/overzicht/")
    assert "Nog niet gehaald." in client.post(f"{URL}{attempt}/inleveren/", follow=True).text


def test_a_measurement_explains_only_after_the_second_time(client: Client, db: Any) -> None:
    make_quiz(questions=MARKED, kind="measurement")
    before, tag = answer_all(client, is_right=False)
    send_in(client, before)
    text = page(client, before, "uitslag")
    assert SECRET not in text
    assert "meter" not in text.partition("<main")[2].partition("</main>")[0]
    assert "punt" not in text  # nor in what is hidden
    assert client.get(f"{URL}{before}/oefenen/").status_code == 404
    assert "Begin met de tweede keer" in client.get(URL).text
    after, tag = answer_all(client, is_right=True, tag=tag)
    assert SECRET not in page(client, after, "overzicht")
    send_in(client, after)
    text = page(client, after, "uitslag")
    assert SECRET in text
    assert "De eerste keer: 0 van de 3 punten." in text
    assert client.post(f"{URL}opnieuw/").status_code == 409


def test_a_poll_shows_the_group_from_thirty_on_and_never_exactly(db: Any) -> None:
    make_quiz(questions=[("mening", opinion("mening"))], kind="poll")
    last = browser()
    for number in range(30):
        client = browser() if number < 29 else last
        attempt, _tag = answer_all(client, is_right=number % 3 > 0)
        if number == 28:
            assert "Er deden nog te weinig mensen mee" in page(client, attempt, "uitslag")
    assert Attempt.objects.submitted().count() == 30  # nobody has to hand in
    from_memory = page(last, attempt, "uitslag")
    assert "Er deden nog te weinig mensen mee" in from_memory  # kept for a minute


def test_a_poll_tells_shares_in_steps_of_five(db: Any) -> None:
    make_quiz(questions=[("mening", opinion("mening"))], kind="poll")
    client = browser()
    for number in range(30):
        client = browser()
        attempt, _tag = answer_all(client, is_right=number % 3 > 0)
    text = page(client, attempt, "uitslag")
    assert "ongeveer 65 procent" in text
    assert "ongeveer 35 procent" in text
    assert "hooguit 5 procent" in text
    client.cookies["language"] = "en"
    text = page(client, attempt, "uitslag")
    assert "2 of 5" in text
    assert "2 van 5" not in text
    assert "0 procent" not in text.replace("ongeveer 50 procent", "")


@pytest.mark.parametrize(
    ("count", "total", "told"), [(0, 30, 5), (30, 30, 95), (20, 30, 65), (1, 300, 5), (52, 100, 50)]
)
def test_nobody_and_everybody_are_never_told(count: int, total: int, told: int) -> None:
    """P-04."""
    assert share(count, total, is_sensitive=True).percent == told


def test_a_self_scan_tells_no_score(client: Client, db: Any) -> None:
    make_quiz(questions=[("kunnen", self_assessment("kunnen"))], kind="self_scan")
    attempt, _tag = answer_all(client, is_right=True)
    send_in(client, attempt)
    text = page(client, attempt, "uitslag")
    assert "Goed of fout was er niet." in text
    assert "Jouw antwoorden" in text


def test_a_drawn_quiz_takes_only_its_own_questions(client: Client, db: Any) -> None:
    questions = [(name, one_answer(name)) for name in ("a", "b", "c", "d", "e")]
    make_quiz(questions=questions, draw_count=2, shuffle_questions=True, shuffle_choices=True)
    attempt = uuid4()
    edition = newest_edition("wat-denk-jij")
    mine = edition.arranged_for(attempt)
    assert mine.question_count == 2
    other = next(question for question in edition.questions if question.key not in mine.by_key)
    refused = send(
        client,
        {**fields(attempt, "", "a", []), "question": other.key,
         **other.type.example(other.content, is_right=True)},
    )  # fmt: skip
    assert refused.status_code == 404
    assert not Attempt.objects.exists()
    attempt, _tag = answer_all(client, is_right=True)
    row = Attempt.objects.get()
    assert (row.question_count, row.available, row.won) == (2, 2, 2)
    assert row.submitted_at is not None
    prompts = [question.content["prompt"] for question in edition.arranged_for(attempt).questions]
    text = page(client, attempt, "uitslag")
    places = [text.index(prompt.replace("<p>", "").replace("</p>", "")) for prompt in prompts]
    assert places == sorted(places)


def test_all_questions_of_an_attempt_come_in_its_own_order(client: Client, db: Any) -> None:
    questions = [(name, one_answer(name)) for name in ("a", "b", "c", "d", "e")]
    make_quiz(questions=questions, shuffle_questions=True)
    edition = newest_edition("wat-denk-jij")
    for _try in range(4):
        attempt = uuid4()
        text = client.get(f"{URL}vragen/", {"edition": 1, "attempt": attempt}).text
        order = [question.key for question in edition.arranged_for(attempt).questions]
        places = [text.index(f'data-question="{each}"') for each in order]
        assert places == sorted(places)


def test_what_was_not_right_can_be_tried_again_and_nothing_is_stored(
    client: Client, db: Any
) -> None:
    make_quiz(questions=[*MARKED, ("waar", true_false("waar")), ("mening", opinion("mening"))])
    attempt, _tag = answer_all(client, is_right=False)
    before = (Attempt.objects.count(), Answer.objects.count(), Attempt.objects.get().won)
    text = page(client, attempt, "uitslag")
    assert "Probeer die 3 nog eens" in text
    url = f"{URL}{attempt}/oefenen/"
    assert "Vraag 1 van 3" in client.get(url).text
    empty = client.post(f"{url}?vraag=1", {})
    assert empty.status_code == 422
    assert "Kies eerst een antwoord." in empty.text
    right = client.post(f"{url}?vraag=1", {"choice": key("een-b")})
    assert "Dat klopt" in right.text
    assert f"{url}?vraag=2" in right.text
    assert client.get(f"{url}?vraag=4").text.count("Er is niets meer") == 1
    assert (Attempt.objects.count(), Answer.objects.count(), Attempt.objects.get().won) == before


def test_sharing_says_nothing_about_who_shares(client: Client, db: Any) -> None:
    make_quiz(questions=MARKED)
    attempt, tag = answer_all(client, is_right=True)
    card = page(client, attempt, "uitslag").partition("<share-quiz")[2].partition("</share-quiz")[0]
    assert "http://testserver/q/wat-denk-jij/" in card
    assert str(attempt) not in card
    assert tag not in card
    assert "<span data-share-score hidden>" in card


def test_an_attempt_that_was_handed_in_stays_so(client: Client, check: Any) -> None:
    answer_all(client, is_right=True)
    row = Attempt.objects.get()
    moment = row.started_at
    hand_in(attempt=row, now=moment)
    hand_in(attempt=row, now=moment.replace(year=moment.year + 1))
    assert Attempt.objects.get().submitted_at == moment
