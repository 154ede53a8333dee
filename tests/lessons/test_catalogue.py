from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lessons.models import CataloguePage, LessonPackagePage
from lessons.querysets import LessonPackageQuerySet

pytestmark = pytest.mark.django_db


def add_package(catalogue: CataloguePage, number: int, **fields: Any) -> LessonPackagePage:
    values = {
        "title": f"Pakket {number}",
        "slug": f"pakket-{number}",
        "big_idea": "Kijk goed",
        "summary": "<p>Tekst</p>",
        "audience": "young_people",
        "age_from": 12,
        "age_to": 15,
        "level": "vmbo",
        "minutes": 45,
        "before": "<p>Niets</p>",
        "disclosure": "<p>Luister</p>",
        "review_by": date(2030, 1, 1),
        "made_by": "Redactie",
        **fields,
    }
    return catalogue.add_child(instance=LessonPackagePage(**values))


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
    client: Client, catalogue: CataloguePage, django_assert_max_num_queries: Any
) -> None:
    for number in range(14):
        add_package(catalogue, number)
    client.get("/lessen/")
    with django_assert_max_num_queries(3):
        first = client.get("/lessen/")
    assert len(first.context["found"].packages) == 12
    assert first.context["next"] == "?pagina=2"
    assert len(found(client, "?pagina=2")) == 3
    assert len(found(client, "?pagina=99")) == 3


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


def test_words_are_looked_for_together(package: LessonPackagePage) -> None:
    packages: LessonPackageQuerySet = LessonPackagePage.objects.all()
    assert packages.about("klein hulp").count() == 1
    assert packages.about("klein loon").count() == 0
