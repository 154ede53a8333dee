"""Snel weg: P-30 to P-33, S-35, S-36, S-39, S-40 for the exit."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from accounts.models import Learner, User
from classrooms.actions import Joined

EXIT = "/weg/"


def test_leaving_ends_the_learners_session_on_the_server(
    learner_client: Client, learner: Joined
) -> None:
    """P-31, S-35"""
    kept = learner_client.cookies["learner"].value
    assert learner.enrolment.nickname in learner_client.get("/mijn/").content.decode()
    learner_client.post(EXIT)
    learner_client.cookies["learner"] = kept  # Back, or another tab, or a copied cookie
    assert learner.enrolment.nickname not in learner_client.get("/mijn/").content.decode()


def test_leaving_ends_the_learner_on_their_other_device_too(
    learner_client: Client, learner: Joined
) -> None:
    learner_client.post(EXIT)
    assert Learner.objects.get(pk=learner.token.learner_id).epoch == learner.token.epoch + 1


def test_leaving_leaves_the_classmate_alone(
    learner_client: Client, classmate_client: Client, classmate: Joined
) -> None:
    learner_client.post(EXIT)
    assert classmate.enrolment.nickname in classmate_client.get("/mijn/").content.decode()


def test_leaving_signs_a_teacher_out(teacher_client: Client) -> None:
    kept = teacher_client.cookies[settings.SESSION_COOKIE_NAME].value
    assert teacher_client.get("/docent/").status_code == 200
    teacher_client.post(EXIT)
    teacher_client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert teacher_client.get("/docent/").status_code == 302


def test_leaving_clears_the_browser_and_goes_on(learner_client: Client) -> None:
    """P-30, P-31"""
    response = learner_client.post(EXIT)
    assert response.status_code == 200
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response["Cache-Control"] == "no-store"
    assert response["Refresh"] == f"0; url={settings.EXIT_URL}"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response.cookies["learner"]["max-age"] == 0


def test_every_cookie_of_ours_goes_also_a_broken_one(client: Client) -> None:
    for name in ("learner", "sessionid", "csrftoken", "language", "messages"):
        client.cookies[name] = "x"
    response = client.post(EXIT)
    gone = {name for name, cookie in response.cookies.items() if cookie["max-age"] == 0}
    assert gone == {"learner", "sessionid", "csrftoken", "language", "messages"}


def test_the_page_that_is_left_says_nothing_about_us(learner_client: Client) -> None:
    """P-32"""
    page = learner_client.post(EXIT).content.decode()
    assert "<title>Even geduld</title>" in page
    assert "oorzien" not in page
    assert "<script" not in page
    assert "stylesheet" not in page
    assert f'href="{settings.EXIT_URL}"' in page  # without Refresh: one link


def test_opening_the_address_changes_nothing(learner_client: Client, learner: Joined) -> None:
    """S-39: a link or an image on another site must not sign anybody out."""
    response = learner_client.get(EXIT)
    assert "<title>Even geduld</title>" in response.content.decode()
    assert "Clear-Site-Data" not in response
    assert not response.cookies
    assert learner.enrolment.nickname in learner_client.get("/mijn/").content.decode()


def test_another_site_cannot_sign_anybody_out(learner_client: Client, learner: Joined) -> None:
    """S-39"""
    response = learner_client.post(EXIT, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert learner.enrolment.nickname in learner_client.get("/mijn/").content.decode()


def test_leaving_goes_where_the_settings_say_whatever_is_sent(client: Client) -> None:
    """S-40"""
    response = client.post(EXIT + "?next=//evil.example", {"next": "https://evil.example"})
    assert "evil" not in response.content.decode() + response["Refresh"]


def test_leaving_works_without_the_database(
    learner_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_arguments: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("home.views.end_learner_cookies", fail)
    response = learner_client.post(EXIT)
    assert response.status_code == 200
    assert "Clear-Site-Data" in response


def test_every_page_has_the_exit_before_its_content_as_a_plain_form(
    client: Client, home: Any, helplines: None
) -> None:
    """P-30, A-11, A-15"""
    for path in ("/", "/mijn/", "/hulp/", "/mee/", "/terug/", "/lessen/", "/bestaat-niet/"):
        page = client.get(path).content.decode()
        form = page.index('method="post" action="/weg/"')
        assert form < page.index("<main"), path
        assert page.index('href="/hulp/"') < page.index("<main"), path


@pytest.mark.django_db
def test_a_head_request_changes_nothing(teacher: User, teacher_client: Client) -> None:
    assert teacher_client.head(EXIT).status_code == 200
    assert teacher_client.get("/docent/").status_code == 200
