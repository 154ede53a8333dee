"""What the tests of comments on a quiz do, and read on a screen."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from accounts.models import User
from quizzes.models import BankQuestion, Quiz, QuizComment
from tests.factories.accounts import UserFactory
from tests.quizzes.test_drafts import draft_of

FETCH = {"X-Requested-With": "XMLHttpRequest"}
COUNTER = '[data-side-panel-toggle="quiz-comments"] [data-side-panel-toggle-counter]'


def in_a_group(name: str, *codenames: str) -> User:
    """Somebody in the admin who may do only this."""
    group = Group.objects.create(name=name)
    codenames = ("access_admin", *codenames)
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    user = UserFactory(email=f"{name}@doorzien.example", name=name.capitalize())
    user.groups.add(group)
    return user


def judged_by(quiz: Quiz, *users: User) -> None:
    """The quiz waits for the verdict of these people, who may do nothing else with it."""
    group = Group.objects.create(name="Inhoud")
    for user in users:
        user.groups.add(group)
    task = GroupApprovalTask.objects.create(name="Inhoud")
    task.groups.add(group)
    workflow = Workflow.objects.create(name="Inhoud")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    workflow.start(draft_of(quiz), user=None)


def url(name: str, quiz: Quiz, *more: int) -> str:
    return reverse(f"wagtailsnippets_quizzes_quiz:{name}", args=[quiz.pk, *more])


def question(quiz: Quiz, number: int) -> BankQuestion:
    return BankQuestion.objects.get(quiz=quiz, number=number)


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def groups(page: Tag) -> list[str]:
    return [words(title) for title in page.select(".quiz-comments__group > .quiz-comments__title")]


def form(page: Tag, act: str, comment: QuizComment | None = None) -> dict[str, str]:
    """The fields of a form as a browser would send them."""
    found = page.select_one(f"#{comment.anchor}" if comment else ".quiz-comments__new")
    assert found is not None
    sent = found.select_one(f'form[data-act="{act}"]')
    assert sent is not None, act
    fields = {field["name"]: field.get("value", "") for field in sent.select("input[name]")}
    return {"action": sent["action"], **fields}


def send(
    client: Client, page: Tag, act: str, comment: QuizComment | None = None, **typed: str
) -> Any:
    fields = form(page, act, comment)
    return client.post(fields.pop("action"), fields | typed, follow=True)
