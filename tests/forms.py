"""What a page really says, read from its HTML as a browser reads it."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag


def one(page: Any, selector: str) -> Tag:
    found = BeautifulSoup(page.text, "html.parser").select_one(selector)
    assert found is not None, f"no {selector} on the page"
    return found


def hidden_fields(page: Any) -> dict[str, str]:
    """What the question on this page sends beside the answer."""
    return {
        str(field["name"]): str(field["value"])
        for field in one(page, "form.quiz-question").select("input[type=hidden]")
    }


def answer_url(page: Any) -> str:
    return str(one(page, "form.quiz-question")["action"])


def questions_url(page: Any) -> str:
    """Where the script fetches all questions."""
    return str(one(page, "answer-queue")["data-questions-url"])


def question_count(page: Any) -> int:
    return int(str(one(page, "progress")["max"]))
