"""Pressing publish: the editor sees what changes for learners and says what kind it is."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, WorkflowState, WorkflowTask

from accounts.models import User
from home.actions import set_up_editing
from quizzes import publishing
from quizzes.models import Edition, Quiz
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.quizzes import make_quiz, one_answer, opinion
from tests.quizzes.test_editing import edit_url, quiz_form

PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def quiz(db: Any) -> Quiz:
    """Published from the editor's form, so that pressing publish again changes nothing."""
    quiz = make_quiz(questions=[("een", one_answer("een"))])
    admin = UserFactory(email="eerste@doorzien.example", is_staff=True, is_superuser=True)
    url = press_publish(signed_in(admin), quiz, "<p>Wat klpt hier?</p>").url
    signed_in(admin).post(url, {"kind": "edition"})
    assert quiz.editions.count() == 2
    return quiz


def press_publish(client: Client, quiz: Quiz, prompt: str) -> Any:
    response = client.post(edit_url(quiz), quiz_form(quiz, prompt=prompt, **PUBLISH))
    assert response.status_code == 302
    return response


def newest(quiz: Quiz) -> Edition:
    return quiz.editions.newest().first()


def test_publishing_shows_what_changes_before_anything_does(
    admin_client: Client, quiz: Quiz
) -> None:
    page = admin_client.get(press_publish(admin_client, quiz, "<p>Wat klopt hier?</p>").url)
    assert "<del>klpt</del>" in page.text
    assert "<ins>klopt</ins>" in page.text
    assert newest(quiz).number == 2
    assert "klopt" in str(Quiz.objects.get().get_latest_revision_as_object().questions.first().body)


def test_a_correction_is_published_as_one(
    admin_client: Client, admin_user: User, quiz: Quiz, client: Client
) -> None:
    url = press_publish(admin_client, quiz, "<p>Wat klopt hier?</p>").url
    done = admin_client.post(url, {"kind": "correction"}, follow=True)
    assert "is verbeterd, ook voor wie al bezig is" in done.text
    edition = newest(quiz)
    assert (edition.number, edition.corrects.number) == (3, 2)
    assert edition.published_by == admin_user
    assert "Wat klopt hier?" in client.get(f"/q/{quiz.slug}/").text
    quiz.refresh_from_db()
    assert not quiz.has_unpublished_changes
    assert quiz.live


def test_a_new_edition_is_published_as_one(admin_client: Client, quiz: Quiz) -> None:
    url = press_publish(admin_client, quiz, "<p>Wat klopt hier?</p>").url
    admin_client.post(url, {"kind": "edition"})
    assert (newest(quiz).number, newest(quiz).corrects) == (3, None)


def test_nothing_is_published_until_the_editor_says_what_kind_it_is(
    admin_client: Client, quiz: Quiz
) -> None:
    url = press_publish(admin_client, quiz, "<p>Wat klopt hier?</p>").url
    refused = admin_client.post(url, {})
    assert refused.status_code == 422
    assert "Kies wat voor verandering het is." in refused.text
    assert newest(quiz).number == 2


def test_another_key_is_refused_as_a_correction_with_the_reason_at_the_place(
    admin_client: Client, quiz: Quiz
) -> None:
    fields = quiz_form(quiz, prompt="<p>Wat klopt hier?</p>", right=0, **PUBLISH)
    url = admin_client.post(edit_url(quiz), fields).url
    page = admin_client.get(url)
    assert 'value="correction" disabled' in page.text
    assert 'value="edition" required checked' in page.text
    reason = "Dit verandert wat goed is, of hoeveel het waard is."
    assert page.text.count(reason) == 2  # the choice that was right, and the one that is now
    refused = admin_client.post(url, {"kind": "correction"})
    assert refused.status_code == 422
    assert "Dit is meer dan spelling" in refused.text
    assert newest(quiz).number == 2
    quiz.refresh_from_db()
    assert quiz.has_unpublished_changes


def test_nothing_to_say_when_nothing_changes(admin_client: Client, quiz: Quiz) -> None:
    response = press_publish(admin_client, quiz, "<p>Wat klpt hier?</p>")
    assert response.url == reverse("wagtailsnippets_quizzes_quiz:list")
    assert newest(quiz).number == 2


def test_an_older_draft_is_not_published_over_a_newer_one(admin_client: Client, quiz: Quiz) -> None:
    url = press_publish(admin_client, quiz, "<p>Wat klopt hier?</p>").url
    newer = press_publish(admin_client, quiz, "<p>Wat klopt er?</p>").url
    again = admin_client.post(url, {"kind": "correction"})
    assert again.url == newer
    assert newest(quiz).number == 2


