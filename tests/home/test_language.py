"""The language switch: a plain form that remembers a choice and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client


def test_choosing_a_language_goes_back_to_the_page_and_remembers_it(
    client: Client, db: None
) -> None:
    response = client.post("/taal/", {"language": "en", "next": "/hulp/?x=1"})
    assert (response.status_code, response["Location"]) == (302, "/hulp/?x=1")
    cookie = response.cookies["language"]
    assert cookie.value == "en"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 'lang="en"' in client.get("/hulp/").content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "///evil.example",
        "https:evil.example",
        "\t//evil.example",
        "",
    ],
)
def test_a_target_on_another_site_becomes_the_front_page(client: Client, target: str) -> None:
    """S-40"""
    response = client.post("/taal/", {"language": "en", "next": target})
    assert response["Location"] == "/"


@pytest.mark.parametrize("language", ["xx", "", "nl\r\nSet-Cookie: a=b", "de"])
def test_an_unknown_language_is_not_remembered(client: Client, language: str) -> None:
    response = client.post("/taal/", {"language": language, "next": "/"})
    assert response.status_code == 302
    assert not response.cookies


def test_the_language_is_not_changed_by_a_link(client: Client) -> None:
    """S-39"""
    assert client.get("/taal/", {"language": "en"}).status_code == 405


def test_another_site_cannot_change_the_language(client: Client) -> None:
    """S-39"""
    headers = {"origin": "https://evil.example"}
    response = client.post("/taal/", {"language": "en", "next": "/"}, headers=headers)
    assert response.status_code == 403
    assert not response.cookies


def test_a_phone_that_asks_for_english_gets_dutch_until_somebody_chooses(
    client: Client, db: None
) -> None:
    page = client.get("/hulp/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="nl"' in page
