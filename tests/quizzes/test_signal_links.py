"""From a question, what is spotted in it, and a score band to the page of a signal."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from quizzes.difference_texts import in_words
from quizzes.editions import compare, compile_quiz
from quizzes.links import links_html, links_of
from quizzes.models import Edition, Quiz
from quizzes.queries import newest_edition
from signals.models import Signal
from signals.queries import clear_memory
from tests.factories import quizzes as made
from tests.factories.signals import make_signal, translate_signal

pytestmark = pytest.mark.django_db
URL = "/q/wat-denk-jij/"
LINK = 'href="/signalen/meer-telefoons/"'


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.LESSON_RECHECK_SECONDS = 60


def about(name: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """A question of which an editor says that it is about this signal."""
    body = body or made.one_answer("x")
    return {**body, "value": {**body["value"], "signal": name}}


def beside(signal: Signal | None) -> dict[str, Any]:
    nothing = {"image": None, "alt": "", "recording": None, "helplines": []}
    return made.supplement("x", **nothing, signal=signal and signal.pk)


def quiz_about(name: str, **more: Any) -> Quiz:
    return made.make_quiz(questions=[("x", about(name))], **more)


def answer(client: Client, attempt: UUID) -> Any:
    sent = {
        "attempt": str(attempt),
        "edition": newest_edition("wat-denk-jij").edition_id,
        "question": made.key("wat-denk-jij-x"),
        "key": str(uuid4()),
        "choice": [made.key("x-b")],
        "learner_tag": "",
    }
    return client.post(f"{URL}antwoord/", json.dumps(sent), content_type="application/json")


def test_the_explanation_leads_to_the_signal_that_the_question_is_about(
    client: Client, signal: Signal
) -> None:
    quiz_about("een tweede TELEFOON")
    assert LINK not in client.get(URL).text  # before answering it would tell what to look for
    attempt = uuid4()
    assert LINK in answer(client, attempt).json()["feedback_html"]
    assert LINK in client.get(f"{URL}{attempt}/uitslag/").text


def test_an_edition_from_before_there_were_signals_leads_there_too(
    client: Client, signal: Signal
) -> None:
    quiz_about("Meer telefoons")
    assert "supplement" not in Edition.objects.get().content["questions"][0]
    assert LINK in answer(client, uuid4()).json()["feedback_html"]


def test_words_that_are_no_signal_stay_words(client: Client, signal: Signal) -> None:
    quiz_about("iets heel anders")
    assert "/signalen/" not in answer(client, uuid4()).json()["feedback_html"]


def test_every_signal_that_was_to_be_spotted_is_linked_once(signal: Signal) -> None:
    make_signal("schuld", title="Schuld", also_called="")
    quiz = made.make_quiz(
        questions=[("x", about("Schuld", made.spot_signals("x"))), ("y", made.spot_moments("y"))]
    )
    spotted, moments = compile_quiz(quiz)["questions"]
    assert [one.slug for one in links_of(spotted).signals] == ["schuld"]
    Signal.objects.filter(slug="meer-telefoons").update(also_called=moments["targets"][0]["signal"])
    clear_memory()
    assert [one.slug for one in links_of(moments).signals] == ["meer-telefoons"]


def test_an_editor_chooses_one_beside_a_band_and_a_question(client: Client, signal: Signal) -> None:
    body = made.one_answer("x")
    body["value"]["supplement"] = beside(signal)
    made.make_quiz(questions=[("x", body)], beside_bands=beside(signal))
    content = Edition.objects.get().content
    assert content["questions"][0]["supplement"] == {"signal": "meer-telefoons"}
    assert content["bands"][0]["supplement"] == {"signal": "meer-telefoons"}
    attempt = uuid4()
    answer(client, attempt)
    page = client.get(f"{URL}{attempt}/uitslag/").text
    assert page.count(LINK) == 2


def test_another_name_of_the_signal_changes_nothing_for_who_was_sent_there(signal: Signal) -> None:
    body = made.one_answer("x")
    body["value"]["supplement"] = beside(signal)
    quiz = made.make_quiz(questions=[("x", body)])
    (question,) = compile_quiz(quiz)["questions"]
    Signal.objects.update(title="Twee telefoons", also_called="")
    clear_memory()
    assert "Twee telefoons" in links_html(question, "nl")


def test_the_link_goes_when_the_signal_is_not_published_any_more(signal: Signal) -> None:
    quiz_about("Meer telefoons")
    (question,) = newest_edition("wat-denk-jij").questions
    assert LINK in links_html(question.content, "nl")
    signal.unpublish()
    clear_memory()
    assert links_html(question.content, "nl") == ""


def test_the_link_is_in_the_language_of_the_reader(signal: Signal) -> None:
    translate_signal(signal, title="More phones")
    clear_memory()
    quiz_about("Meer telefoons")
    (question,) = newest_edition("wat-denk-jij").questions
    with translation.override("en"):
        assert '<span lang="en">More phones</span>' in links_html(question.content, "nl")
    assert '<span lang="nl">Meer telefoons</span>' in links_html(question.content, "nl")


def test_links_cost_no_query_when_warm_however_many_questions(
    signal: Signal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    quiz_about("Meer telefoons")
    (question,) = newest_edition("wat-denk-jij").questions
    links_html(question.content, "nl")
    with django_assert_num_queries(0):
        for _time in range(50):
            links_html(question.content, "nl")


def test_a_change_of_the_signal_is_told_in_words(signal: Signal) -> None:
    quiz = quiz_about("x", publish=False)
    before = compile_quiz(quiz)
    after = json.loads(json.dumps(before))
    after["questions"][0]["supplement"] = {"signal": "meer-telefoons"}
    told = str(in_words(compare(before, after)))
    assert "Signaal om over verder te lezen" in told


def test_the_preview_of_the_results_shows_every_band_with_what_is_beside_it(
    signal: Signal,
) -> None:
    quiz = made.make_quiz(
        questions=[("x", made.one_answer("x"))], publish=False, beside_bands=beside(signal)
    )
    page = quiz.make_preview_request(preview_mode="result").text
    order = ["Van 0 tot en met 69 procent", "Goed dat je meedeed"]
    order += ["Van 70 tot en met 100 procent", "Jij ziet veel", "Wat kun je doen?"]
    assert sorted(order, key=page.index) == order
    assert page.count(LINK) == 2


def test_the_sheet_with_the_key_names_the_signal(signal: Signal) -> None:
    quiz = quiz_about("Meer telefoons")
    assert "/signalen/meer-telefoons/" in quiz.make_preview_request(preview_mode="print_key").text
    assert "/signalen/meer-" not in quiz.make_preview_request(preview_mode="print").text
