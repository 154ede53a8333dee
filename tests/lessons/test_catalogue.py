from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from lessons.catalogue import Catalogue
from lessons.catalogue_rendering import page_numbers
from lessons.models import CataloguePage, LessonPackagePage
from lessons.searching import Search
from tests.factories.lessons import add_package

pytestmark = pytest.mark.django_db
ALL_THREE = {"Klein pakket", "Werk", "Docenten"}


@pytest.fixture
def catalogue(package: LessonPackagePage) -> CataloguePage:
    return CataloguePage.objects.get()


def found(client: Client, query: str) -> list[str]:
    page = client.get(f"/lessen/{query}")
    assert page.status_code == 200
    links = re.findall(r'<a class="package-card__link"[^>]*>(.*?)</a>', page.text)
    return [re.sub("<[^>]+>", "", link) for link in links]


def options(text: str) -> dict[str, tuple[str, int]]:
    """What each choice leads to, and the number behind it."""
    found = re.findall(
        r'<(?:a|span) class="facet-list__option"([^>]*)><span[^>]*>(.*?)</span> '
        r'<span class="facet-list__count">(\d+)<',
        text,
    )
    addresses = (re.search('href="([^"]*)"', attributes) for attributes, _label, _count in found)
    return {
        label: (unescape(address.group(1)) if address else "", int(count))
        for address, (_attributes, label, count) in zip(addresses, found, strict=True)
    }


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ALL_THREE),
        ("?zoek=loon", {"Werk"}),
        ("?zoek=LOON+eerlijk", {"Werk"}),
        ("?zoek=eerlijke+lonen", {"Werk"}),
        ("?zoek=eeerlijk", {"Werk"}),
        ("?zoek=loon+klein", set()),
        ("?doelgroep=teachers", {"Docenten"}),
        ("?leeftijd=16-18", {"Werk"}),
        ("?leeftijd=13-15", {"Klein pakket"}),
        ("?leeftijd=13-15&doelgroep=teachers", set()),
        ("?school=mbo&minuten=20", {"Werk"}),
        ("?apparaten=zonder", {"Werk"}),
        ("?vorm=g", {"Klein pakket"}),
        ("?leeftijd=onzin&doelgroep=onzin&pagina=x&sorteer=x&kerndoel=x", ALL_THREE),
    ],
)
def test_packages_are_found_by_words_and_choices(
    client: Client, catalogue: CataloguePage, query: str, titles: set[str]
) -> None:
    mbo = [("school_type", "mbo")]
    work = {"big_idea": "Een eerlijk loon", "age_from": 16, "age_to": 18, "school_types": mbo}
    add_package(catalogue, 1, title="Werk", minutes=15, needs_devices=False, **work)
    add_package(catalogue, 2, title="Docenten", audience="teachers", age_from=19, age_to=99)
    assert set(found(client, query)) == titles


def test_each_choice_says_how_much_is_behind_it(client: Client, catalogue: CataloguePage) -> None:
    add_package(catalogue, 2, title="Docenten", audience="teachers", age_from=19, age_to=99)
    there = options(client.get("/lessen/?doelgroep=teachers").text)
    assert there["Jongeren"] == ("/lessen/?doelgroep=young_people", 1)
    assert there["Docenten en begeleiders"] == ("/lessen/", 1)  # on; once more takes it off
    assert there["13 tot en met 15 jaar"] == ("", 0)  # would leave nothing
    assert there["19 jaar en ouder"] == ("/lessen/?doelgroep=teachers&leeftijd=19-99", 1)
    assert "Professionals" not in there


def test_what_was_chosen_can_be_taken_away_one_by_one_or_all(
    client: Client, catalogue: CataloguePage
) -> None:
    text = client.get("/lessen/?zoek=klein&sorteer=titel&leeftijd=13-15").text
    chips = re.findall(r'<a class="chip" href="([^"]*)">.*?</span> (.*?) ?<svg', text)
    assert [(unescape(address), label) for address, label in chips] == [
        ("/lessen/?leeftijd=13-15&sorteer=titel", "‘klein’"),
        ("/lessen/?sorteer=titel&zoek=klein", "Leeftijd: 13 tot en met 15 jaar"),
    ]
    assert '<a class="chip-list__clear" href="/lessen/">Wis alles</a>' in text
    # However it was asked, a search has one address.
    canonical = "http://localhost:8000/lessen/?leeftijd=13-15&amp;sorteer=titel&amp;zoek=klein"
    assert f'<link rel="canonical" href="{canonical}">' in text


