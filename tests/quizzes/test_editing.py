"""An editor changes a quiz in the Wagtail admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.models import Revision, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.actions import set_up_editing
from quizzes.models import Attempt, Edition, ImmutableEditionError, Quiz
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.quizzes import key, make_quiz, one_answer

ADD = "wagtailsnippets_quizzes_quiz:add"


def edit_url(quiz: Quiz) -> str:
    return reverse("wagtailsnippets_quizzes_quiz:edit", args=[quiz.pk])


def one_answer_form(name: str, prompt: str, right: int = 0) -> list[tuple[str, dict[str, Any]]]:
    choices = [
        {
            "value": {
                "text": f"Keuze {name}-{letter}",
                "feedback": "Uitleg.",
                **({"is_right": "on"} if number == right else {}),
            },
            "id": key(f"{name}-{letter}"),
            "order": str(number),
            "deleted": "",
            "type": "",
        }
        for number, letter in enumerate("abc")
    ]
    fields = {
        "prompt": rich_text(prompt),
        "explanation": rich_text("<p>Toelichting.</p>"),
        "signal": "",
        "form": "all",
    }
    value: dict[str, Any] = {**fields, "choices-count": "3", "sources-count": "0"}
    for number, choice in enumerate(choices):
        for part in ("id", "order", "deleted", "type"):
            value[f"choices-{number}-{part}"] = choice[part]
        for part, text in choice["value"].items():
            value[f"choices-{number}-value-{part}"] = text
    return [("one_answer", value)]


def quiz_form(quiz: Quiz, *, prompt: str, right: int = 1, **more: str) -> dict[str, Any]:
    question = quiz.questions.first()
    return (
        nested_form_data(
            {
                "title": quiz.title,
                "slug": quiz.slug,
                "intro": rich_text(quiz.intro),
                "minutes": quiz.minutes,
                "kind": quiz.kind,
                "pass_percent": quiz.pass_percent,
                "attempts_allowed": quiz.attempts_allowed,
                "draw_count": quiz.draw_count,
                "audience": quiz.audience,
                "language": quiz.language,
                "what_you_can_do": rich_text(quiz.what_you_can_do),
                "bands": streamfield(
                    [
                        (
                            "band",
                            {"from_percent": 0, "title": "Klaar", "text": rich_text("<p>Ja.</p>")},
                        )
                    ]
                ),
                "questions": inline_formset(
                    [
                        {
                            "id": question.pk,
                            "body": streamfield(one_answer_form("een", prompt, right)),
                        }
                    ],
                    initial=1,
                ),
            }
        )
        | more
    )


@pytest.fixture
def small_quiz(db: Any) -> Quiz:
    return make_quiz(questions=[("een", one_answer("een"))])


@pytest.fixture
def writer_client(editor: Any) -> Client:
    set_up_editing()
    return signed_in(editor)


def test_an_editor_may_open_a_quiz_and_its_list(writer_client: Client, quiz: Quiz) -> None:
    assert writer_client.get(edit_url(quiz)).status_code == 200
    listing = writer_client.get(reverse("wagtailsnippets_quizzes_quiz:list"))
    assert quiz.title in listing.text


def test_a_draft_changes_nothing_for_learners(
    admin_client: Client, small_quiz: Quiz, client: Client
) -> None:
    response = admin_client.post(
        edit_url(small_quiz), quiz_form(small_quiz, prompt="<p>Anders gevraagd?</p>")
    )
    assert response.status_code == 302, response.context["form"].errors
    assert small_quiz.editions.count() == 1
    assert "Anders gevraagd?" not in client.get(f"/q/{small_quiz.slug}/").text


def test_publishing_a_change_makes_the_next_edition_with_the_same_keys(
    admin_client: Client, small_quiz: Quiz, client: Client
) -> None:
    before = small_quiz.editions.get().content["questions"][0]
    fields = quiz_form(
        small_quiz, prompt="<p>Anders gevraagd?</p>", **{"action-publish": "action-publish"}
    )
    choice = admin_client.post(edit_url(small_quiz), fields, follow=True)
    assert choice.templates[0].name == "quizzes/admin/publish.html"
    admin_client.post(choice.request["PATH_INFO"], {"kind": "edition"})
    after = small_quiz.editions.newest().first()
    question = after.content["questions"][0]
    assert after.number == 2
    assert "Anders gevraagd?" in question["prompt"]
    assert question["key"] == before["key"]
    assert [choice["key"] for choice in question["choices"]] == [
        choice["key"] for choice in before["choices"]
    ]
    assert "Anders gevraagd?" in client.get(f"/q/{small_quiz.slug}/").text


def test_a_question_without_a_right_answer_is_not_published(
    admin_client: Client, small_quiz: Quiz
) -> None:
    fields = quiz_form(
        small_quiz, prompt="<p>Vraag?</p>", right=9, **{"action-publish": "action-publish"}
    )
    response = admin_client.post(edit_url(small_quiz), fields)
    assert response.status_code == 200
    assert "Zet bij precies" in response.text
    assert small_quiz.editions.count() == 1


def test_a_quiz_goes_through_the_workflow_and_a_moderator_publishes_it(
    writer_client: Client, small_quiz: Quiz
) -> None:
    fields = quiz_form(
        small_quiz, prompt="<p>Ter beoordeling?</p>", **{"action-submit": "action-submit"}
    )
    assert writer_client.post(edit_url(small_quiz), fields).status_code == 302
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert small_quiz.editions.count() == 1
    moderator = UserFactory(email="eind@doorzien.example")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    approve = reverse(
        "wagtailsnippets_quizzes_quiz:workflow_action",
        args=[small_quiz.pk, "approve", state.current_task_state.pk],
    )
    what_changes = signed_in(moderator).post(approve, {"comment": ""}).url
    signed_in(moderator).post(what_changes, {"kind": "edition"})
    assert small_quiz.editions.count() == 2


def test_the_list_says_in_words_what_a_quiz_is_and_whether_it_is_online(
    admin_client: Client, small_quiz: Quiz
) -> None:
    draft = make_quiz("nog-niet", title="Nog niet af", kind="self_scan", publish=False)
    listed = admin_client.get(reverse("wagtailsnippets_quizzes_quiz:list")).text
    for word in ("Oefenen", "Zelfscan", "Jongeren", "Nederlands", "live", "concept", "Zojuist"):
        assert word.lower() in listed.lower(), word
    assert "True" not in listed
    assert "+00:00" not in listed, "a date as machines write it"
    only = admin_client.get(reverse("wagtailsnippets_quizzes_quiz:list") + "?kind=self_scan").text
    assert draft.title in only
    assert small_quiz.title not in only


def test_a_preview_shows_the_draft_without_the_key_to_who_looks_as_a_learner(
    quiz: Quiz,
) -> None:
    learner = quiz.make_preview_request(preview_mode="learner")
    teacher = quiz.make_preview_request(preview_mode="teacher")
    assert "Vraag een?" in learner.text
    assert "Geheime" not in learner.text
    assert "Geheime toelichting een." in teacher.text
    assert not Attempt.objects.exists()


def test_an_edition_cannot_be_changed(quiz: Quiz) -> None:
    edition = Edition.objects.get()
    edition.content = {}
    with pytest.raises(ImmutableEditionError):
        edition.save()


def test_a_quiz_with_attempts_cannot_be_deleted(quiz: Quiz) -> None:
    with pytest.raises(Exception, match="protected"), transaction.atomic():
        quiz.delete()


def test_one_band_must_start_at_nought(quiz: Quiz) -> None:
    quiz.bands[0].value["from_percent"] = 10
    with pytest.raises(ValidationError, match="0 procent"):
        quiz.clean()


def test_two_questions_cannot_have_one_key(quiz: Quiz) -> None:
    first, second = list(quiz.questions.all())[:2]
    second.key = first.key
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.django_db
def test_quizzes_are_found_in_the_list_by_their_title(admin_client: Client) -> None:
    make_quiz(questions=[("een", one_answer("een"))])
    listing = reverse("wagtailsnippets_quizzes_quiz:list")
    assert "Wat denk jij?" in admin_client.get(f"{listing}?q=denk").content.decode()
    assert "Wat denk jij?" not in admin_client.get(f"{listing}?q=xylofoon").content.decode()


@pytest.mark.django_db
def test_nothing_is_stored_over_the_quiz_that_a_copy_begins_as(admin_client: Client) -> None:
    quiz = make_quiz(questions=[("een", one_answer("een"))])
    address = reverse("wagtailsnippets_quizzes_quiz:copy", args=[quiz.pk])
    assert admin_client.get(address).status_code == 200
    assert admin_client.post(address, quiz_form(quiz, prompt="<p>Erover?</p>")).status_code == 405
    assert "Erover?" not in str(Quiz.objects.get(pk=quiz.pk).latest_revision.content)


@pytest.mark.parametrize("screen", ["add", "edit"])
def test_an_address_that_is_taken_meanwhile_is_said_at_its_field(
    writer_client: Client, small_quiz: Quiz, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    """Two editors at once: the form was right when it was looked at."""
    Quiz.objects.update(live=False)  # of a live quiz, only the draft is saved
    address = edit_url(small_quiz) if screen == "edit" else reverse(ADD)
    taken = Quiz(title="Van een ander", slug="net-gekozen", intro="", what_you_can_do="", bands=[])
    looked_at = WagtailAdminModelForm.is_valid

    def somebody_else_is_first(form: WagtailAdminModelForm) -> bool:
        is_right = looked_at(form)
        if isinstance(form.instance, Quiz) and not taken.pk:
            taken.save()
        return is_right

    monkeypatch.setattr(WagtailAdminModelForm, "is_valid", somebody_else_is_first)
    before = Revision.objects.count()
    reply = writer_client.post(
        address, quiz_form(small_quiz, prompt="<p>Anders?</p>", slug="net-gekozen")
    )
    assert reply.status_code == 200
    assert reply.context["form"].errors.keys() == {"slug"}
    assert "Anders?" in reply.text
    assert Quiz.objects.get(slug="net-gekozen") == taken
    assert Revision.objects.count() == before
