"""A-01 to A-09 and A-16: every kind of question in every state, in three languages.

In Arabic the interface runs from right to left, around questions in Dutch (A-14).
"""

from __future__ import annotations

import json

import pytest

from tests.accessibility.conftest import Walks
from tests.accessibility.questions import NAMES
from tests.accessibility.walk import html_errors

pytestmark = pytest.mark.browser
# One worker does all of a language, the walk past the screens too (tests/sharing_out.py).
LANGUAGES = ["nl", "en", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_with(name: str, language: str, past_questions: Walks) -> None:
    wrong = past_questions(language).findings[name]
    assert wrong == {}, json.dumps(wrong, indent=1, ensure_ascii=False)


@pytest.mark.html
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_of_every_question_is_without_errors(language: str, past_questions: Walks) -> None:
    told = html_errors(past_questions(language))
    assert told == set(), "\n".join(map(str, sorted(told)))
