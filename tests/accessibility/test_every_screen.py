"""A-01, A-03, A-06, A-07, A-11: every screen, every state, Dutch and English, light and dark.

Every kind of question in each of its states is in test_every_question.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.accessibility.conftest import Walks
from tests.accessibility.inspection import locks_the_screen
from tests.accessibility.states import NAMES
from tests.accessibility.walk import html_errors
from tests.prepared import ROOT
from tests.servers import Site

pytestmark = pytest.mark.browser
# A walk is one long way: with -n, each language is one worker's (tests/sharing_out.py).
LANGUAGES = ["nl", "en"]
# Templates that no state has to show, and why.
NOT_ON_A_SCREEN = {
    "site/home/templates/home/exit.html": "empty on purpose; see tests/journeys/test_exit.py",
    **dict.fromkeys(
        (
            "site/templates/mfa/webauthn/authenticator_confirm_delete.html",
            "site/templates/mfa/webauthn/reauthenticate.html",
        ),
        "needs a passkey, which needs a host name; see tests/journeys/test_second_factor.py",
    ),
    "site/templates/socialaccount/login_redirect.html": "leads away at once; see tests/oidc",
    "site/templates/503.html": "a PDF that fails; see tests/printing/test_limits.py",
    "quizzes/templates/quizzes/print_key.html": "goes into a PDF; see tests/printing",
    "quizzes/templates/quizzes/print_questions.html": "goes into a PDF; see tests/printing",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with(name: str, language: str, past_screens: Walks) -> None:
    wrong = past_screens(language).findings[name]
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)


@pytest.mark.html
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_of_every_screen_is_without_errors(language: str, past_screens: Walks) -> None:
    told = html_errors(past_screens(language))
    assert told == set(), "\n".join(map(str, sorted(told)))


TURNS_ROUND = "@media (orientation: landscape) { html { transform: rotate(90deg) } }"


def test_no_stylesheet_turns_the_screen_round(visit: Callable[..., Page]) -> None:
    """All pages have the same ones. The control: one that does so is seen."""
    page = visit(width=360, bypass_csp=True)
    page.goto("/")
    assert not locks_the_screen(page)
    page.add_style_tag(content=TURNS_ROUND)
    assert locks_the_screen(page)


@pytest.mark.parametrize("language", LANGUAGES[:1])
def test_every_template_was_shown_in_some_state(
    language: str, past_screens: Walks, past_questions: Walks, prepared_site: Site
) -> None:
    """A-01: a screen that nobody walks past fails here, until states.py or questions.py has it."""
    past_screens(language)
    past_questions(language)
    seen = Path(prepared_site.environment["TEMPLATES_SEEN"]).read_text(encoding="utf-8").split("\n")
    ours = {
        path.relative_to(ROOT).as_posix()
        for folder in ("lessons", "media", "quizzes", "site")
        for path in (ROOT / folder).glob("**/templates/**/*.html")
    }
    shown = {name.removeprefix(f"{ROOT}/") for name in seen} & ours
    assert len(shown) > 50
    assert ours - shown == set(NOT_ON_A_SCREEN)
