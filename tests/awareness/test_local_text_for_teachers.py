"""The guide, the board and paper show the text of where the class or the teacher is, and say so."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from awareness.pieces import nearby
from awareness.queries import clear_memory
from helplines.queries import clear_memory as forget_helplines
from lessons.models import LessonPackagePage, LessonPage
from lessons.nearby import NOWHERE, Nearby
from lessons.sheets import guide_pdf, worksheet_pdf
from organisations.models import Organisation
from organisations.permissions import workplace_of
from tests.conftest import browser, signed_in
from tests.factories.awareness import GRONINGEN, UTRECHT, write_local
from tests.factories.classrooms import make_classroom
from tests.factories.lessons import make_helpline, publish_every_block
from tests.factories.organisations import OrganisationFactory, make_teacher
from tests.printing.documents import text_of as pdf_text

pytestmark = pytest.mark.django_db
LESSON = "/lessen/alle-blokken/elk-blok/"
GUIDE, HANDOUT = f"{LESSON}handleiding/", f"{LESSON}bord/afdrukken/"
OWN, OTHER = "Het jongerenpunt op de Neude.", "Kom naar het Forum."
NATIONAL = "Je huisarts en je wijkteam weten wie kan helpen."
IS_NATIONAL = "Dit is de landelijke tekst."
SCREENS = (GUIDE, HANDOUT)


@pytest.fixture(autouse=True)
def _texts(db: Any) -> None:
    publish_every_block()
    write_local(UTRECHT, nl=OWN)
    write_local(GRONINGEN, nl=OTHER)


def text_of(response: Any) -> str:
    return response.content.decode()


def teacher_in(municipality: str) -> User:
    return make_teacher(organisation=OrganisationFactory(municipality_code=municipality))


@pytest.mark.parametrize("path", SCREENS)
def test_a_teacher_sees_the_text_of_where_they_work(path: str) -> None:
    page = text_of(signed_in(teacher_in(UTRECHT)).get(path))
    assert OWN in page
    assert "Dit schrijft de gemeente Utrecht." in page
    assert OTHER not in page
    assert NATIONAL not in page


@pytest.mark.parametrize("path", SCREENS)
def test_without_such_a_text_it_says_that_it_is_the_national_one(path: str) -> None:
    nobody = text_of(signed_in(teacher_in("")).get(path))
    elsewhere = text_of(signed_in(teacher_in("GM0363")).get(path))
    for page in (nobody, elsewhere):
        assert NATIONAL in page
        assert IS_NATIONAL in page
        assert OWN not in page
    assert "De gemeente Amsterdam schreef hier nog niets." in elsewhere


def test_the_guide_shows_where_to_say_where_the_school_is() -> None:
    where = "/docent/gemeente/"
    assert where in text_of(signed_in(teacher_in("")).get(GUIDE))
    assert where not in text_of(signed_in(teacher_in(UTRECHT)).get(GUIDE))


def test_from_a_class_it_is_the_text_of_that_class() -> None:
    teacher = teacher_in(UTRECHT)
    school = OrganisationFactory(municipality_code=GRONINGEN)
    teacher.roles.create(organisation=school, name="teacher")
    room = make_classroom(teacher=teacher)
    room.organisation = school
    room.save()
    client = signed_in(teacher)
    for path in SCREENS:
        assert OWN in text_of(client.get(path))
        page = text_of(client.get(f"{path}?klas={room.public_id}"))
        assert OTHER in page
        assert OWN not in page
    guide = text_of(client.get(f"{GUIDE}?klas={room.public_id}"))
    for led_to in ("bord/1/", "handleiding.pdf", "werkblad.pdf"):
        assert f"{LESSON}{led_to}?klas={room.public_id}" in guide
    board = text_of(client.get(f"{LESSON}bord/1/?klas={room.public_id}&thema=donker"))
    assert f"{LESSON}bord/2/?thema=donker&amp;klas={room.public_id}" in board


def test_somebody_elses_class_is_not_there() -> None:
    room = make_classroom(teacher=teacher_in(GRONINGEN))
    client = signed_in(teacher_in(UTRECHT))
    for path in (*SCREENS, f"{LESSON}handleiding.pdf", f"{LESSON}werkblad.pdf"):
        for classroom in (room.public_id, uuid4(), "geen-klas"):
            assert client.get(f"{path}?klas={classroom}").status_code == 404
    assert browser().get(f"{LESSON}werkblad.pdf?klas={room.public_id}").status_code == 404


def pages() -> tuple[LessonPackagePage, LessonPage]:
    package = LessonPackagePage.objects.get(slug="alle-blokken")
    return package, LessonPage.objects.get(slug="elk-blok")


def printed(client: Client, name: str) -> str:
    response = client.get(f"{LESSON}{name}.pdf")
    assert response.status_code == 200
    return " ".join(pdf_text(response.content).split())


@pytest.mark.parametrize("name", ["handleiding", "werkblad"])
def test_paper_of_one_municipality_never_reaches_another(
    name: str, settings: Any, tmp_path: Any
) -> None:
    settings.PRINT_ROOT = tmp_path
    utrecht, groningen = signed_in(teacher_in(UTRECHT)), signed_in(teacher_in(GRONINGEN))
    nobody = signed_in(teacher_in(""))
    for _again in range(2):  # the second time from disk
        assert OWN in printed(utrecht, name)
        assert OTHER in printed(groningen, name)
        assert IS_NATIONAL in printed(nobody, name)
        for one, other in ((utrecht, OTHER), (groningen, OWN), (nobody, OWN), (nobody, OTHER)):
            assert other not in printed(one, name)
    assert len(list(tmp_path.glob("*.pdf"))) == 3
    write_local(UTRECHT, nl="Nu op het Vredenburg.")
    assert "Nu op het Vredenburg." in printed(utrecht, name)


def test_somebody_without_an_account_prints_what_they_chose(settings: Any, tmp_path: Any) -> None:
    settings.PRINT_ROOT = tmp_path
    visitor = browser()
    assert OWN not in printed(visitor, "werkblad")
    visitor.post("/in-de-buurt/", {"municipality": UTRECHT})
    assert OWN in printed(visitor, "werkblad")


def test_the_guide_shows_professionals_lines_and_the_board_does_not() -> None:
    make_helpline("zorg", name="Zorgregie", for_whom="professionals", municipalities=[UTRECHT])
    make_helpline("stichts", name="De Stichtse Lijn", municipalities=[UTRECHT])
    forget_helplines()
    client = signed_in(teacher_in(UTRECHT))
    guide, board = (text_of(client.get(path)) for path in SCREENS)
    assert "De Stichtse Lijn" in guide
    assert "Zorgregie" in guide
    assert "De Stichtse Lijn" in board
    assert "Zorgregie" not in board


def test_a_stamp_tells_one_municipality_from_another() -> None:
    own, other = (nearby(code, "nl", for_professionals=False) for code in (UTRECHT, GRONINGEN))
    assert len({own.stamp, other.stamp, NOWHERE.stamp}) == 3
    assert NOWHERE.stamp == Nearby("GM0363").stamp == ""
    with translation.override("en"):
        assert nearby(UTRECHT, "nl", for_professionals=False).stamp != own.stamp


def test_a_suspended_teacher_works_nowhere(organisation: Organisation) -> None:
    teacher = teacher_in(UTRECHT)
    assert workplace_of(teacher) == UTRECHT
    teacher.roles.update(suspended_at="2026-01-01T00:00:00Z")
    assert workplace_of(teacher) == ""


def test_it_costs_a_teacher_one_query_more_wherever_they_are(
    settings: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    clear_memory()
    counts = []
    for place in (UTRECHT, "GM0363", ""):
        client = signed_in(teacher_in(place))
        client.get(GUIDE)
        with django_assert_max_num_queries(60) as found:
            client.get(GUIDE)
        counts.append(len(found))
    assert len(set(counts)) == 1


def test_papers_without_a_place_are_as_they_were(settings: Any, tmp_path: Any) -> None:
    settings.PRINT_ROOT = tmp_path
    for make in (guide_pdf, worksheet_pdf):
        assert NATIONAL in " ".join(pdf_text(make(*pages())).split())
