"""A municipality fills a place in lessons, and the classes there see it; nobody else does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from awareness.models import LocalText
from awareness.queries import clear_memory
from classrooms.models import Classroom
from lessons.rich_text import UnusableMarkdownError
from organisations.models import Organisation
from organisations.permissions import is_teacher, municipalities_of
from tests.conftest import browser, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.awareness import GRONINGEN, UTRECHT, write_local
from tests.factories.classrooms import enrol, make_classroom, sign_in_learner
from tests.factories.lessons import publish_every_block
from tests.factories.organisations import OrganisationFactory, make_municipal_editor, make_teacher

pytestmark = pytest.mark.django_db
SLOT = "lokale-hulp"
LESSON = "/lessen/alle-blokken/elk-blok/"
TEXTS = f"/gemeente/{UTRECHT}/"
TEXT = f"{TEXTS}{SLOT}/"
NATIONAL = "Je huisarts en je wijkteam weten wie kan helpen."
OWN = "Loop binnen bij het **jongerenpunt** op de Neude."
OWN_HTML = "Loop binnen bij het <b>jongerenpunt</b> op de Neude."


def text_of(response: Any) -> str:
    return response.content.decode()


def filled_in(**changes: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=90)
    values = {"text_nl": OWN, "text_en": "", "text_ar": "", "owner": "beleid zorg"}
    return {**values, "check_by": day.isoformat(), **changes}


@pytest.fixture(autouse=True)
def _every_block(db: Any) -> None:
    publish_every_block()


@pytest.fixture
def editor_of_utrecht() -> User:
    return make_municipal_editor(UTRECHT)


@pytest.fixture
def utrecht(editor_of_utrecht: User) -> Client:
    return signed_in(editor_of_utrecht)


def class_in(municipality: str) -> Classroom:
    school = OrganisationFactory(municipality_code=municipality)
    return make_classroom(teacher=make_teacher(organisation=school))


def pupil_in(municipality: str) -> Client:
    return sign_in_learner(browser(), enrol(class_in(municipality)))


PAGES = (f"{LESSON}3/", f"{LESSON}heel/")


@pytest.mark.parametrize("path", PAGES)
def test_a_class_sees_what_its_own_municipality_wrote(path: str) -> None:
    write_local(UTRECHT, nl=OWN)
    write_local(GRONINGEN, nl="Kom naar het Forum.")
    page = text_of(pupil_in(UTRECHT).get(path))
    assert OWN_HTML in page
    assert "Dit schrijft de gemeente Utrecht." in page
    assert NATIONAL not in page
    assert "Forum" not in page
    assert page.count("data-local-slot=") == 1


@pytest.mark.parametrize("path", PAGES)
def test_everybody_else_sees_the_national_text(path: str) -> None:
    write_local(UTRECHT, nl=OWN)
    for visitor in (browser(), pupil_in(GRONINGEN), pupil_in("")):
        page = text_of(visitor.get(path))
        assert NATIONAL in page
        assert "jongerenpunt" not in page
        assert "Dit schrijft de gemeente" not in page


def test_a_text_in_another_language_is_not_shown_in_this_one() -> None:
    write_local(UTRECHT, en="Walk in at the youth desk.")
    page = text_of(pupil_in(UTRECHT).get(PAGES[0]))
    assert NATIONAL in page
    assert "youth desk" not in page


def test_it_costs_a_learner_no_query_more(settings: Any, django_assert_num_queries: Any) -> None:
    settings.LESSON_RECHECK_SECONDS = 60
    write_local(UTRECHT, nl=OWN)
    pupil, elsewhere = pupil_in(UTRECHT), pupil_in("")
    for one in (pupil, elsewhere):
        one.get(PAGES[0])
    with django_assert_num_queries(2):  # one of them for the question in this step
        assert NATIONAL in text_of(elsewhere.get(PAGES[0]))
    with django_assert_num_queries(2):
        assert OWN_HTML in text_of(pupil.get(PAGES[0]))
    with django_assert_num_queries(0):
        browser().get(PAGES[0])


def test_the_first_class_with_a_municipality_counts() -> None:
    write_local(UTRECHT, nl=OWN)
    joined = enrol(class_in(""))
    learner = sign_in_learner(browser(), joined)
    assert NATIONAL in text_of(learner.get(PAGES[0]))
    class_in(UTRECHT).enrolments.create(learner=joined.enrolment.learner, nickname="Blauwe Fiets")
    assert OWN_HTML in text_of(learner.get(PAGES[0]))


def test_an_editor_writes_and_it_shows_at_once_with_a_line_in_the_log(
    utrecht: Client, editor_of_utrecht: User
) -> None:
    assert "Nog leeg" in text_of(utrecht.get(TEXTS))
    page = text_of(utrecht.get(TEXT))
    assert NATIONAL in page
    assert "Wie het leest: jongeren" in page
    assert "Elk blok een keer" in page
    answer = utrecht.post(TEXT, filled_in(text_en="Walk in."), follow=True)
    assert "Opgeslagen" in text_of(answer)
    clear_memory()
    assert OWN_HTML in text_of(pupil_in(UTRECHT).get(PAGES[0]))
    assert "1 van 1 plek ingevuld" in text_of(utrecht.get(TEXTS))
    lines = ModelLogEntry.objects.filter(action="awareness.write")
    assert {line.user for line in lines} == {editor_of_utrecht}
    assert lines.count() == 2
    assert "jongerenpunt" not in str([line.data for line in lines])


def test_what_stays_the_same_is_left_alone(utrecht: Client) -> None:
    for _time in range(2):
        utrecht.post(TEXT, filled_in())
    assert LocalText.objects.count() == 1


def test_one_language_can_go_while_the_others_stay(utrecht: Client) -> None:
    utrecht.post(TEXT, filled_in(text_en="Walk in."))
    utrecht.post(TEXT, filled_in())
    shown = LocalText.objects.filter(is_current=True)
    assert [(one.language, one.text) for one in shown] == [("nl", OWN)]


def test_an_earlier_text_is_kept_and_an_empty_form_brings_the_national_one_back(
    utrecht: Client,
) -> None:
    utrecht.post(TEXT, filled_in())
    utrecht.post(TEXT, filled_in(text_nl="Bel het wijkteam."))
    assert OWN in text_of(utrecht.get(TEXT))
    answer = utrecht.post(TEXT, {"text_nl": " "}, follow=True)
    assert "zien de landelijke tekst" in text_of(answer)
    assert "Bel het wijkteam." in text_of(answer)
    clear_memory()
    assert NATIONAL in text_of(pupil_in(UTRECHT).get(PAGES[0]))
    assert not LocalText.objects.filter(is_current=True).exists()
    assert ModelLogEntry.objects.filter(action="awareness.take_away").count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("text_nl", "", "Schrijf de tekst ook in het Nederlands"),
        ("text_nl", "Ga naar mevrouw Jansen.", "Noem een functie, geen naam"),
        ("text_nl", "# Kop", "Haal koppen, beelden en HTML weg"),
        ("text_nl", "<script>alert(1)</script>", "Haal koppen, beelden en HTML weg"),
        ("text_nl", "[klik](javascript:alert(1))", "Haal koppen, beelden en HTML weg"),
        ("text_ar", "![x](https://example.org/x.png)", "Haal koppen, beelden en HTML weg"),
        ("text_nl", "a" * 1501, "1500"),
        ("owner", "", "Vul in welke functie dit nakijkt"),
        ("owner", "meneer Bakker", "Schrijf een functie, geen naam"),
        ("check_by", "", "Kies een dag waarop iemand dit weer nakijkt"),
        ("check_by", "morgen", "Vul een dag in"),
        ("check_by", "2020-01-01", "na vandaag en binnen een jaar"),
        ("check_by", "2099-01-01", "na vandaag en binnen een jaar"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    utrecht: Client, field: str, typed: str, told: str
) -> None:
    """S-57: what somebody types never runs for a pupil."""
    sent = filled_in(text_en="An English text.", **{field: typed})
    answer = utrecht.post(TEXT, sent)
    assert answer.status_code == 422
    page = text_of(answer)
    assert told in page
    assert "An English text." in page
    assert not LocalText.objects.exists()


def test_the_action_itself_refuses_what_the_form_would() -> None:
    with pytest.raises(UnusableMarkdownError):
        write_local(UTRECHT, nl="<img src=x onerror=alert(1)>")
    assert not LocalText.objects.exists()


def test_one_text_is_shown_per_place_and_language() -> None:
    write_local(UTRECHT, nl=OWN)
    values = LocalText.objects.values("municipality_code", "slot", "language", "text", "check_by")
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalText.objects.create(**values.get(), owner="x")
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        LocalText.objects.create(**{**values.get(), "text": "", "slot": "anders"}, owner="x")


@pytest.mark.parametrize("code", [GRONINGEN, "GM9999", "utrecht"])
def test_another_municipality_is_as_one_that_does_not_exist(utrecht: Client, code: str) -> None:
    """S-02, S-04"""
    write_local(GRONINGEN, nl="Kom naar het Forum.")
    for path in (f"/gemeente/{code}/", f"/gemeente/{code}/{SLOT}/"):
        assert utrecht.get(path).status_code == 404
    assert utrecht.post(f"/gemeente/{code}/{SLOT}/", filled_in()).status_code in {404, 405}
    assert list(LocalText.objects.values_list("municipality_code", flat=True)) == [GRONINGEN]


def test_a_place_that_no_lesson_has_is_not_there(utrecht: Client) -> None:
    assert utrecht.get(f"{TEXTS}verzonnen/").status_code == 404


def test_the_role_gives_this_and_nothing_else(editor_of_utrecht: User, utrecht: Client) -> None:
    assert not is_teacher(editor_of_utrecht)
    assert utrecht.get("/docent/klas/nieuw/").status_code == 302
    assert utrecht.get("/beheer/").status_code == 302
    page = text_of(utrecht.get("/docent/"))
    assert 'href="/gemeente/"' in page
    assert utrecht.get("/gemeente/").headers["Location"] == TEXTS


def test_the_role_of_a_teacher_in_a_municipality_gives_no_texts() -> None:
    """Whoever signs up types the name and kind of their own organisation."""
    claimed = OrganisationFactory(
        name="Gemeente Utrecht", kind=Organisation.Kind.MUNICIPALITY, municipality_code=UTRECHT
    )
    somebody = make_teacher(organisation=claimed)
    assert municipalities_of(somebody) == set()
    assert signed_in(somebody).get(TEXTS).status_code == 404


def test_who_lost_the_role_or_the_account_has_no_way_in(editor_of_utrecht: User) -> None:
    """S-08"""
    open_session = signed_in(editor_of_utrecht)
    editor_of_utrecht.roles.all().delete()
    assert open_session.get(TEXTS).status_code == 404
    assert "schrijf je voor geen gemeente" in text_of(open_session.get("/gemeente/"))


def test_who_writes_for_two_municipalities_chooses(editor_of_utrecht: User) -> None:
    call_command("appoint_municipal_editor", editor_of_utrecht.email, "Groningen")
    page = text_of(signed_in(editor_of_utrecht).get("/gemeente/"))
    assert f'href="/gemeente/{GRONINGEN}/"' in page
    assert f'href="{TEXTS}"' in page


def test_an_operator_appoints_by_name_and_reads_what_is_wrong() -> None:
    user = UserFactory(email="beleid@denhaag.example")
    for _time in range(2):
        call_command("appoint_municipal_editor", "Beleid@DenHaag.example", "Den Haag")
    assert municipalities_of(user) == {"GM0518"}
    assert user.roles.count() == 1
    with pytest.raises(CommandError, match="could be two"):
        call_command("appoint_municipal_editor", user.email, "Bergen")
    with pytest.raises(CommandError, match="No account"):
        call_command("appoint_municipal_editor", "niemand@example.org", "Den Haag")


def test_what_is_due_says_so(utrecht: Client) -> None:
    write_local(UTRECHT, nl=OWN)
    assert "Nakijken" not in text_of(utrecht.get(TEXTS)).split("<main", 1)[1]
    LocalText.objects.update(check_by=timezone.localdate())
    assert "Nakijken" in text_of(utrecht.get(TEXTS)).split("<main", 1)[1]
    assert "Tijd om dit na te kijken." in text_of(utrecht.get(TEXT))


def test_the_list_takes_as_many_queries_with_more_texts(
    utrecht: Client, django_assert_num_queries: Any
) -> None:
    utrecht.get(TEXTS)
    with django_assert_num_queries(6):  # session, user, roles, packages, lessons, texts
        utrecht.get(TEXTS)
    write_local(UTRECHT, nl=OWN, en="Walk in.")
    with django_assert_num_queries(6):
        utrecht.get(TEXTS)


def test_a_teacher_says_where_the_school_is() -> None:
    teacher = make_teacher()
    client = signed_in(teacher)
    assert "Kies jullie gemeente" in text_of(client.get("/docent/"))
    page = text_of(client.get("/docent/gemeente/"))
    assert page.count("<option") == 343
    assert "&#x27;s-Gravenhage (Den Haag)" in page
    client.post("/docent/gemeente/", {"municipality": UTRECHT})
    assert teacher.roles.get().organisation.municipality_code == UTRECHT
    assert "gemeente Utrecht" in text_of(client.get("/docent/"))
    wrong = client.post("/docent/gemeente/", {"municipality": "GM9999"})
    assert wrong.status_code == 422
    assert "Kies een gemeente uit de lijst" in text_of(wrong)
    client.post("/docent/gemeente/", {"municipality": ""})
    assert teacher.roles.get().organisation.municipality_code == ""
