from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from lessons.catalogue import Catalogue
from lessons.catalogue_rendering import page_numbers
from lessons.models import CataloguePage, LessonPackagePage
from tests.factories.lessons import add_package

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(package: LessonPackagePage) -> CataloguePage:
    return CataloguePage.objects.get()


def found(client: Client, query: str) -> list[str]:
    page = client.get(f"/lessen/{query}")
    assert page.status_code == 200
    return [package.title for package in page.context["found"].packages]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Klein pakket", "Werk", "Docenten"}),
        ("?zoek=loon", {"Werk"}),
        ("?zoek=LOON+eerlijk", {"Werk"}),
        ("?zoek=loon+klein", set()),
        ("?doelgroep=teachers", {"Docenten"}),
        ("?leeftijd=16-18", {"Werk"}),
        ("?leeftijd=13-15", {"Klein pakket"}),
        ("?leeftijd=13-15&doelgroep=teachers", set()),
        ("?leeftijd=onzin&doelgroep=onzin&pagina=x", {"Klein pakket", "Werk", "Docenten"}),
    ],
)
def test_packages_are_found_by_words_audience_and_age(
    client: Client, catalogue: CataloguePage, query: str, titles: set[str]
) -> None:
    add_package(catalogue, 1, title="Werk", big_idea="Een eerlijk loon", age_from=16, age_to=18)
    add_package(catalogue, 2, title="Docenten", audience="teachers", age_from=19, age_to=99)
    assert set(found(client, query)) == titles


def test_each_choice_says_how_much_is_behind_it(client: Client, catalogue: CataloguePage) -> None:
    add_package(catalogue, 2, title="Docenten", audience="teachers", age_from=19, age_to=99)
    page = client.get("/lessen/?doelgroep=teachers")
    audience, age = page.context["facets"]
    assert [option["count"] for option in audience["options"]] == [1, 1, 0]
    assert [option["count"] for option in age["options"]] == [0, 0, 0, 1]
    chosen = audience["options"][1]
    assert chosen["is_on"]
    assert chosen["address"] == "?"


def test_many_packages_are_spread_over_pages_with_the_same_queries(
    client: Client, catalogue: CataloguePage, django_assert_num_queries: Any
) -> None:
    for number in range(26):
        add_package(catalogue, number)
    with django_assert_num_queries(3):  # what is there, what was asked, its cards
        first = client.get("/lessen/")
    assert len(first.context["found"].packages) == 12
    assert first.context["next"] == "?pagina=2"
    assert len(first.content) < 30_000
    with django_assert_num_queries(1):  # is it still what is there; in production every 5 seconds
        client.get("/lessen/")
    assert len(found(client, "?pagina=2")) == 12
    assert len(found(client, "?pagina=3")) == 3
    assert len(found(client, "?pagina=99")) == 3


def test_the_links_to_other_pages_keep_the_choices_and_say_where_they_lead(
    client: Client, catalogue: CataloguePage
) -> None:
    for number in range(26):
        add_package(catalogue, number)
    text = client.get("/lessen/?zoek=pakket&leeftijd=13-15&pagina=2").content.decode()
    kept = "/lessen/?zoek=pakket&amp;leeftijd=13-15&amp;pagina="
    links = re.findall(f'href="{re.escape(kept)}(\\d)"([^>]*)>([^<]+)<', text)
    assert [(number, words) for number, _attributes, words in links] == [
        ("1", "Vorige"),
        ("1", "1"),
        ("2", "2"),
        ("3", "3"),
        ("3", "Volgende"),
    ]
    assert 'aria-current="page" aria-label="Pagina 2"' in text
    assert text.count('aria-current="page" aria-label="Pagina') == 1


@pytest.mark.parametrize(
    ("total", "page", "numbers"),
    [
        (0, 1, [1]),
        (12, 1, [1]),
        (13, 2, [1, 2]),
        (1000, 1, [1, 2, None, 84]),
        (1000, 40, [1, None, 39, 40, 41, None, 84]),
        (1000, 84, [1, None, 83, 84]),
    ],
)
def test_of_many_pages_the_ends_and_the_neighbours_are_linked(
    total: int, page: int, numbers: list[int | None]
) -> None:
    assert list(page_numbers(Catalogue([], total, page, 1, {}))) == numbers


