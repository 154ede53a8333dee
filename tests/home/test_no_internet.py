from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from helplines.queries import help_page
from tests.factories.lessons import make_helpline

pytestmark = pytest.mark.django_db


def test_the_script_that_stands_in_is_in_the_root_and_asked_for_each_time(client: Client) -> None:
    response = client.get("/zonder-internet.js")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert "connect-src 'self'" in response.headers["Content-Security-Policy"]
    assert b'addEventListener("fetch"' in response.content


def test_the_script_keeps_nothing_and_leaves_what_is_sent_alone() -> None:
    source = (settings.SITE_DIR / "static/js/offline-worker.js").read_text("utf-8")
    assert ".put(" not in source
    assert ".add(" not in source
    assert 'request.method !== "GET"' in source


def test_the_page_without_internet_has_numbers_to_call(client: Client) -> None:
    make_helpline()
    make_helpline("chatlijn", name="De Chatlijn", phone="", phone_link="")
    text = client.get("/zonder-internet/").content.decode()
    assert "Je hebt nu geen internet" in text
    assert 'href="tel:08000000"' in text
    assert "De Chatlijn" not in text
    assert [helpline.name for helpline in help_page().to_call] == ["De Testlijn"]
    assert "Terug naar de les" not in text
