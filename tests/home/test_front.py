"""The front page and the plain pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from home.actions import add_missing_texts, offer_quiz, starter_texts
from home.models import HomePage, StandardPage
from quizzes.models import Quiz


def test_the_front_page_has_the_three_ways_in(client: Client, home: HomePage, quiz: Quiz) -> None:
    offer_quiz(home=home, slug=quiz.slug)
    page = client.get("/").content.decode()
    assert 'href="/mee/"' in page
    assert f'href="/q/{quiz.slug}/"' in page
    assert 'href="/lessen/"' in page
    assert 'href="/terug/"' in page


def test_without_a_quiz_the_front_page_offers_none(client: Client, home: HomePage) -> None:
    assert 'href="/q/' not in client.get("/").content.decode()


def test_a_quiz_that_was_taken_offline_is_not_offered(
    client: Client, home: HomePage, quiz: Quiz
) -> None:
    offer_quiz(home=home, slug=quiz.slug)
    quiz.unpublish()
    assert 'href="/q/' not in client.get("/").content.decode()


def test_an_editors_choice_of_quiz_stays(home: HomePage, quiz: Quiz) -> None:
    assert offer_quiz(home=home, slug=quiz.slug)
    home.refresh_from_db()
    assert not offer_quiz(home=home, slug=quiz.slug)


def test_reading_stores_nothing_and_sets_no_cookie(client: Client, home: HomePage) -> None:
    """P-09"""
    for path in ("/", "/mijn/", "/hulp/"):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies


def test_a_warm_front_page_asks_the_database_nothing(
    client: Client,
    home: HomePage,
    settings: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    client.get("/")
    with django_assert_num_queries(0):
        client.get("/")


def test_somebody_we_know_can_go_on_from_the_front_page(
    learner_client: Client, home: HomePage
) -> None:
    assert 'href="/mijn/"' in learner_client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/over/", "/privacy/", "/toegankelijkheid/"])
def test_the_texts_that_come_with_the_site_are_pages(
    client: Client, home: HomePage, path: str
) -> None:
    add_missing_texts(home=home, texts=starter_texts())
    response = client.get(path)
    assert response.status_code == 200
    assert "<h2" in response.content.decode()
    assert f'href="{path}"' in client.get("/").content.decode()


def test_what_an_editor_made_of_a_text_stays(home: HomePage) -> None:
    add_missing_texts(home=home, texts=starter_texts())
    page = StandardPage.objects.get(slug="privacy")
    page.body = "<p>Van de redactie</p>"
    page.save_revision().publish()
    assert add_missing_texts(home=home, texts=starter_texts()) == []
    assert StandardPage.objects.get(slug="privacy").body == "<p>Van de redactie</p>"


def test_titles_in_the_browsers_history_are_neutral(
    client: Client, home: HomePage, helplines: None
) -> None:
    """P-32"""
    for path in ("/", "/mijn/", "/hulp/", "/mee/", "/terug/", "/lessen/"):
        page = client.get(path).content.decode()
        title = page[page.index("<title>") : page.index("</title>")].lower()
        assert not any(
            word in title for word in ("mensenhandel", "uitbuiting", "slachtoffer", "misbruik")
        ), path
