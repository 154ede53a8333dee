"""A teacher: from the catalogue to a class that works, and the overview of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.moves import (
    answer,
    come_back,
    entry_on,
    expect_saved,
    go,
    join,
    look,
    press,
    sign_in,
)
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser


def sign_up(page: Page, email: str) -> None:
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill("drie losse woorden achter elkaar")
    page.get_by_label("School of organisatie").fill("De Vaart")
    look(page)
    press(page, "Account maken")


def download(page: Page, kind: str) -> bytes:
    with page.expect_download() as started:
        page.get_by_role("link", name=re.compile(kind)).click()
    assert started.value.suggested_filename.endswith(f".{kind.lower()[:4]}")
    return Path(started.value.path()).read_bytes()


def test_a_teacher_finds_a_package_and_has_a_class_at_work(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any], width: int
) -> None:
    slug = cast.quiz()
    package, lesson = starter["package"], starter["lessons"][0]
    page = visit(width=width)
    go(page, "/")
    page.locator(".card__link", has_text="Voor docenten").click()
    look(page)
    press(page, starter["package_title"])
    expect(page.get_by_role("heading", name="Wat je eerst regelt")).to_be_visible()
    look(page)
    press(page, "Handleiding")
    expect(page.get_by_role("heading", name="Als een leerling iets vertelt")).to_be_visible()
    look(page)
    press(page, "Terug naar het pakket")
    press(page, "Bekijk als leerling")
    expect(page.get_by_role("heading", level=2, name=lesson["steps"][0])).to_be_visible()
    page.go_back()

    press(page, "Geef aan je klas")
    press(page, "Account maken")
    sign_up(page, f"{cast.new_name('nieuw')}@devaart.example")
    page.wait_for_url("**/docent/")
    look(page)
    press(page, "Maak je eerste klas")
    look(page)
    page.get_by_label("Naam van de klas").fill("2b")
    press(page, "Maak de klas")

    code = page.locator(".code-card__code").inner_text()
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code)
    picture = page.get_by_role("img", name="QR-code die naar dezelfde pagina gaat")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    look(page)

    press(page, "Leerlingen en opdrachten")
    look(page)
    next_week = timezone.localdate() + timedelta(days=7)
    for title, day in ((starter["package_title"], next_week), (slug, None)):
        press(page, "Geef een opdracht")
        things = page.get_by_role("group", name="Wat geef je aan de klas?")
        if day:
            things.get_by_label(title, exact=True).check()
            page.get_by_label("Af op (mag leeg)").fill(day.isoformat())
        else:
            things.get_by_text("Quizzen", exact=True).click()
            things.get_by_role("checkbox").last.check()
        look(page)
        press(page, "Geef de opdracht")
        expect(page.get_by_text("De opdracht staat klaar.")).to_be_visible()

    pupil = visit(width=360)
    me = join(pupil, code)
    go(pupil, "/mijn/")
    expect(pupil.get_by_text(re.compile("Af op")).first).to_be_visible()

    press(page, "Voortgang")
    row = page.get_by_role("row", name=re.compile(me["nickname"]))
    expect(row.get_by_role("cell").first).to_have_text("Niet begonnen")
    look(page)
    page.evaluate("window.isTheSamePage = true")
    go(pupil, f"/lessen/{package}/{lesson['slug']}/")
    press(pupil, "Volgende")
    expect(pupil.get_by_role("heading", level=2, name=lesson["steps"][1])).to_be_visible()
    # The page asks by itself every fifteen seconds; coming back to the tab asks at once.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(row.get_by_role("cell").first).to_have_text("Bezig")
    expect(page.get_by_text(re.compile("^Bijgewerkt om"))).to_be_visible()
    assert page.evaluate("window.isTheSamePage"), "it was not loaded again"


def test_what_the_class_misunderstood_comes_with_ten_answers_and_names_nobody(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    slug = cast.quiz()
    key = cast.key_of(slug)
    who = cast.teacher()
    room = cast.classroom(slug, teacher=who["email"])
    classmates = cast.do("classmates", classroom=room["id"], count=9)
    cast.do("answers", slug=slug, return_codes=classmates["return_codes"], how="wrong")
    pupil = visit(width=360)
    me = join(pupil, room["code"])
    page = visit(width=width)
    sign_in(page, who)
    go(page, f"/docent/klas/{room['id']}/")
    expect(page.get_by_text("Dat kan vanaf 10 antwoorden").or_(
        page.get_by_text("nog geen 10 antwoorden"))).to_be_visible()  # fmt: skip

    go(pupil, f"/q/{slug}/")
    for number in range(1, len(key) + 1):
        answer(pupil, entry_on(pupil, key))
        expect_saved(pupil)
        press(pupil, "Bekijk je uitslag" if number == len(key) else "Volgende vraag")
    go(page, f"/docent/klas/{room['id']}/")
    expect(page.get_by_text("10% goed, van 10 antwoorden").first).to_be_visible()
    expect(page.get_by_text("Vaak gekozen:").first).to_be_visible()
    misunderstood = page.locator(".meter-list").first.inner_text()
    assert not any(name in misunderstood for name in [me["nickname"], *classmates["nicknames"]])

    table = list(csv.reader(StringIO(download(page, "CSV").decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in table] == [
        "Bijnaam",
        *sorted([me["nickname"], *classmates["nicknames"]]),
    ]
    assert dict((row[0], row[1]) for row in table)[me["nickname"]] == "Klaar, 100%"
    sheet = load_workbook(BytesIO(download(page, "xlsx")), read_only=True).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == table


def test_a_teacher_closes_the_door_and_helps_who_lost_a_code(
    visit: Callable[..., Page], cast: Cast, width: int
) -> None:
    who = cast.teacher()
    room = cast.classroom(teacher=who["email"])
    pupil = visit(width=360)
    me = join(pupil, room["code"])
    page = visit(width=width)
    sign_in(page, who)
    go(page, f"/docent/klas/{room['id']}/bord/")
    press(page, "Iedereen is binnen: sluit aanmelden")
    expect(page.get_by_text("Aanmelden is dicht. Wie meedoet, blijft meedoen.")).to_be_visible()
    late = visit(width=360)
    go(late, "/mee/")
    late.get_by_label("Klascode").fill(room["code"])
    press(late, "Doe mee")
    expect(late.get_by_role("alert")).to_contain_text("Met deze code kun je nu niet meedoen")
    expect(late.get_by_label("Klascode")).to_have_value(room["code"])
    look(late)

    page.get_by_role("link", name=re.compile("Uit de klas halen")).click()
    look(page)
    press(page, "Ja, haal uit de klas")
    expect(page.get_by_text(f"{me['nickname']} is uit de klas.")).to_be_visible()
    go(pupil, "/mijn/")
    expect(pupil.get_by_text(room["name"])).to_have_count(0)
    page.get_by_text("1 leerling uit de klas gehaald").click()
    look(page)
    page.get_by_role("button", name=re.compile("Terugzetten")).click()
    expect(page.get_by_text(f"{me['nickname']} is terug in de klas.")).to_be_visible()
    go(pupil, "/mijn/")
    expect(pupil.get_by_text(room["name"])).to_be_visible()

    page.get_by_role("link", name=re.compile("Nieuwe terugkeercode")).click()
    look(page)
    press(page, "Ja, maak een nieuwe code")
    new_code = page.locator(".return-code__code").inner_text()
    look(page)
    go(pupil, "/mijn/")
    expect(pupil.get_by_role("heading", name="Wie ben jij?")).to_be_visible()
    go(pupil, "/terug/")
    pupil.get_by_label("Terugkeercode").fill(me["return_code"])
    press(pupil, "Ga verder")
    expect(pupil.get_by_role("alert")).to_contain_text("Deze code kennen we niet")
    come_back(pupil, new_code)
    expect(pupil.get_by_role("heading", level=1)).to_have_text(f"Hoi {me['nickname']}")