def test_what_is_published_changed_or_taken_away_shows_at_once(
    client: Client, catalogue: CataloguePage
) -> None:
    assert found(client, "") == ["Klein pakket"]
    new = add_package(catalogue, 1, title="Werk")
    assert set(found(client, "")) == {"Klein pakket", "Werk"}
    assert found(client, "?zoek=loon") == []
    new.title, new.big_idea = "Werk en loon", "Een eerlijk loon"
    new.save_revision().publish()
    assert found(client, "?zoek=loon") == ["Werk en loon"]
    assert "Een eerlijk loon" in client.get("/lessen/?zoek=loon").content.decode()
    new.unpublish()
    assert found(client, "") == ["Klein pakket"]


def test_a_search_looks_at_words_and_not_at_markup(
    client: Client, catalogue: CataloguePage
) -> None:
    add_package(catalogue, 1, title="Één", summary="<p>Geld &amp; <strong>werk</strong></p>")
    assert found(client, "?zoek=strong") == []
    assert found(client, "?zoek=geld+%26+werk") == ["Één"]
    assert found(client, "?zoek=één") == ["Één"]


def test_the_page_in_memory_is_in_the_language_that_is_asked_and_leads_back(
    client: Client, catalogue: CataloguePage
) -> None:
    dutch = client.get("/lessen/?doelgroep=teachers&zoek=x").content.decode()
    assert "Voor wie" in dutch
    assert 'name="next" value="/lessen/?doelgroep=teachers&amp;zoek=x"' in dutch
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get("/lessen/").content.decode()
    assert "Voor wie" not in english
    assert "Who it is for" in english
    assert 'name="next" value="/lessen/"' in english
    assert "12 to 15 years old" in english


def test_the_menu_of_a_learner_does_not_end_up_in_the_page_of_the_next(
    client: Client, learner_client: Client, catalogue: CataloguePage
) -> None:
    """S-36, in both orders."""
    for who, is_known in ((client, False), (learner_client, True)) * 2:
        text = who.get("/lessen/").content.decode()
        assert ('href="/mijn/"' in text) is is_known
        assert '<a class="site-header__link" href="/lessen/" aria-current="page">' in text


def test_nothing_found_shows_a_way_back(client: Client, catalogue: CataloguePage) -> None:
    text = client.get("/lessen/?zoek=bestaatniet").content.decode()
    assert "Niets gevonden" in text
    assert "Toon alle lessen" in text
    assert 'value="bestaatniet"' in text


def test_what_somebody_types_is_text(client: Client, catalogue: CataloguePage) -> None:
    text = client.get("/lessen/", {"zoek": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in text


def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "Er zijn nog geen lessen" in client.get("/lessen/").content.decode()


def test_a_draft_is_not_in_the_list(client: Client, package: LessonPackagePage) -> None:
    package.unpublish()
    assert found(client, "") == []
    assert client.get("/lessen/klein-pakket/").status_code == 404


def test_a_package_is_told_in_a_fixed_order(
    client: Client, package: LessonPackagePage, django_assert_max_num_queries: Any
) -> None:
    client.get("/lessen/klein-pakket/")
    with django_assert_max_num_queries(5):
        text = client.get("/lessen/klein-pakket/").content.decode()
    order = [
        "Klein pakket</h1>",
        "Je mag altijd hulp vragen.",
        "Bekijk als leerling",
        "Geef aan je klas",
        "12 tot en met 15 jaar",
        "<h2>Doelen</h2>",
        "Wat je eerst regelt",
        "<h2>Lessen</h2>",
        "Les een",
        "<h2>Quizzen</h2>",
        "Kleine quiz",
        "Wie dit maakte en nakeek",
        "Een zorgcoördinator",
        "Bronnen",
        "Nagekeken op 1 januari 2026",
        "CC BY-SA 4.0",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_note_for_the_editor_about_a_source_is_not_public(
    client: Client, package: LessonPackagePage
) -> None:
    assert "Kijk of dit nog klopt." not in client.get("/lessen/klein-pakket/").content.decode()


def test_the_guide_tells_what_to_do_when_somebody_tells_something(
    client: Client, package: LessonPackagePage
) -> None:
    text = client.get("/lessen/klein-pakket/handleiding/").content.decode()
    assert "Als een leerling iets vertelt" in text
    assert "Bel bij gevaar 112." in text
    assert "/lessen/klein-pakket/les-een/handleiding/" in text
    assert "GEHEIM" not in text


@pytest.mark.parametrize("path", ["/lessen/geen/", "/lessen/geen/handleiding/"])
def test_a_package_that_is_not_there_is_a_404(
    client: Client, package: LessonPackagePage, path: str
) -> None:
    assert client.get(path).status_code == 404
