"""A quiz that people talk about, and who they are."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from home.actions import set_up_editing
from quizzes.comment_actions import (
    add_comment,
)
from quizzes.models import Quiz, QuizComment
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.quizzes import make_quiz, one_answer, several_answers
from tests.quizzes.commenting import question


@pytest.fixture
def commented(db: Any) -> Quiz:
    return make_quiz(questions=[("een", one_answer("een")), ("twee", several_answers("twee"))])


@pytest.fixture
def writer(editor: User) -> User:
    set_up_editing()
    editor.name = "Noor"
    editor.save()
    return editor


@pytest.fixture
def writer_client(writer: User) -> Client:
    return signed_in(writer)


@pytest.fixture
def colleague(writer: User) -> User:
    """Another editor."""
    user = UserFactory(email="collega@doorzien.example", name="Sam")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def comment(commented: Quiz, colleague: User) -> QuizComment:
    return add_comment(
        quiz=commented, user=colleague, text="Kan dit korter?", question=question(commented, 2)
    )
