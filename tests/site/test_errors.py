"""When it goes wrong on our side: no detail, and help is still there (S-79)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory

from helplines.queries import clear_memory, help_page
from home.errors import server_error
from quizzes.models import Quiz


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_more: Any) -> None:
        raise OperationalError("could not connect to db.internal as doorzien")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", fail)


def test_the_help_page_is_served_without_a_database(client: Client, no_database: None) -> None:
    clear_memory()
    response = client.get("/hulp/")
    assert response.status_code == 200
    assert 'href="tel:112"' in response.content.decode()
    assert 'href="tel:08000432"' in response.content.decode()


def test_an_unexpected_error_shows_help_and_no_detail(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("detail of ours")

    monkeypatch.setattr("home.views.front_quiz", fail)
    client.raise_request_exception = False
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert "detail of ours" not in page
    assert 'action="/weg/"' in page
    assert 'href="tel:112"' in page


def test_the_error_page_needs_no_database(no_database: None) -> None:
    clear_memory()
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert 'href="tel:08000432"' in response.content.decode()


def test_a_missing_page_is_a_404_with_help(client: Client, db: None) -> None:
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert 'href="/hulp/"' in response.content.decode()


def test_what_was_read_last_is_shown_when_the_database_goes(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from helplines.models import Helpline

    clear_memory()
    assert help_page().acute == []  # the table is empty in this test

    def fail(*_arguments: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(Helpline.objects, "all", fail)
    assert help_page().acute == []
    clear_memory()
    assert [helpline.slug for helpline in help_page().acute] == ["112"]


def test_a_request_that_cannot_be_read_gets_a_page_of_ours(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise SuspiciousOperation("detail of ours")

    monkeypatch.setattr("home.views.front_quiz", fail)
    response = client.get("/")
    assert response.status_code == 400
    assert "Dit konden we niet lezen" in response.text
    assert "detail of ours" not in response.text
    assert 'action="/weg/"' in response.text
    assert 'href="tel:112"' in response.text


def test_what_no_page_of_ours_sends_is_refused_before_it_is_read(
    client: Client, quiz: Quiz, settings: Any
) -> None:
    address = f"/q/{quiz.slug}/antwoord/"
    settings.PUBLIC_UPLOAD_MAX_SIZE = 30_000
    large = client.post(address, "x" * 30_001, content_type="application/json")
    assert large.status_code == 400
    assert 'href="/hulp/"' in large.text
    assert large["Cache-Control"] == "no-store"
    small = client.post(address, "x" * 30_000, content_type="application/json")
    assert small["Content-Type"] == "application/json"  # read, and told what is wrong with it