def test_what_was_scheduled_becomes_a_new_edition(quiz: Quiz) -> None:
    draft = quiz.get_latest_revision_as_object()
    draft.title = "Wat denk jij nu?"
    draft.go_live_at = timezone.now() + timedelta(days=1)
    revision = draft.save_revision()
    revision.publish()
    assert newest(quiz).number == 2
    past = timezone.now() - timedelta(minutes=1)
    revision.refresh_from_db()
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("publish_scheduled", stdout=StringIO())
    edition = newest(quiz)
    assert (edition.number, edition.corrects, edition.published_by) == (3, None, None)


@pytest.fixture
def moderator(quiz: Quiz, editor: User) -> User:
    """Who is asked to approve what the editor wrote into the quiz."""
    set_up_editing()
    fields = quiz_form(quiz, prompt="<p>Wat klopt hier?</p>", **{"action-submit": "action-submit"})
    signed_in(editor).post(edit_url(quiz), fields)
    moderator = UserFactory(email="eind@doorzien.example")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    return moderator


def approve_from_dashboard(quiz: Quiz) -> tuple[str, dict[str, str]]:
    task = WorkflowState.objects.get().current_task_state
    name = "wagtailsnippets_quizzes_quiz:workflow_action"
    return reverse(name, args=[quiz.pk, "approve", task.pk]), {"comment": "Mooi zo"}


def approve_from_form(quiz: Quiz) -> tuple[str, dict[str, str]]:
    return edit_url(quiz), quiz_form(
        quiz,
        prompt="<p>Wat klopt hier?</p>",
        **{
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": '{"comment": "Mooi zo"}',
        },
    )


@pytest.mark.parametrize("approve", [approve_from_dashboard, approve_from_form])
@pytest.mark.parametrize("kind", ["edition", "correction"])
def test_who_approves_sees_what_changes_and_says_what_kind_it_is(
    quiz: Quiz, moderator: User, approve: Any, kind: str
) -> None:
    client = signed_in(moderator)
    url, fields = approve(quiz)
    shown = client.post(url, fields, follow=True)
    assert "<ins>klopt</ins>" in shown.text
    assert "Keur goed en publiceer" in shown.text
    assert newest(quiz).number == 2, "nothing is approved by looking"
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS

    client.post(shown.request["PATH_INFO"] + "?" + shown.request["QUERY_STRING"], {"kind": kind})
    edition = newest(quiz)
    assert (edition.number, edition.published_by) == (3, moderator)
    assert (edition.corrects is not None) == (kind == "correction")
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_APPROVED
    task = state.task_states.get()
    assert (task.finished_by, task.comment) == (moderator, "Mooi zo")


def test_approving_in_a_window_leads_to_what_changes(quiz: Quiz, moderator: User) -> None:
    url, fields = approve_from_dashboard(quiz)
    told = signed_in(moderator).post(url, fields, headers={"x-requested-with": "XMLHttpRequest"})
    assert told.json()["step"] == "success"
    assert "/publish/" in told.json()["redirect"]
    assert newest(quiz).number == 2


def test_what_was_withdrawn_meanwhile_is_not_published_by_who_came_to_approve(
    quiz: Quiz, moderator: User
) -> None:
    client = signed_in(moderator)
    url, fields = approve_from_dashboard(quiz)
    shown = client.post(url, fields)
    WorkflowState.objects.get().cancel()
    told = client.post(shown.url, {"kind": "edition"}, follow=True)
    assert "Deze quiz wacht niet meer op jouw oordeel" in told.text
    assert newest(quiz).number == 2


def test_only_the_last_of_two_who_judge_says_what_kind_of_change_it_is(
    quiz: Quiz, moderator: User
) -> None:
    workflow = WorkflowState.objects.get().workflow
    second = GroupApprovalTask.objects.create(name="Veiligheid")
    second.groups.add(Group.objects.get(name="Moderators"))
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=1)
    client = signed_in(moderator)
    url, fields = approve_from_dashboard(quiz)
    assert "/publish/" not in client.post(url, fields).url
    assert WorkflowState.objects.get().current_task_state.task == second.task_ptr
    url, fields = approve_from_dashboard(quiz)
    assert "/publish/" in client.post(url, fields).url


