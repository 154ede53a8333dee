"""That the look at a screen finds what is wrong with its colours, also when it looks at less."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.accessibility.inspection import inspect

pytestmark = pytest.mark.browser
PALE = "color: #ccc; background: #fff"
DARK = "@media (prefers-color-scheme: dark) {{ .text {{ color: #444; background: #333 }} }}"


@pytest.fixture
def page(browser: Browser) -> Any:
    page = browser.new_page()
    yield page
    page.close()


def colours_of(
    page: Page, seen: set[str], *, header: str = "", main: str = "", css: str = ""
) -> set:
    """Where contrast was found wrong, light and dark."""
    page.set_content(
        f"""<html lang="nl"><head><title>Les</title><style>{css}</style></head><body>
        <header style="{header}"><p>Boven</p></header>
        <main style="{main}"><h1>Les</h1><p class="text">Tekst</p></main></body></html>"""
    )
    found = inspect(page, seen)
    return {
        name
        for name in ("axe", "axe, dark")
        if any("color-contrast" in fault for fault in found.get(name, []))
    }


def test_a_pale_text_is_found_in_what_was_and_what_was_not_seen_before(page: Page) -> None:
    seen: set[str] = set()
    assert colours_of(page, seen) == set()
    assert colours_of(page, seen, main=PALE) == {"axe", "axe, dark"}
    assert colours_of(page, seen, css=DARK.format()) == {"axe, dark"}
    assert colours_of(page, seen, header=PALE) == {"axe", "axe, dark"}
    assert colours_of(page, seen, header=PALE) == set(), "said once for each frame"
