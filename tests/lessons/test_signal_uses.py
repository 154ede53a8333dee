"""Where a signal is used: what a change shows, and why it cannot be thrown away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lessons.claims import every_claim, overdue_in_lesson, uses_of
from lessons.freshness import SIGNAL, Claim
from lessons.freshness_notes import in_words
from lessons.models import LessonPage
from lessons.signal_claims import claim_of_signal, named_signals
from quizzes.models import Quiz
from signals.models import Signal
from tests.factories import quizzes as made
from tests.factories.lessons import load_every_block
from tests.factories.signals import make_signal, translate_signal
from tests.signals.editing import edit_address, form_of

pytestmark = pytest.mark.django_db


def about(name: str) -> dict[str, Any]:
    body = made.one_answer("x")
    return {**body, "value": {**body["value"], "signal": name}}


def beside(signal: Signal) -> dict[str, Any]:
    nothing = {"image": None, "alt": "", "recording": None, "helplines": []}
    return made.supplement("x", **nothing, signal=signal.pk)


def used_in(signal: Signal) -> list[str]:
    claim = claim_of_signal(signal)
    return [f"{use.kind}: {in_words(use)}" for use in uses_of([claim])[claim]]


def delete_address(signal: Signal) -> str:
    return reverse("wagtailsnippets_signals_signal:delete", args=[signal.pk])


def test_a_signal_is_used_where_its_names_stand_and_where_it_was_chosen(signal: Signal) -> None:
    translate_signal(signal, title="More phones")
    load_every_block()
    make_signal("geld", title="Ineens veel geld", also_called="")
    quiz = made.make_quiz(
        questions=[
            ("een", made.one_answer("een")),
            ("x", about("MORE phones")),
            ("twee", made.spot_signals("twee")),
        ]
    )
    made.make_quiz("banden", questions=[("x", made.one_answer("x"))], title="Met banden",
                   beside_bands=beside(signal))  # fmt: skip
    assert used_in(signal) == ["quiz: Met banden", "quiz: Wat denk jij? (vraag 2)"]
    assert used_in(Signal.objects.get(slug="geld")) == ["lesson: Elk blok een keer"]
    assert used_in(make_signal("schuld", title="Schuld", also_called="")) == [
        "quiz: Wat denk jij? (vraag 3)"
    ]
    assert quiz.questions.count() == 3


def test_a_draft_that_names_it_is_told_as_a_draft(signal: Signal) -> None:
    quiz = made.make_quiz(questions=[("x", made.one_answer("x"))])
    made.set_body(quiz.questions.get(), about("Meer telefoons"))
    questions = list(quiz.questions.all())
    made.set_body(questions[0], about("Meer telefoons"))
    quiz.questions = questions
    quiz.save_revision()
    assert used_in(signal) == ["draft: Wat denk jij? (vraag 1, in een concept)"]


def test_names_and_chosen_signals_are_found_however_they_are_kept() -> None:
    raw = [{"value": {"signal": "Geld", "choices": [{"value": {"signal": "Schuld"}}]}},
           {"value": {"supplement": {"signal": 7}, "signal": ""}}]  # fmt: skip
    assert list(named_signals(raw)) == ["Geld", "Schuld", 7]


def test_what_depends_on_signals_costs_the_same_however_many_there_are(
    signal: Signal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made.make_quiz(questions=[("x", about("Meer telefoons"))])
    claims = [claim_of_signal(signal)]
    with django_assert_num_queries(5):
        uses_of(claims)
    claims.append(claim_of_signal(make_signal("ander", title="Ander", also_called="")))
    made.make_quiz("nog-een", questions=[("x", about("Ander"))])
    with django_assert_num_queries(5):
        uses_of(claims)


def test_a_signal_is_a_claim_and_its_translation_is_not(signal: Signal) -> None:
    translate_signal(signal, title="More phones", check_by=date(2029, 1, 1))
    assert [claim for claim in every_claim() if claim.kind == SIGNAL] == [
        Claim(
            SIGNAL,
            signal.pk,
            "Meer telefoons",
            "redactie",
            date(2027, 2, 28),
            checked_on=date(2026, 2, 28),
            name="meer-telefoons",
            publisher="Keerpunt",
        )
    ]


def test_a_lesson_is_late_when_the_signal_of_its_card_is(client: Client) -> None:
    lesson: LessonPage = load_every_block().lessons[0]
    today = date(2027, 3, 1)
    before = len(overdue_in_lesson(lesson, today=today))
    make_signal("geld", title="Ineens veel geld", also_called="")
    assert len(overdue_in_lesson(lesson, today=today)) == before + 1


def test_an_editor_reads_above_a_signal_where_it_stands(
    admin_client: Client, signal: Signal
) -> None:
    quiz = made.make_quiz(questions=[("x", about("Meer telefoons"))])
    page = admin_client.get(edit_address(signal)).text
    assert "Hier staat dit signaal" in page
    assert reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk]) in page
    assert "vraag 1" in page


def test_a_change_names_what_to_read_again(admin_client: Client, signal: Signal) -> None:
    made.make_quiz(questions=[("x", about("Meer telefoons"))])
    sent = form_of(signal, notice="Iemand heeft drie telefoons.")
    page = admin_client.post(edit_address(signal), sent, follow=True).text
    assert "Lees na of dit nog klopt: Wat denk jij? (vraag 1)." in page


def test_what_is_used_cannot_be_thrown_away_and_the_message_says_where(
    admin_client: Client, signal: Signal
) -> None:
    quiz: Quiz = made.make_quiz(questions=[("x", about("Meer telefoons"))])
    page = admin_client.post(delete_address(signal), follow=True).text
    assert "‘Meer telefoons’ kan niet weg. Het staat nog in: Wat denk jij? (vraag 1)." in page
    assert Signal.objects.filter(pk=signal.pk).exists()
    many = reverse("wagtail_bulk_action", args=["signals", "signal", "delete"])
    response = admin_client.post(f"{many}?id={signal.pk}&next=/beheer/")
    assert response.status_code == 302
    assert Signal.objects.filter(pk=signal.pk).exists()
    made.set_body(quiz.questions.get(), about(""))
    questions = list(quiz.questions.all())
    made.set_body(questions[0], about("iets anders"))
    quiz.questions = questions
    quiz.save_revision().publish()
    assert admin_client.post(delete_address(signal)).status_code == 302
    assert not Signal.objects.exists()


def test_a_translation_may_go(admin_client: Client, signal: Signal) -> None:
    made.make_quiz(questions=[("x", about("Meer telefoons"))])
    english = translate_signal(signal, title="More phones")
    admin_client.post(delete_address(english))
    assert list(Signal.objects.all()) == [signal]


def test_the_report_has_signals_with_what_depends_on_them(
    admin_client: Client, signal: Signal
) -> None:
    made.make_quiz(questions=[("x", about("Meer telefoons"))])
    page = admin_client.get(reverse("freshness_report"), {"kind": "signal"}).text
    assert edit_address(signal) in page
    assert "Wat denk jij?" in page
