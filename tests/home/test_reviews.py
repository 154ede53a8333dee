"""Two reviews before a lesson or a quiz goes to young people: of content, and of safety."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow, WorkflowState

from accounts.models import User
from editorial.checklist import CHECKLIST, NAMES, judgement
from editorial.models import SafetyReviewState, SafetyReviewTask
from home.actions import SAFETY_REVIEWERS, set_up_editing, set_up_reviews
from quizzes.models import Quiz
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.quizzes import make_quiz, one_answer
from tests.quizzes.test_editing import edit_url, quiz_form

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(NAMES, "on")


@pytest.fixture(autouse=True)
def _set_up(request: pytest.FixtureRequest) -> None:
    set_up_editing()
    set_up_reviews()


def somebody(group: str) -> User:
    user = UserFactory(email=f"{group.split()[0].lower()}@doorzien.example")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def quiz(db: Any) -> Quiz:
    """Of which the language asks for no reason."""
    return make_quiz(questions=[("een", one_answer("een"))])


@pytest.fixture
def reviewer(db: Any) -> User:
    return somebody(SAFETY_REVIEWERS)


def hand_in(thing: Any, user: User) -> None:
    """The newest draft, as the button in the editor does."""
    thing.save_revision(user=user)
    thing.get_workflow().start(thing, user)


def act(client: Client, thing: Any, action: str, **fields: Any) -> Any:
    """What a reviewer does in the window that Wagtail opens."""
    state = WorkflowState.objects.for_instance(thing).active().get().current_task_state
    names = {Quiz: "wagtailsnippets_quizzes_quiz:workflow_action"}
    name = names.get(type(thing), "wagtailadmin_pages:workflow_action")
    return client.post(reverse(name, args=[thing.pk, action, state.pk]), fields)


@pytest.fixture(params=["lesson", "quiz"])
def handed_in(request: pytest.FixtureRequest, editor: User) -> Any:
    """A lesson or a quiz with a new title, of which the content was approved."""
    thing: Any = request.getfixturevalue(request.param)
    thing.title = "Een nieuwe titel"
    hand_in(thing, editor)
    act(signed_in(somebody("Moderators")), thing, "approve")
    return thing


def public_title(thing: Any) -> str:
    return type(thing).objects.get(pk=thing.pk).title


def test_it_is_set_up_once_and_stays_as_an_administrator_leaves_it() -> None:
    workflow = Workflow.objects.active().get()
    assert [one.task.specific_class for one in workflow.workflow_tasks.all()][1] is SafetyReviewTask
    workflow.workflow_tasks.last().delete()
    assert not set_up_reviews()
    assert workflow.workflow_tasks.count() == 1


def test_the_judgement_names_what_fails() -> None:
    assert "Het maakt niet bang" in judgement(
        failing=["no_scare"], comment="Bij stap 3.", is_approved=False
    )
    assert judgement(failing=[], comment="Mooi.", is_approved=True).endswith("Mooi.")
    assert "was_once_a_point" in judgement(
        failing=["was_once_a_point"], comment="", is_approved=False
    )


def test_one_review_publishes_nothing(handed_in: Any) -> None:
    assert public_title(handed_in) != "Een nieuwe titel"
    task = WorkflowState.objects.for_instance(handed_in).get().current_task_state.task
    assert task.specific_class is SafetyReviewTask


def test_all_points_are_needed_and_are_kept(handed_in: Any, reviewer: User) -> None:
    client = signed_in(reviewer)
    some = dict.fromkeys(NAMES[1:], "on")
    act(client, handed_in, "approve", **some)
    assert public_title(handed_in) != "Een nieuwe titel"

    to = act(client, handed_in, "approve", comment="Goed zo.", **ALL)
    if isinstance(handed_in, Quiz):  # what it changes for learners is shown first
        assert "/publish/" in to.url
        client.post(to.url, {"kind": "edition"})
    assert public_title(handed_in) == "Een nieuwe titel"
    state = SafetyReviewState.objects.get()
    assert (state.finished_by, state.ticked, state.failing) == (reviewer, list(NAMES), [])


def test_who_asks_for_changes_names_the_points_and_its_writer_reads_them(
    handed_in: Any, reviewer: User, editor: User
) -> None:
    client = signed_in(reviewer)
    act(client, handed_in, "reject", comment="Bij stap 3.")
    assert not SafetyReviewState.objects.exclude(status="in_progress").exists()
    act(client, handed_in, "reject", failing=["no_blame"], comment="Bij stap 3.")
    assert SafetyReviewState.objects.get().failing == ["no_blame"]
    workflow = WorkflowState.objects.for_instance(handed_in).get()
    assert workflow.status == WorkflowState.STATUS_NEEDS_CHANGES
    name = {Quiz: "wagtailsnippets_quizzes_quiz"}.get(type(handed_in), "wagtailadmin_pages")
    detail = reverse(f"{name}:workflow_history_detail", args=[handed_in.pk, workflow.pk])
    page = signed_in(editor).get(detail).text
    assert f"Niet in orde: {CHECKLIST[0].label}. Bij stap 3." in page


@pytest.mark.parametrize("kind", ["lesson", "quiz"])
def test_nobody_judges_what_they_handed_in_but_an_operator(
    request: pytest.FixtureRequest, kind: str, reviewer: User, admin_user: User
) -> None:
    thing: Any = request.getfixturevalue(kind)
    reviewer.groups.add(Group.objects.get(name="Moderators"))
    hand_in(thing, reviewer)
    client = signed_in(reviewer)
    act(client, thing, "approve")
    task = SafetyReviewTask.objects.get()
    assert task.get_actions(thing, reviewer) == []
    assert task.locked_for_user(thing, reviewer)
    assert not TaskState.objects.reviewable_by(reviewer).exists()
    act(client, thing, "approve", **ALL)
    assert SafetyReviewState.objects.get().status == "in_progress"
    WorkflowState.objects.get().cancel()
    hand_in(thing, admin_user)
    assert len(task.get_actions(thing, admin_user)) == 2


def test_an_approval_without_its_list_is_refused_in_the_editor_as_well(
    quiz: Quiz, editor: User, reviewer: User
) -> None:
    """The browser sends on what the window told it, and may send anything."""
    quiz.title = "Een nieuwe titel"
    hand_in(quiz, editor)
    act(signed_in(somebody("Moderators")), quiz, "approve")
    fields = quiz_form(
        quiz,
        prompt="<p>Wat klopt hier?</p>",
        **{
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": '{"comment": "Mooi zo"}',
        },
    )
    client = signed_in(reviewer)
    shown = client.post(edit_url(quiz), fields)
    client.post(shown.url, {"kind": "edition"})
    assert SafetyReviewState.objects.get().status == "in_progress"


def test_it_is_scheduled_compared_and_looked_up(handed_in: Any, reviewer: User) -> None:
    newest = handed_in.get_latest_revision()
    soon = timezone.now() + timedelta(hours=1)
    newest.content["go_live_at"] = soon.isoformat()
    newest.save()
    client = signed_in(reviewer)
    act(client, handed_in, "approve", **ALL)
    assert public_title(handed_in) != "Een nieuwe titel", "not before its time"
    newest.refresh_from_db()
    assert newest.approved_go_live_at == soon
    newest.content["go_live_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    newest.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    newest.save()
    call_command("publish_scheduled", stdout=StringIO())
    assert public_title(handed_in) == "Een nieuwe titel"

    name = {Quiz: "wagtailsnippets_quizzes_quiz"}.get(type(handed_in), "wagtailadmin_pages")
    first = handed_in.revisions.order_by("pk").first()
    client = signed_in(User.objects.get(email__startswith="moder"))
    compare = f"{name}:revisions_compare"
    page = client.get(reverse(compare, args=[handed_in.pk, first.pk, newest.pk])).text
    assert "Een nieuwe titel" in page
    assert client.get(reverse(f"{name}:history", args=[handed_in.pk])).status_code == 200
    history = client.get(reverse(f"{name}:workflow_history", args=[handed_in.pk])).text
    assert "Toets op veiligheid" in history


def test_a_reviewer_is_told_by_mail(quiz: Quiz, editor: User, reviewer: User, mailoutbox) -> None:
    hand_in(quiz, editor)
    mailoutbox.clear()
    act(signed_in(somebody("Moderators")), quiz, "approve")
    assert [reviewer.email] in [mail.to for mail in mailoutbox]
