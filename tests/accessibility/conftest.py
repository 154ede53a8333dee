"""The walks: past the screens, and past the kinds of question; each once per language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.accessibility import questions, states
from tests.accessibility.trees import Trees
from tests.accessibility.walk import Walk, Walked, go_past
from tests.journeys.stage import Cast

Walks = Callable[[str], Walked]


@pytest.fixture(scope="session")
def past_screens(
    browser: Browser,
    address: str,
    cast: Cast,
    starter: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Walks:
    @cache
    def walked(language: str) -> Walked:
        folder = tmp_path_factory.mktemp(f"screens-{language}")
        return go_past(Walk(browser, address, language, folder), states.STATES, cast, starter)

    return walked


@pytest.fixture(scope="session")
def past_questions(
    browser: Browser,
    address: str,
    cast: Cast,
    starter: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Walks:
    @cache
    def walked(language: str) -> Walked:
        folder = tmp_path_factory.mktemp(f"questions-{language}")
        walk = Walk(browser, address, language, folder, look=Trees(language).look)
        return go_past(walk, questions.STATES, cast, starter)

    return walked
