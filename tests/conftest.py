"""The cast: who plays in the tests. The classmate and the other teacher must fail
wherever the learner and the teacher succeed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from quizzes.models import Quiz
from quizzes.queries import clear_memory
from tests.factories.quizzes import make_quiz

pytest_plugins = ["tests.suites"]


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    """What the site keeps in memory between requests does not outlive a test."""
    clear_memory()
    yield


def browser(**cookies: str) -> Client:
    """A client that says where it comes from, as every browser does."""
    client = Client(headers={"origin": "http://testserver"})
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


@pytest.fixture
def client() -> Client:
    return browser()


@pytest.fixture
def quiz(db: Any) -> Quiz:
    return make_quiz()