def test_what_was_found_is_marked_and_a_guess_is_told(
    client: Client, catalogue: CataloguePage
) -> None:
    add_package(catalogue, 1, title="Werk <b>", summary="<p>Over mensenhandel &amp; loon.</p>")
    text = client.get("/lessen/?zoek=mensnhandel").text
    assert "Over <mark>mensenhandel</mark> &amp; loon." in text
    assert "We zochten ook op ‘mensenhandel’." in text
    text = client.get("/lessen/?zoek=werken").text
    assert "<mark>Werk</mark> &lt;b&gt;" in text
    assert "We zochten ook op" not in text


def test_many_packages_are_spread_over_pages_with_the_same_queries(
    client: Client, catalogue: CataloguePage, django_assert_num_queries: Any
) -> None:
    for number in range(26):
        add_package(catalogue, number, minutes=45 + number)
    with django_assert_num_queries(3):  # what is there, what was asked, its cards
        first = client.get("/lessen/")
    assert 'href="/lessen/?pagina=2">Volgende' in first.text
    assert len(first.content) < 40_000
    with django_assert_num_queries(1):  # is it still what is there; in production every 5 seconds
        assert len(found(client, "")) == 12
    assert len(found(client, "?pagina=2")) == 12
    assert len(found(client, "?pagina=3")) == 3
    assert len(found(client, "?pagina=99")) == 3
    assert found(client, "?sorteer=kort")[:3] == ["Klein pakket", "Pakket 0", "Pakket 1"]
    assert found(client, "?sorteer=titel&pagina=3")[-2:] == ["Pakket 8", "Pakket 9"]


def test_the_links_to_other_pages_keep_the_choices_and_say_where_they_lead(
    client: Client, catalogue: CataloguePage
) -> None:
    for number in range(26):
        add_package(catalogue, number)
    text = client.get("/lessen/?zoek=pakket&leeftijd=13-15&pagina=2").content.decode()
    kept = r"/lessen/\?leeftijd=13-15(?:&amp;pagina=(\d))?&amp;zoek=pakket"
    links = re.findall(f'class="pagination__link" href="{kept}"([^>]*)>([^<]+)<', text)
    assert [(number, words) for number, _attributes, words in links] == [
        ("", "Vorige"),
        ("", "1"),
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
    assert list(page_numbers(Catalogue([], total, page, 1, {}, Search(0, 0)))) == numbers


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
    assert "Een eerlijk <mark>loon</mark>" in client.get("/lessen/?zoek=loon").text
    new.unpublish()
    assert found(client, "") == ["Klein pakket"]


def test_a_search_looks_at_words_and_not_at_markup(
    client: Client, catalogue: CataloguePage
) -> None:
    add_package(catalogue, 1, title="Één", summary="<p>Geld &amp; <strong>werk</strong></p>")
    assert found(client, "?zoek=strong") == []
    assert found(client, "?zoek=geld+%26+werk") == ["Één"]
    assert found(client, "?zoek=één+werk") == ["Één"]
    assert found(client, "?zoek=een+werk") == ["Één"]


def test_the_page_in_memory_is_in_the_language_that_is_asked_and_leads_back(
    client: Client, catalogue: CataloguePage
) -> None:
    add_package(catalogue, 1, audience="teachers")
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


def test_nothing_found_says_what_to_take_away(client: Client, catalogue: CataloguePage) -> None:
    add_package(catalogue, 1, title="Docenten", audience="teachers", age_from=19, age_to=99)
    text = client.get("/lessen/?zoek=klein&doelgroep=teachers").text
    assert "Niets gevonden" in text
    assert "Toon alle lessen" in text
    assert 'value="klein"' in text
    ways = re.findall(r'<a href="([^"]*)">Zonder ([^<]*)</a> <span class="text-soft">([^<]*)', text)
    assert ways == [
        ("/lessen/?zoek=klein", "Voor wie: Docenten en begeleiders", "(1 lespakket)"),
        ("/lessen/?doelgroep=teachers", "‘klein’", "(1 lespakket)"),
    ]
    text = client.get("/lessen/?zoek=bestaatniet").text
    assert "Zonder ‘bestaatniet’" in text


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
        text = client.get("/lessen/klein-pakket/").text.partition("<main")[2]
    order = [
        "Klein pakket</h1>",
        "Je mag altijd hulp vragen.",
        "Bekijk als leerling",
        "Geef aan je klas",
        "12 tot en met 15 jaar",
        "<dt>Tijd</dt>",
        "<dt>Hoe gevoelig</dt>",
        "<h2>Doelen</h2>",
        "Kerndoelen",
        "Wat je eerst regelt",
        "<h2>Lessen</h2>",
        "Les een",
        "<h2>Quizzen</h2>",
        "Kleine quiz",
        "<h2>Wat je nodig hebt</h2>",
        "Voor elke leerling een telefoon of computer",
        "Wie dit maakte en nakeek",
        "Een zorgcoördinator",
        "Bijgewerkt op",
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