def test_approving_what_changes_nothing_for_learners_asks_nothing(quiz: Quiz, editor: User) -> None:
    set_up_editing()
    fields = quiz_form(quiz, prompt="<p>Wat klpt hier?</p>", **{"action-submit": "action-submit"})
    signed_in(editor).post(edit_url(quiz), fields)
    moderator = UserFactory(email="eind@doorzien.example")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    url, fields = approve_from_dashboard(quiz)
    signed_in(moderator).post(url, fields)
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    assert newest(quiz).number == 2


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_quiz_that_is_too_large_stays_a_draft(
    admin_client: Client, quiz: Quiz, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    set_up_editing()
    monkeypatch.setattr(publishing, "MOST_BYTES", 1000)
    monkeypatch.setattr(publishing, "size_of", lambda content: 1_340_000)
    fields = quiz_form(quiz, prompt="<p>Wat klopt hier?</p>", **{action: action})
    page = admin_client.post(edit_url(quiz), fields, follow=True)
    assert page.request["PATH_INFO"] == edit_url(quiz)
    assert "De quiz is 1,3 MB, en mag niet groter zijn dan 1 MB" in page.text
    assert "Wat klopt hier?" in page.text
    assert newest(quiz).number == 2
    assert not WorkflowState.objects.exists()


def test_a_draft_that_grew_too_large_is_not_approved(
    editor: User, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_editing()
    fields = quiz_form(quiz, prompt="<p>Wat klopt hier?</p>", **{"action-submit": "action-submit"})
    signed_in(editor).post(edit_url(quiz), fields)
    task = WorkflowState.objects.get().current_task_state
    monkeypatch.setattr(publishing, "MOST_BYTES", 1000)
    moderator = UserFactory(email="eind@doorzien.example")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    address = reverse(
        "wagtailsnippets_quizzes_quiz:workflow_action", args=[quiz.pk, "approve", task.pk]
    )
    told = signed_in(moderator).post(address, {"comment": ""}, follow=True)
    assert "mag niet groter zijn dan 1 MB" in told.text
    assert newest(quiz).number == 2
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_who_may_not_publish_may_look_but_not_choose(editor: User, quiz: Quiz) -> None:
    set_up_editing()
    client = signed_in(editor)
    names = ("editions", "edition_differences", "publish")
    args = ([quiz.pk], [quiz.pk, 1, 2], [quiz.pk, quiz.latest_revision_id])
    Quiz.objects.get().save_revision()
    codes = [
        client.get(reverse(f"wagtailsnippets_quizzes_quiz:{name}", args=each)).status_code
        for name, each in zip(names, args, strict=True)
    ]
    assert codes == [200, 200, 302]


def test_the_list_of_editions_says_what_changed_by_whom_and_how_often_it_was_done(
    admin_client: Client, admin_user: User, quiz: Quiz
) -> None:
    url = press_publish(admin_client, quiz, "<p>Wat klopt hier?</p>").url
    admin_client.post(url, {"kind": "correction"})
    address = reverse("wagtailsnippets_quizzes_quiz:editions", args=[quiz.pk])
    admin_client.get(address)
    with CaptureQueriesContext(connection) as few:
        page = admin_client.get(address)
    assert [entry["edition"].number for entry in page.context["entries"]] == [3, 2, 1]
    assert "Spelling bij uitgave 2." in page.text
    assert "1 vraag anders" in page.text
    assert admin_user.email in page.text
    for number in range(4, 9):
        url = press_publish(admin_client, quiz, f"<p>Wat klopt hier {number}?</p>").url
        admin_client.post(url, {"kind": "edition"})
    admin_client.get(address)  # takes the messages
    with CaptureQueriesContext(connection) as more:
        assert len(admin_client.get(address).context["entries"]) == 8
    assert len(few) == len(more)


def test_any_two_editions_can_be_compared(admin_client: Client, quiz: Quiz) -> None:
    address = reverse("wagtailsnippets_quizzes_quiz:editions", args=[quiz.pk])
    page = admin_client.get(address, {"van": "1", "naar": "2"}, follow=True)
    assert "Van uitgave 1 naar uitgave 2" in page.text
    assert "<ins>Wat klpt hier?</ins>" in page.text
    missing = reverse("wagtailsnippets_quizzes_quiz:edition_differences", args=[quiz.pk, 1, 9])
    assert admin_client.get(missing).status_code == 404


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_a_poll_with_a_right_answer_is_not_published(
    admin_client: Client, quiz: Quiz, action: str
) -> None:
    set_up_editing()
    form = quiz_form(quiz, prompt="<p>Wat klopt hier?</p>", kind="poll", **{action: action})
    page = admin_client.post(edit_url(quiz), form, follow=True)
    assert (
        "Vraag 1 heeft een goed antwoord. Dat past niet bij een zelfscan of peiling." in page.text
    )
    quiz.refresh_from_db()
    assert quiz.has_unpublished_changes  # nothing that was typed is lost
    assert quiz.get_latest_revision_as_object().kind == "poll"
    assert Edition.objects.filter(quiz=quiz).newest().first().content["kind"] == "practice"


def test_a_check_needs_something_to_mark(db: Any) -> None:
    quiz = make_quiz(questions=[("mening", opinion("mening"))], publish=False, kind="check")
    with pytest.raises(publishing.UnfitQuestionsError) as refused:
        publishing.content_to_publish(quiz)
    assert refused.value.numbers == []
