"""A package goes out, and a newer one comes in after a look at what it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from lessons.package_zip import pack
from tests.journeys.moves import TOO_WIDE
from tests.journeys.stage import Cast
from tests.journeys.test_editor import sign_in_to_admin

pytestmark = pytest.mark.browser
LESSON = "les-1-wat-zie-je.lesson.yaml"


def newer(path: Path, sentence: str) -> Path:
    """The same package with a sentence more in what a teacher does beforehand."""
    with ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    lines = files[LESSON].decode().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("before:"))
    is_block = lines[at].rstrip().endswith(("|", "|-"))
    if is_block:
        lines.insert(at + 1, f"  {sentence}\n\n")
    else:
        lines[at : at + 1] = [f"before: {sentence}\n"]
        while lines[at + 1].startswith("  "):
            del lines[at + 1]
    files[LESSON] = "".join(lines).encode()
    made = path.with_name("nieuwer.zip")
    made.write_bytes(pack(files))
    return made


def test_a_package_goes_out_and_a_newer_one_comes_in(
    visit: Callable[..., Page], cast: Cast, starter: dict[str, Any], width: int, tmp_path: Path
) -> None:
    page = visit(width=width)
    sign_in_to_admin(page, cast.staff("Moderators"))
    page.goto(f"/beheer/lespakketten/{starter['package_id']}/uitvoeren/")
    assert not page.evaluate(TOO_WIDE)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download het pakket").click()
    path = tmp_path / "pakket.zip"
    loading.value.save_as(path)

    sentence = cast.new_name("Lees dit eerst")
    page.goto("/beheer/lespakketten/inlezen/")
    page.get_by_label("Lespakket (zip)").set_input_files(newer(path, sentence))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    part = page.locator(".package-file__part")
    expect(part.locator(".w-status")).to_have_text(["Wordt bijgewerkt"])
    part.get_by_text("1 verschil").click()
    expect(part.locator("ins").first).to_contain_text(sentence.split()[0])
    assert not page.evaluate(TOO_WIDE)
    page.get_by_role("button", name="Lees in en publiceer").click()
    expect(page.locator(".package-file__outcome li")).to_have_count(1)
    expect(page.locator(".package-file__outcome")).to_contain_text("Bijgewerkt")

    page.goto("/beheer/lespakketten/inlezen/")
    page.get_by_label("Lespakket (zip)").set_input_files(path.with_name("nieuwer.zip"))
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("Er is niets om in te lezen.")).to_be_visible()
