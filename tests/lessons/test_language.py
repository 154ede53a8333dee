"""Hard language and words that harm do not go online without a reason."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, WorkflowState

from accounts.models import User
from editorial.language import FEWEST_WORDS, Passage, report_on
from editorial.models import WITH_REASON, SafetyReviewState
from editorial.reasons import ACTION, asks_for_reason
from editorial.texts import language_report
from editorial.words import READERS, avoided_in, terms
from home.actions import SAFETY_REVIEWERS, set_up_editing, set_up_reviews
from lessons.models import LessonPage
from quizzes.models import Quiz
from tests.conftest import signed_in
from tests.home.test_reviews import ALL, act, hand_in, public_title, somebody
from tests.quizzes.test_editing import edit_url, quiz_form

HARM = "Hij werd een loverboy genoemd."
REASON = "Dit woord wordt hier uitgelegd."
EASY = "Je mag altijd nee zeggen. Dat is goed. "
HARD = (
    "Mensenhandelaren maken misbruik van vertrouwensrelaties waardoor slachtoffers "
    "afhankelijkheidsgevoelens ontwikkelen, hulpverleningsinstanties wantrouwen, "
    "maatschappelijke ondersteuning vermijden en onbereikbaar worden. "
)


def test_every_term_says_why_and_what_instead() -> None:
    for term in terms():
        assert term.why, term.name
        assert term.instead, term.name
        assert term.readers in READERS
        re.compile(term.find)
        assert not term.found_in(term.instead), "what is said instead is avoided itself"


def test_a_teachers_note_may_name_what_a_learner_must_not_read() -> None:
    assert [term.name for term in avoided_in("Een loverboy.", for_learners=True)] == ["loverboy"]
    assert avoided_in("Een loverboy.", for_learners=False) == []
    assert avoided_in("Een domino.", for_learners=True) == []


@pytest.mark.parametrize(
    ("text", "asks"), [(EASY * 10, False), (HARD * 10, True), ("Fout. " * 5 + HARD, False)]
)
def test_only_what_is_long_enough_to_measure_is_measured(text: str, asks: bool) -> None:
    report = report_on([Passage("Tekst", "#x", text)], for_young_people=True)
    assert report.needs_reason is asks
    assert bool(report.parts) is (len(text.split()) >= FEWEST_WORDS)


def test_the_words_and_sentences_that_make_it_hard_are_named() -> None:
    (part,) = report_on([Passage("Stap 1", "#x", HARD * 6)], for_young_people=True).parts
    assert "hulpverleningsinstanties" in part.hard_words
    assert part.long_sentences[0][0].where == "Stap 1"


pytest_db = pytest.mark.django_db


@pytest.fixture
def harmful_lesson(lesson: LessonPage) -> LessonPage:
    lesson.title = "Een nieuwe titel"
    lesson.steps[0].value["title"] = HARM
    return lesson


@pytest_db
def test_every_field_of_a_lesson_has_a_place_in_its_form(
    harmful_lesson: LessonPage, admin_client: Client
) -> None:
    harmful_lesson.save_revision()
    draft = harmful_lesson.get_latest_revision_as_object()
    report = language_report(draft)
    assert report is not None
    assert {passage.where for passage, _term in report.avoided} == {f"1. {HARM}"}
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).text
    assert "Schrijf liever:" in page
    assert f'href="#block-{draft.steps[0].id}-section"' in page


@pytest_db
def test_a_lesson_asks_for_a_reason_and_keeps_it(
    harmful_lesson: LessonPage, admin_client: Client
) -> None:
    revision = harmful_lesson.save_revision()
    url = reverse("lesson_language", args=[harmful_lesson.pk, revision.pk])
    page = admin_client.get(url).text
    assert "loverboy" in page
    refused = admin_client.post(url, {"reason": "kort"})
    assert refused.status_code == 422
    assert "kort</textarea>" in refused.text
    assert public_title(harmful_lesson) != "Een nieuwe titel"

    admin_client.post(url, {"reason": REASON})
    assert public_title(harmful_lesson) == "Een nieuwe titel"
    kept = PageLogEntry.objects.get(action=ACTION)
    assert (kept.revision_id, kept.user.email) == (revision.pk, "beheer@doorzien.example")
    assert kept.data["words"] == ["loverboy"]
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=[harmful_lesson.pk])).text
    assert REASON in history
    # The same words once more: the reason still stands.
    assert asks_for_reason(harmful_lesson.save_revision()) is None


@pytest_db
def test_many_lessons_at_once_do_not_slip_past(
    harmful_lesson: LessonPage, admin_client: Client
) -> None:
    harmful_lesson.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    told = admin_client.post(f"{url}?id={harmful_lesson.pk}", follow=True).text
    assert "Publiceer deze lessen een voor een" in told
    assert public_title(harmful_lesson) != "Een nieuwe titel"


@pytest_db
def test_a_quiz_asks_for_a_reason_and_then_shows_what_changes(
    quiz: Quiz, admin_client: Client
) -> None:
    fields = quiz_form(quiz, prompt=f"<p>{HARM}</p>", **{"action-publish": "action-publish"})
    asked = admin_client.post(edit_url(quiz), fields)
    assert "/language/" in asked.url
    assert quiz.editions.count() == 1
    newest = Revision.objects.for_instance(quiz).order_by("pk").last()
    publish = reverse("wagtailsnippets_quizzes_quiz:publish", args=[quiz.pk, newest.pk])
    assert admin_client.post(publish, {"kind": "edition"}).url == asked.url, "nor past it"
    changes = admin_client.post(asked.url, {"reason": REASON})
    assert changes.url == publish
    admin_client.post(publish, {"kind": "edition"})
    assert quiz.editions.count() == 2
    assert ModelLogEntry.objects.get(action=ACTION).data["reason"] == REASON


@pytest_db
def test_somebody_who_may_not_publish_gives_no_reason(
    harmful_lesson: LessonPage, editor_client: Client, teacher_client: Client, client: Client
) -> None:
    revision = harmful_lesson.save_revision()
    url = reverse("lesson_language", args=[harmful_lesson.pk, revision.pk])
    for who in (editor_client, teacher_client, client):
        who.post(url, {"reason": REASON})
    assert not PageLogEntry.objects.filter(action=ACTION).exists()
    assert public_title(harmful_lesson) != "Een nieuwe titel"


@pytest_db
@pytest.mark.parametrize("kind", ["lesson", "quiz"])
def test_who_approves_gives_the_reason_in_a_workflow(
    request: pytest.FixtureRequest, kind: str, editor: User
) -> None:
    set_up_editing()
    set_up_reviews()
    thing: Any = request.getfixturevalue("harmful_lesson" if kind == "lesson" else "quiz")
    thing.title = "Een nieuwe titel"
    if kind == "quiz":
        thing.intro = f"<p>{HARM}</p>"
    hand_in(thing, editor)
    act(signed_in(somebody("Moderators")), thing, "approve")
    client = signed_in(somebody(SAFETY_REVIEWERS))
    act(client, thing, "approve", **ALL)
    act(client, thing, WITH_REASON, **ALL)
    assert SafetyReviewState.objects.get().status == "in_progress"
    to = act(client, thing, WITH_REASON, reason=REASON, **ALL)
    if kind == "quiz":
        client.post(to.url, {"kind": "edition"})
    assert public_title(thing) == "Een nieuwe titel"
    assert WorkflowState.objects.get().status == "approved"
    log = PageLogEntry if kind == "lesson" else ModelLogEntry
    assert log.objects.get(action=ACTION).data["reason"] == REASON
