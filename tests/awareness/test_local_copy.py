"""The copy for when there is no internet keeps what was shown: also of a municipality."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions import assign
from helplines.queries import clear_memory as forget_helplines
from lessons.models import LessonPage
from tests.conftest import browser
from tests.factories.awareness import GRONINGEN, UTRECHT, write_local
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.lessons import make_helpline, publish_every_block
from tests.factories.organisations import OrganisationFactory, make_teacher

pytestmark = pytest.mark.django_db
LESSON = "/lessen/alle-blokken/elk-blok/"
STEP, COPY = f"{LESSON}3/", f"{LESSON}kopie/"
OWN, OTHER = "Het jongerenpunt op de Neude.", "Kom naar het Forum."
NATIONAL = "Je huisarts en je wijkteam weten wie kan helpen."


@pytest.fixture(autouse=True)
def _texts(db: Any) -> None:
    publish_every_block()
    write_local(UTRECHT, nl=OWN)
    write_local(GRONINGEN, nl=OTHER)
    make_helpline("stichts", name="De Stichtse Lijn", municipalities=[UTRECHT])
    forget_helplines()


def pupil_in(municipality: str) -> Client:
    school = OrganisationFactory(municipality_code=municipality)
    room = make_classroom(teacher=make_teacher(organisation=school))
    lesson = LessonPage.objects.get(slug="elk-blok")
    assign(
        classroom=room, thing=lesson, due_on=None, note="", now=timezone.now(), user=room.teacher
    )
    return sign_in_learner(browser(), enrol(room))


def told_by(client: Client) -> tuple[str, str]:
    """The address of the copy and its version, as the page says them."""
    page = client.get(STEP).content.decode()
    address = re.search(r'data-copy-url="([^"]+)"', page)
    version = re.search(r'data-version="([^"]+)"', page)
    assert address
    assert version
    return unescape(address[1]), version[1]


def test_the_copy_holds_what_the_page_showed_and_its_version() -> None:
    pupil = pupil_in(UTRECHT)
    address, version = told_by(pupil)
    copy = pupil.get(address).json()
    assert copy["version"] == version
    for path in (STEP, f"{LESSON}heel/"):
        assert OWN in copy["pages"][path]
        assert NATIONAL not in copy["pages"][path]
        assert "De Stichtse Lijn" in copy["pages"][path]
        assert "/in-de-buurt/" not in copy["pages"][path]
    assert "De Stichtse Lijn" in copy["pages"][f"{LESSON}einde/"]
    assert "De Stichtse Lijn" in copy["pages"]["/hulp/"]
    assert OTHER not in str(copy)


def test_each_municipality_has_a_copy_of_its_own_and_the_others_the_national_one() -> None:
    said = {place: told_by(pupil_in(place)) for place in (UTRECHT, GRONINGEN, "GM0363", "")}
    assert said["GM0363"] == said[""] == (COPY, browser().get(COPY).json()["version"])
    assert len({version for _address, version in said.values()}) == 3
    assert OTHER in str(browser().get(said[GRONINGEN][0]).json())
    national = str(browser().get(COPY).json())
    assert NATIONAL in national
    assert OWN not in national
    assert "De Stichtse Lijn" not in national


def test_a_place_that_is_none_gets_the_national_copy() -> None:
    assert browser().get(f"{COPY}?gemeente=GM9999").json() == browser().get(COPY).json()


def test_a_change_gives_another_version() -> None:
    pupil = pupil_in(UTRECHT)
    before = told_by(pupil)
    write_local(UTRECHT, nl="Nu op het Vredenburg.")
    after = told_by(pupil)
    assert before[1] != after[1]
    assert "Nu op het Vredenburg." in str(pupil.get(after[0]).json())


def test_it_costs_no_query_when_warm(settings: Any, django_assert_num_queries: Any) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    address = f"{COPY}?gemeente={UTRECHT}"
    browser().get(address)
    with django_assert_num_queries(0):
        browser().get(address)
