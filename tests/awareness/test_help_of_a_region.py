"""Helplines of a region: for who is there, beside the national ones, and never instead."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from helplines.helpline_file import HelplineFileError, read_helplines, shipped_helplines
from helplines.models import Helpline
from helplines.queries import clear_memory, help_page, helplines_by_slug, helplines_near
from tests.conftest import browser
from tests.factories.awareness import GRONINGEN, UTRECHT
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.lessons import make_helpline, publish_every_block
from tests.factories.organisations import OrganisationFactory, make_teacher

pytestmark = pytest.mark.django_db
LESSON = "/lessen/alle-blokken/elk-blok/"
STEP, END = f"{LESSON}3/", f"{LESSON}einde/"
YOUNG, CARE, FAR = "De Stichtse Lijn", "Zorgcoördinator regio Utrecht", "De Noordlijn"
PAGES = (STEP, f"{LESSON}heel/", END)


@pytest.fixture(autouse=True)
def _helplines(db: Any) -> None:
    publish_every_block()
    make_helpline("landelijk", name="De Landelijke Lijn")
    make_helpline("stichts", name=YOUNG, municipalities=[UTRECHT, "GM0356"])
    make_helpline("zorg", name=CARE, for_whom="professionals", municipalities=[UTRECHT])
    make_helpline("noord", name=FAR, municipalities=[GRONINGEN])
    clear_memory()


def text_of(response: Any) -> str:
    return response.content.decode()


def chosen(municipality: str) -> Client:
    visitor = browser()
    visitor.post("/in-de-buurt/", {"municipality": municipality, "terug": "/"})
    return visitor


def pupil_in(municipality: str) -> Client:
    school = OrganisationFactory(municipality_code=municipality)
    room = make_classroom(teacher=make_teacher(organisation=school))
    return sign_in_learner(browser(), enrol(room))


def test_the_rule_by_place_and_by_reader() -> None:
    def names(place: str, *, for_professionals: bool) -> list[str]:
        found = helplines_near(place, for_professionals=for_professionals)
        return sorted(one.name for one in found)

    assert names(UTRECHT, for_professionals=False) == [YOUNG]
    assert names(UTRECHT, for_professionals=True) == [YOUNG, CARE]
    assert names("GM0356", for_professionals=True) == [YOUNG]
    assert names(GRONINGEN, for_professionals=True) == [FAR]
    assert names("", for_professionals=True) == []
    assert names("GM9999", for_professionals=True) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_lesson_shows_the_region_beside_the_national_lines(path: str) -> None:
    for visitor in (chosen(UTRECHT), pupil_in(UTRECHT)):
        page = text_of(visitor.get(path))
        assert YOUNG in page
        assert "Hulp in de buurt van Utrecht" in page
        assert "De Testlijn" in page
        assert CARE not in page  # a lesson for young people
        assert FAR not in page


@pytest.mark.parametrize("path", [*PAGES, "/hulp/", "/signalen/", "/"])
def test_who_is_nowhere_sees_no_region(path: str) -> None:
    page = text_of(browser().get(path))
    assert YOUNG not in page
    assert CARE not in page
    assert FAR not in page


def test_the_help_page_shows_the_region_of_the_class_or_of_the_choice() -> None:
    for visitor in (chosen(UTRECHT), pupil_in(UTRECHT)):
        page = text_of(visitor.get("/hulp/"))
        assert YOUNG in page
        assert "De Landelijke Lijn" in page
        assert FAR not in page
    assert CARE in text_of(chosen(UTRECHT).get("/hulp/"))  # who may be a professional
    assert CARE not in text_of(pupil_in(UTRECHT).get("/hulp/"))
    pupil = pupil_in(GRONINGEN)
    pupil.post("/in-de-buurt/", {"municipality": UTRECHT})
    assert FAR in text_of(pupil.get("/hulp/"))
    assert YOUNG not in text_of(pupil.get("/hulp/"))


def test_a_municipality_without_lines_is_told_that_the_national_ones_are_there() -> None:
    page = text_of(chosen("GM0363").get("/hulp/"))
    assert "Voor Amsterdam staat hier geen eigen hulplijn." in page
    assert "De Landelijke Lijn" in page


def test_the_help_page_works_without_a_database(monkeypatch: Any) -> None:
    pupil = pupil_in(UTRECHT)
    pupil.get("/hulp/")

    def broken(_token: Any) -> str:
        raise DatabaseError

    monkeypatch.setattr("awareness.help_nearby.municipality_of_class", broken)
    page = text_of(pupil.get("/hulp/"))
    assert "De Landelijke Lijn" in page


def test_a_regional_line_in_a_card_or_a_quiz_is_shown_to_nobody_elsewhere() -> None:
    assert "De Testlijn" in text_of(browser().get(STEP))
    line = Helpline.objects.get(name="De Testlijn")
    line.municipalities = [GRONINGEN]
    line.save()
    clear_memory()
    page = text_of(browser().get(STEP))
    assert "De Testlijn" not in page
    assert helplines_by_slug(["stichts", "landelijk"])[0].slug == "landelijk"
    groups = help_page()
    everywhere = [*groups.acute, *groups.talk, *groups.advice, *groups.professionals]
    assert all(one.is_national for one in everywhere)


def test_what_ships_helps_everywhere_and_a_file_may_name_a_region() -> None:
    assert not any(entry.municipalities for entry in shipped_helplines())
    line = """helplines:
  - {slug: a, name: A, what: Helpt., for_whom: everyone, url: "https://example.org/",
     municipalities: [%s], source_title: x, source_url: "https://example.org/",
     checked_on: 2026-01-01, check_by: 2026-06-01, owner: redactie}"""
    assert read_helplines(line % "GM0344, GM0356")[0].municipalities == ["GM0344", "GM0356"]
    with pytest.raises(HelplineFileError, match="municipalities"):
        read_helplines(line % "Utrecht")


def test_an_editor_chooses_the_municipalities_of_a_region(admin_client: Client) -> None:
    helpline = Helpline.objects.get(slug="noord")
    address = reverse("wagtailsnippets_helplines_helpline:edit", args=[helpline.pk])
    form = admin_client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    values |= {"languages": "[]", "municipalities": [UTRECHT, GRONINGEN]}
    assert admin_client.post(address, values).status_code == 302
    helpline.refresh_from_db()
    assert helpline.municipalities == [UTRECHT, GRONINGEN]
    assert not helpline.is_national
    refused = admin_client.post(address, {**values, "municipalities": ["GM9999"]})
    assert "Kies gemeenten uit de lijst." in text_of(refused)


def test_the_help_page_costs_a_learner_one_query_more_and_nobody_else(
    settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    pupil, visitor = pupil_in(UTRECHT), chosen(UTRECHT)
    for one in (pupil, visitor):
        one.get("/hulp/")
    with django_assert_num_queries(2):
        pupil.get("/hulp/")
    with django_assert_num_queries(0):
        visitor.get("/hulp/")
