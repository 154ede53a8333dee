"""A teacher signs in at school in a real Chromium: to another origin and back.

No redirect stands between our form and the provider, and our policy names no provider
(``form-action 'self'``): Chromium would refuse the form otherwise.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.stage import LISTEN_FOR_VIOLATIONS, PATIENCE_IN_MS, Cast
from tests.oidc.elsewhere import settings_file, started
from tests.prepared import fresh_site
from tests.servers import Site, free_port, start_site

pytestmark = [pytest.mark.browser, pytest.mark.oidc]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The site, and a school and an employer that send people back to it."""
    port = free_port()
    back = f"http://127.0.0.1:{port}/account/elders/{{}}/terug/"
    with (
        tempfile.TemporaryDirectory(prefix="doorzien-oidc-") as name,
        started(back.format("school"), back.format("werk")) as issuers,
    ):
        folder = Path(name)
        (folder / "providers.toml").write_text(settings_file(issuers), encoding="utf-8")
        known = {"OIDC_PROVIDERS_FILE": str(folder / "providers.toml")}
        with start_site(**fresh_site(folder), port=port, **known) as running:
            yield running


@pytest.fixture
def page(browser: Browser, site: Site, width: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.base_url,
        locale="nl-NL",
        viewport={"width": width, "height": 740},
        java_script_enabled=width == 1280,  # a phone without scripts comes in too
    )
    context.set_default_timeout(PATIENCE_IN_MS)
    context.add_init_script(LISTEN_FOR_VIOLATIONS)
    errors: list[str] = []
    context.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    yield context.new_page()
    context.close()
    assert [told for told in errors if "Failed to load resource" not in told] == []


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def at_school(page: Page, button: str, name: str) -> None:
    press(page, button)
    page.get_by_label("Naam").fill(name)
    press(page, "Inloggen")


def test_a_teacher_comes_in_and_ends_where_they_were_going(page: Page, width: int):
    page.goto("/account/login/?next=/account/")
    at_school(page, "Inloggen met De School", "docent" if width == 360 else "conciërge")
    page.get_by_label("School of organisatie").fill("De Zwaan")
    press(page, "Account maken")
    expect(page.get_by_role("heading", name="Mijn account")).to_be_visible()


def test_a_pupil_ends_at_the_class_code(page: Page):
    page.goto("/account/login/")
    at_school(page, "Inloggen met De School", "leerling")
    page.get_by_role("main").get_by_role("link", name="Doe mee met een klascode").click()
    page.wait_for_url("**/mee/")


def test_who_has_an_account_connects_school_to_it(page: Page, site: Site, width: int):
    cast = Cast(site)
    who = cast.do("teacher", email=f"docent-{width}@debrug.example")
    cast.close()
    page.goto("/account/login/?next=/account/elders/")
    page.get_by_label("E-mailadres").fill(who["email"])
    page.get_by_label("Wachtwoord", exact=True).fill(who["password"])
    press(page, "Inloggen")
    page.get_by_label("Wachtwoord", exact=True).fill(who["password"])
    press(page, "Ga verder")
    at_school(page, "Koppel De School", "van-elders" if width == 360 else "directeur")
    expect(page.get_by_text("Het is gekoppeld")).to_be_visible()
