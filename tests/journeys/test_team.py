"""A team leader drops a list on the page; somebody on it follows the mail and takes part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.moves import go, look, press, sign_in
from tests.journeys.stage import Cast

pytestmark = pytest.mark.browser
PASSWORD = "drie losse woorden"


def drop(page: Page, file: Path) -> None:
    """As from a folder on the desktop: the browser's own doing, without a script of ours."""
    box = page.locator("input[type=file]").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    spot = {"x": box["x"] + box["width"] - 20, "y": box["y"] + box["height"] - 8}
    dragged = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **spot, "data": dragged})


def test_a_team_is_invited_with_a_list(
    visit: Callable[..., Page], cast: Cast, tmp_path: Path
) -> None:
    leader, bo = cast.teacher(), f"{cast.new_name('bo')}@debrug.example"
    team = cast.do("team", teacher=leader["email"], name="Team Noord")
    file = tmp_path / "team.csv"
    file.write_bytes(f"Naam;E-mail\r\nZoë 't Hof;{bo}\r\nCas;geen\r\n".encode("cp1252"))

    page = visit(width=1280)
    sign_in(page, leader)
    go(page, f"/docent/klas/{team['id']}/beheer/")
    press(page, "Nodig je team uit met een lijst")
    drop(page, file)
    look(page)
    press(page, "Bekijk wat er gebeurt")
    expect(page.get_by_text("1 persoon krijgt een uitnodiging")).to_be_visible()
    expect(page.get_by_role("row", name="Zoë 't Hof")).to_contain_text("Krijgt een uitnodiging")
    expect(page.get_by_role("row", name="Cas")).to_contain_text("Het e-mailadres klopt niet")
    look(page)
    press(page, "Verstuur 1 uitnodiging")
    expect(page.get_by_text("1 uitnodiging is verstuurd.")).to_be_visible()
    look(page)

    member = visit(width=360)
    go(member, cast.do("newest_link", to=bo))
    expect(member.get_by_role("heading", level=1)).to_have_text("Doe mee met Team Noord")
    look(member)
    expect(member.get_by_label("Je naam")).to_have_value("Zoë 't Hof")
    member.get_by_label("Nieuw wachtwoord").fill(PASSWORD)
    press(member, "Maak mijn account")
    member.get_by_label("E-mail").fill(bo)
    member.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(member, "Inloggen")
    member.locator("main").get_by_role("button", name="Doe mee", exact=True).click()
    member.wait_for_url("**/mijn/")
    nickname = member.get_by_role("heading", level=1).inner_text().removeprefix("Hoi ")
    expect(member.get_by_role("heading", name="Team Noord")).to_be_visible()
    look(member)

    page.reload()
    expect(page.get_by_text(f"als {nickname}, met het account van Zoë 't Hof")).to_be_visible()
    look(page)

    elsewhere = visit(width=360)
    sign_in(elsewhere, {"email": bo, "password": PASSWORD})
    press(elsewhere, "Ga verder – Team Noord")
    elsewhere.wait_for_url("**/mijn/")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text(f"Hoi {nickname}")


def test_without_a_script_it_is_the_same(
    visit: Callable[..., Page], cast: Cast, tmp_path: Path
) -> None:
    leader, an = cast.teacher(), f"{cast.new_name('an')}@debrug.example"
    team = cast.do("team", teacher=leader["email"], name="Team Zuid")
    file = tmp_path / "team.csv"
    file.write_text(f"E-mailadres\n{an}\n")
    page = visit(width=360, has_script=False)
    page.goto(f"/account/login/?next=/docent/klas/{team['id']}/deelnemers/")
    page.locator('[name="login"]').fill(leader["email"])
    page.locator('[name="password"]').fill(leader["password"])
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    page.get_by_role("button", name="Verstuur 1 uitnodiging").click()
    expect(page.get_by_text("1 uitnodiging is verstuurd.")).to_be_visible()
    assert cast.do("newest_link", to=an).startswith("/team/")
