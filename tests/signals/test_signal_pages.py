"""The list of signals and their pages: what learners and professionals read."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from helplines.actions import load_helplines
from helplines.helpline_file import shipped_helplines
from helplines.queries import clear_memory as forget_helplines
from signals.actions import load_signals
from signals.models import Signal
from signals.queries import clear_memory, signals_called
from signals.signal_file import shipped_signals
from tests.conftest import browser
from tests.factories.signals import make_signal, translate_signal

pytestmark = pytest.mark.django_db


def main_of(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_every_signal_is_on_the_list_once(client: Client) -> None:
    load_signals(entries=shipped_signals())
    page = main_of(client, "/signalen/")
    for entry in shipped_signals():
        assert page.count(f'href="/signalen/{entry.slug}/"') == 1, entry.slug


def test_the_list_says_that_one_signal_proves_nothing_and_who_helps(
    client: Client, signal: Signal
) -> None:
    forget_helplines()
    load_helplines(entries=shipped_helplines())
    for path in ("/signalen/", "/signalen/meer-telefoons/"):
        page = main_of(client, path)
        assert "Eén signaal bewijst niets" in page
        assert "Er kan altijd een gewone reden zijn." in page
        assert page.index("tel:112") < page.index("tel:08000432")
        assert "<script" not in page


def test_a_page_says_what_it_can_mean_and_what_else(client: Client, signal: Signal) -> None:
    page = main_of(client, "/signalen/meer-telefoons/")
    order = ["Wat kun je zien?", "Wat kan het betekenen?", "Wat kan het ook zijn?"]
    order += ["Wat kun je doen?", "Eén signaal bewijst niets", "https://keerpunt.chat/"]
    assert sorted(order, key=page.index) == order
    for point in ("Iemand moet altijd opnemen.", "Eén telefoon is oud.", "Vraag het rustig."):
        assert f"<li>{point}</li>" in page
    assert "Nagekeken op 28 februari 2026. Opnieuw nakijken voor 28 februari 2027." in page


def test_the_list_can_be_narrowed_to_a_form_and_to_a_reader(client: Client, signal: Signal) -> None:
    make_signal("veel-werk", title="Veel werk", also_called="", theme="work", forms=["labour"],
                audience="professionals")  # fmt: skip
    assert "/signalen/veel-werk/" in main_of(client, "/signalen/")
    labour = main_of(client, "/signalen/?vorm=d")
    assert "/signalen/veel-werk/" in labour
    assert "/signalen/meer-telefoons/" not in labour
    assert 'href="/signalen/?vorm=d" aria-current="true"' in labour
    young = main_of(client, "/signalen/?voor=1")
    assert "/signalen/veel-werk/" not in young
    assert "/signalen/meer-telefoons/" in young
    assert "vorm=e" not in labour  # nothing is about begging


@pytest.mark.parametrize("asked", ["vorm=x", "voor=x", "vorm=<script>", "vorm="])
def test_what_an_address_says_wrong_is_not_asked(
    client: Client, signal: Signal, asked: str
) -> None:
    page = main_of(client, f"/signalen/?{asked}")
    assert "/signalen/meer-telefoons/" in page
    assert asked not in page or asked == "vorm="


def test_an_address_holds_no_word_that_betrays(signal: Signal, client: Client) -> None:
    """P-32"""
    page = main_of(client, "/signalen/")
    assert "vorm=b" in page
    assert "sexual" not in page


def test_a_draft_and_what_is_not_there_are_not_found(client: Client, signal: Signal) -> None:
    assert client.get("/signalen/bestaat-niet/").status_code == 404
    signal.unpublish()
    clear_memory()
    assert client.get("/signalen/meer-telefoons/").status_code == 404
    assert "Er zijn nog geen signalen." in main_of(client, "/signalen/")


def test_a_translation_is_at_the_same_address_with_the_dates_of_the_original(
    signal: Signal,
) -> None:
    translate_signal(signal, title="More phones", notice="Someone has two phones.", owner="nobody",
                     check_by="2031-01-01")  # fmt: skip
    english = main_of(browser(language="en"), "/signalen/meer-telefoons/")
    assert '<h1 lang="en">More phones</h1>' in english
    assert "Nagekeken" not in english
    assert "28 February 2027" in english
    assert "2031" not in english
    assert "data-other-language" not in english


def test_where_there_is_no_translation_the_page_says_so(signal: Signal) -> None:
    arabic = main_of(browser(language="ar"), "/signalen/meer-telefoons/")
    assert "data-other-language" in arabic
    assert '<h1 lang="nl" dir="ltr">Meer telefoons</h1>' in arabic


def test_pages_cost_no_query_when_warm(
    client: Client,
    signal: Signal,
    settings: Any,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    forget_helplines()
    for path in ("/signalen/", "/signalen/meer-telefoons/"):
        client.get(path)
        with django_assert_num_queries(0):
            client.get(path)


def test_all_signals_are_read_in_one_query(
    signal: Signal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    translate_signal(signal, title="More phones")
    make_signal("ander", title="Ander", also_called="")
    clear_memory()
    with django_assert_num_queries(1):
        signals_called(["meer telefoons"], "nl")


@pytest.mark.parametrize(
    "name", ["meer-telefoons", "MEER telefoons", "een tweede  telefoon", "More phones"]
)
def test_a_signal_is_found_by_every_name_in_every_language(signal: Signal, name: str) -> None:
    translate_signal(signal, title="More phones")
    found = signals_called([name, "onbekend", ""], "en")
    assert [one.title for one in found] == ["More phones"]


def test_the_footer_leads_to_the_signals(client: Client) -> None:
    page = client.get("/hulp/").content.decode()
    assert 'href="/signalen/"' in page[page.index("<footer") :]


def test_the_sitemap_holds_published_signals(client: Client, signal: Signal) -> None:
    make_signal("concept", title="Concept", also_called="").unpublish()
    places = client.get("/sitemap.xml").content.decode()
    assert f"<loc>{settings.BASE_URL}/signalen/</loc>" in places
    assert f"<loc>{settings.BASE_URL}/signalen/meer-telefoons/</loc>" in places
    assert "concept" not in places


def test_a_preview_shows_the_draft(admin_client: Client, signal: Signal) -> None:
    signal.title = "Nog een telefoon"
    response: Any = signal.make_preview_request(preview_mode="")
    page = response.render().content.decode()
    assert "Nog een telefoon" in page
    assert "Wat kan het ook zijn?" in page
