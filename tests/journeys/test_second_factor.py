"""An editor signs in in two steps, with an app and with a passkey, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.moves import look, press
from tests.journeys.stage import LISTEN_FOR_VIOLATIONS, PATIENCE_IN_MS, Cast

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_a_device(page: Page) -> tuple[Any, str]:
    """A device with a fingerprint reader, as Chromium plays one; and how to speak to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, added["authenticatorId"]


def sign_in_with_password(page: Page, who: dict[str, str]) -> None:
    page.get_by_label("E-mailadres").fill(who["email"])
    page.get_by_label("Wachtwoord", exact=True).fill(who["password"])
    with page.expect_navigation():
        page.get_by_role("button", name="Inloggen", exact=True).click()


def sign_out(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Uitloggen").click()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """At the site's name: a passkey belongs to a name, never to a number like 127.0.0.1."""
    home = f"http://localhost:{urlsplit(address).port}"
    context = browser.new_context(
        base_url=home, locale="nl-NL", viewport={"width": 360, "height": 740}
    )
    context.set_default_timeout(PATIENCE_IN_MS)
    context.add_init_script(LISTEN_FOR_VIOLATIONS)
    errors: list[str] = []
    context.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    yield context.new_page()
    context.close()
    assert errors == []


def test_somebody_makes_a_passkey_and_signs_in_with_it(phone: Page, cast: Cast) -> None:
    walk(phone, cast.teacher())


def walk(page: Page, who: dict[str, str]) -> None:
    session, device = give_a_device(page)
    page.goto("/account/login/?next=/account/twee-stappen/")
    sign_in_with_password(page, who)
    look(page)
    press(page, "Maak een passkey")
    page.get_by_label("Wachtwoord", exact=True).fill(who["password"])
    press(page, "Ga verder")
    page.get_by_label("Naam van deze passkey").fill("Mijn telefoon")
    look(page)
    press(page, "Maak een passkey")
    expect(page.get_by_role("heading", name="Bewaar deze codes nu")).to_be_visible()
    look(page)
    assert page.locator("#recovery-codes code").count() == 10
    with page.expect_download() as loading:
        page.get_by_role("button", name="Als bestand").click()
    assert loading.value.suggested_filename == "herstelcodes.txt"
    assert len(loading.value.path().read_text().split()) == 10
    press(page, "Ik heb ze bewaard")
    expect(page.get_by_role("heading", name="Mijn telefoon")).to_be_visible()
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"])

    sign_out(page)
    page.goto("/account/login/?next=/account/")
    look(page)
    press(page, "Inloggen met een passkey")
    expect(page.get_by_role("heading", name="Mijn account")).to_be_visible()

    # The password alone is too little from now on; the passkey is the second step.
    sign_out(page)
    page.goto("/account/login/")
    sign_in_with_password(page, who)
    expect(page.get_by_role("heading", name="De tweede stap")).to_be_visible()
    look(page)
    press(page, "Gebruik een passkey")
    expect(page.get_by_role("link", name="Mijn klassen").first).to_be_visible()

    # A finger that is not theirs.
    sign_out(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto("/account/login/")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_text("Dat lukte niet.")).to_be_visible()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})

    press(page, "Inloggen met een passkey")
    expect(page.get_by_role("link", name="Mijn klassen").first).to_be_visible()
    page.goto("/account/twee-stappen/")
    page.get_by_role("link", name="Weghalen").click()
    expect(page.get_by_role("heading", name="Ben jij het?")).to_be_visible()
    page.get_by_role("link", name="Met een passkey").click()
    look(page)
    press(page, "Gebruik een passkey")
    look(page)
    press(page, "Ja, haal weg")
    expect(page.get_by_role("heading", name="Mijn telefoon")).to_have_count(0)
