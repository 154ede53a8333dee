"""Somebody who learns for their work: from the list of packages to a certificate, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import answer, entry_on, expect_saved, go, go_until, look, press
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser
PASSWORD = "drie losse woorden"


def do_check(page: Page, cast: Cast, quiz: str) -> None:
    key = cast.key_of(quiz)
    go(page, f"/q/{quiz}/")
    for number in range(1, len(key) + 1):
        expect(page.locator(".quiz-progress__text")).to_have_text(f"Vraag {number} van {len(key)}")
        answer(page, entry_on(page, key), "right")
        expect_saved(page)
        press(page, "Kijk alles na" if number == len(key) else "Volgende vraag")
    press(page, "Lever in")
    expect(page.locator(".quiz-result")).to_contain_text("Gehaald.")


def do_lesson(page: Page, lesson: str, steps: int) -> None:
    for number in range(1, steps + 1):
        go(page, f"{lesson}{number}/")
        with page.expect_navigation():
            page.locator(".lesson__next").click()


def test_a_professional_gets_a_certificate_and_an_employer_checks_it(
    visit: Callable[..., Page], cast: Cast
) -> None:
    path = cast.do("learning_path")
    page = visit(width=360)
    go_until(page, "/lessen/?zoek=klein", page.get_by_role("link", name="Klein pakket"))
    page.get_by_role("link", name="Klein pakket").first.click()
    press(page, "Bekijk wat je nog moet doen")
    expect(page.get_by_text("0 van 2 klaar")).to_be_visible()
    look(page)
    do_check(page, cast, path["quiz"])
    expect(page.get_by_role("heading", name="Nog te doen voor je certificaat")).to_be_visible()
    look(page)
    result = page.url
    do_lesson(page, path["lesson"], path["steps"])
    page.goto(result)
    expect(page.get_by_role("heading", name="Je hebt alles gedaan")).to_be_visible()
    look(page)
    press(page, "Naar je certificaat")
    expect(page.get_by_text("2 van 2 klaar")).to_be_visible()

    press(page, "Account maken")
    page.get_by_label("Ik leer zelf, voor mijn werk").check()
    page.get_by_label("E-mail").fill(f"{cast.new_name('balie')}@gemeente.example")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Account maken")
    expect(page.get_by_role("heading", name="Is dit jouw werk?")).to_be_visible()
    look(page)
    press(page, "Ja, dit is mijn werk")
    press(page, "Naar je certificaat")
    page.get_by_label("Welke naam komt op je certificaat?").fill("Noor de Wit")
    press(page, "Bekijk hoe het wordt")
    expect(page.locator(".certificate__name")).to_have_text("Noor de Wit")
    look(page)
    press(page, "Ja, maak mijn certificaat")
    expect(page.get_by_text("Geldig", exact=True)).to_be_visible()
    look(page)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Digitale badge").click()
    assert loading.value.path().read_text().count(".") == 2

    shown = page.locator(".certificate__number a").get_attribute("href") or ""
    assert re.fullmatch(r"/certificaat/[2-9a-z]{26}/", shown)
    employer = visit(width=1280)
    go(employer, shown)
    expect(employer.get_by_text("Dit certificaat is geldig.")).to_be_visible()
    expect(employer.locator(".certificate__name")).to_have_text("Noor de Wit")

    press(page, "Verwijder dit certificaat")
    look(page)
    press(page, "Ja, verwijder")
    expect(page.get_by_text("Het certificaat is weg.")).to_be_visible()
    response = employer.goto(shown)
    assert response is not None
    assert response.status == 404
    expect(employer.get_by_text("Dit certificaat kennen we niet")).to_be_visible()


def test_without_a_script_it_is_the_same(visit: Callable[..., Page], cast: Cast) -> None:
    who = cast.do("professional", email=f"{cast.new_name('zorg')}@zorg.example", did_all=True)
    page = visit(width=360, has_script=False)
    page.goto("/account/login/?next=/mijn-certificaten/")
    page.locator('[name="login"]').fill(who["email"])
    page.locator('[name="password"]').fill(who["password"])
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_role("link", name="Klein pakket").click()
    page.get_by_role("link", name="Naar je certificaat").click()
    page.locator('[name="name"]').fill("Sem Bakker")
    page.get_by_role("button", name="Bekijk hoe het wordt").click()
    page.get_by_role("button", name="Nee, naam veranderen").click()
    page.get_by_role("button", name="Bekijk hoe het wordt").click()
    page.get_by_role("button", name="Ja, maak mijn certificaat").click()
    expect(page.locator(".certificate__name")).to_have_text("Sem Bakker")
