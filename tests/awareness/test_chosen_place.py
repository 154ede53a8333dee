"""Who has no class says where they live, or nothing; it stays on the device."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from accounts.models import Learner
from awareness.models import LocalText
from awareness.queries import clear_memory
from organisations.municipalities import like
from tests.conftest import browser, signed_in
from tests.factories.awareness import GRONINGEN, UTRECHT, write_local
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.lessons import publish_every_block
from tests.factories.organisations import OrganisationFactory, make_municipal_editor, make_teacher

pytestmark = pytest.mark.django_db
LESSON = "/lessen/alle-blokken/elk-blok/"
STEP = f"{LESSON}3/"
CHOOSE = "/in-de-buurt/"
NATIONAL = "Je huisarts en je wijkteam weten wie kan helpen."
COOKIE = django_settings.PLACE_COOKIE_NAME
ASKED = "Kies je gemeente voor hulp in de buurt"
ASKED_AGAIN = "Kies een andere gemeente"


@pytest.fixture(autouse=True)
def _lesson(db: Any) -> None:
    publish_every_block()
    write_local(UTRECHT, nl="Het jongerenpunt op de Neude.")
    write_local(GRONINGEN, nl="Kom naar het Forum.")


def text_of(response: Any) -> str:
    return response.content.decode()


def choose(client: Client, name: str = "Utrecht", back: str = STEP) -> Any:
    return client.post(CHOOSE, {"municipality": name, "terug": back})


def pupil_in(municipality: str) -> Client:
    school = OrganisationFactory(municipality_code=municipality)
    room = make_classroom(teacher=make_teacher(organisation=school))
    return sign_in_learner(browser(), enrol(room))


@pytest.mark.parametrize("path", [STEP, f"{LESSON}heel/"])
def test_somebody_without_a_class_sees_what_the_chosen_municipality_wrote(path: str) -> None:
    visitor = browser()
    before = text_of(visitor.get(path))
    assert NATIONAL in before
    assert ASKED in before
    assert choose(visitor, back=path).headers["Location"] == path
    after = text_of(visitor.get(path))
    assert "jongerenpunt" in after
    assert "Dit schrijft de gemeente Utrecht." in after
    assert ASKED_AGAIN in after
    assert NATIONAL not in after
    assert "Forum" not in after
    assert "jongerenpunt" not in text_of(browser().get(path))


def test_the_place_is_a_cookie_that_goes_with_the_browser_and_nothing_is_stored() -> None:
    visitor = browser()
    cookie = choose(visitor).cookies[COOKIE]
    assert cookie.value == UTRECHT
    assert not cookie["max-age"]
    assert not cookie["expires"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    visitor.get(STEP)
    assert not Learner.objects.exists()


def test_no_page_that_depends_on_it_may_be_kept_by_a_cache() -> None:
    visitor = browser()
    choose(visitor)
    for path in (
        STEP,
        f"{LESSON}heel/",
        f"{LESSON}einde/",
        "/hulp/",
        CHOOSE,
        f"{CHOOSE}{UTRECHT}/",
    ):
        assert visitor.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("leave", ["exit", "accounts:leave"])
def test_leaving_takes_it_off_the_device(leave: str) -> None:
    visitor = browser()
    choose(visitor)
    response = visitor.post(reverse(leave))
    assert response.cookies[COOKIE].value == ""
    assert NATIONAL in text_of(visitor.get(STEP))


def test_a_choice_can_be_taken_back() -> None:
    visitor = browser()
    choose(visitor)
    assert "Nu gekozen op dit toestel: Utrecht." in text_of(visitor.get(CHOOSE))
    assert visitor.post(CHOOSE, {"none": "1", "terug": STEP}).headers["Location"] == STEP
    assert NATIONAL in text_of(visitor.get(STEP))


def test_choosing_can_be_skipped_and_keeps_nothing() -> None:
    response = browser().get(f"{CHOOSE}?terug={STEP}")
    assert f'href="{STEP}">Overslaan' in text_of(response)
    assert not response.cookies


def test_a_class_is_not_asked_and_wins_from_what_the_device_says() -> None:
    pupil = pupil_in(GRONINGEN)
    choose(pupil)
    page = text_of(pupil.get(STEP))
    assert "Forum" in page
    assert "jongerenpunt" not in page
    assert ASKED not in page
    assert ASKED_AGAIN not in page


def test_a_class_of_which_nobody_said_where_it_is_may_choose() -> None:
    pupil = pupil_in("")
    assert ASKED in text_of(pupil.get(STEP))
    choose(pupil)
    assert "jongerenpunt" in text_of(pupil.get(STEP))


def test_nobody_is_asked_where_it_makes_no_difference() -> None:
    LocalText.objects.all().delete()
    clear_memory()
    for path in (STEP, "/hulp/"):
        assert CHOOSE not in text_of(browser().get(path))


@pytest.mark.parametrize("forged", ["GM9999", "../", "<script>", "GM0344 "])
def test_a_place_that_is_none_counts_as_none(forged: str) -> None:
    visitor = browser()
    visitor.cookies[COOKIE] = forged
    page = text_of(visitor.get(STEP))
    assert NATIONAL in page
    assert ASKED in page
    assert "<script>" not in text_of(visitor.get(CHOOSE)).split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.parametrize("typed", ["utrecht", "UTRECHT", " Utrecht ", "GM0344"])
def test_a_name_is_found_as_somebody_types_it(typed: str) -> None:
    visitor = browser()
    assert choose(visitor, typed).status_code == 302
    assert visitor.cookies[COOKIE].value == UTRECHT


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Typ de naam van je gemeente."),
        ("Utrecth", "Bedoel je een van deze: Utrecht"),
        ("gron", "Bedoel je een van deze: Groningen"),
        ("Bergen", "Bergen"),
        ("xyzzy", "Deze gemeente kennen we niet."),
    ],
)
def test_a_name_that_is_not_found_is_helped_on_and_keeps_nothing(typed: str, told: str) -> None:
    response = choose(browser(), typed)
    assert response.status_code == 422
    assert told in text_of(response)
    assert COOKIE not in response.cookies


def test_names_are_found_by_their_beginning_first() -> None:
    assert [one.name for one in like("Gronin")][:1] == ["Groningen"]
    assert like("") == []
    assert len(like("a")) <= 8


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"],
)
def test_the_way_back_never_leads_to_another_site(elsewhere: str) -> None:
    assert choose(browser(), back=elsewhere).headers["Location"] == "/lessen/"
    assert choose(browser()).headers["Location"] == STEP


def test_a_link_of_a_municipality_shows_its_text_and_keeps_nothing_by_itself() -> None:
    visitor = browser()
    response = visitor.get(f"{CHOOSE}{UTRECHT}/?terug={STEP}")
    page = text_of(response)
    assert "jongerenpunt" in page
    assert "Forum" not in page
    assert not response.cookies
    assert NATIONAL in text_of(visitor.get(STEP))
    went_on = visitor.post(CHOOSE, {"municipality": UTRECHT, "terug": STEP})
    assert went_on.headers["Location"] == STEP  # and no choice in it
    assert "jongerenpunt" in text_of(visitor.get(STEP))


def test_a_municipality_that_is_none_has_no_link() -> None:
    assert browser().get(f"{CHOOSE}GM9999/").status_code == 404


def test_an_editor_gets_a_link_and_a_code_of_their_own_municipality_only() -> None:
    editor = signed_in(make_municipal_editor(UTRECHT))
    page = text_of(editor.get(f"/gemeente/{UTRECHT}/"))
    assert f"http://testserver{CHOOSE}{UTRECHT}/" in page
    assert editor.get(f"/gemeente/{UTRECHT}/qr.svg").headers["Content-Type"] == "image/svg+xml"
    assert editor.get(f"/gemeente/{GRONINGEN}/qr.svg").status_code == 404


def test_a_choice_costs_no_query(settings: Any, django_assert_num_queries: Any) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    visitor, other = browser(), browser()
    choose(visitor)
    for one in (visitor, other):
        one.get(STEP)
        one.get("/hulp/")
    for one in (visitor, other):
        for path in (STEP, f"{LESSON}heel/", "/hulp/", CHOOSE, f"{CHOOSE}{UTRECHT}/"):
            one.get(path)
            with django_assert_num_queries(0):
                one.get(path)
