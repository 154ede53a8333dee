"""What the question bank knows of a question, from the stored form of its block.

Plain Python over the JSON of a draft, so that a migration can use it too. No Django here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import uuid4

# Strings in a block that no editor typed.
NOT_WORDS = {"id", "type", "form", "rule", "look", "size", "word_list"}


@dataclass(frozen=True)
class BankEntry:
    """One question: what is shown of it in a list, and what it is found by."""

    key: str
    number: int
    origin: str
    kind: str
    prompt: str
    words: str
    signal: str
    form: str
    beliefs: str  # one per line
    body: list[dict[str, Any]]


def plain(source: str) -> str:
    """The words of a piece of HTML, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", source)).split())


def folded(text: str) -> str:
    """For comparing: without accents, capitals and double spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in apart if not unicodedata.combining(one)).split())


def strings_in(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a stored block with the name of its field."""
    if isinstance(value, Mapping):
        for inner, one in value.items():
            yield from strings_in(one, name if inner == "value" else inner)
    elif isinstance(value, list):
        for one in value:
            yield from strings_in(one, name)
    elif isinstance(value, str) and name not in NOT_WORDS:
        yield name, plain(value)


def read_body(body: Any) -> list[dict[str, Any]]:
    """A stream as a list of blocks, whichever way a revision has kept it."""
    return json.loads(body) if isinstance(body, str) and body else list(body or [])


def entries_of(questions: list[dict[str, Any]]) -> Iterator[BankEntry]:
    """The questions of a stored draft whose kind was chosen."""
    for number, question in enumerate(questions, start=1):
        body = read_body(question["body"])
        if not body:
            continue
        value = body[0]["value"]
        texts = list(strings_in(value))
        beliefs = {text for name, text in texts if name == "belief" and text}
        yield BankEntry(
            key=question["key"],
            number=number,
            origin=question.get("copied_from") or question["key"],
            kind=body[0]["type"],
            prompt=plain(value.get("prompt") or ""),
            words=folded(" ".join(text for _name, text in texts)),
            signal=(value.get("signal") or "").strip(),
            form=value.get("form") or "",
            beliefs="\n".join(sorted(beliefs)),
            body=body,
        )


def with_own_ids(value: Any) -> Any:
    """A copy of a stored block in which the block and every entry of a list have a new id."""
    if isinstance(value, Mapping):
        copied = {name: with_own_ids(one) for name, one in value.items()}
        if {"id", "type", "value"} <= set(value):
            copied["id"] = str(uuid4())
        return copied
    if isinstance(value, list):
        return [with_own_ids(one) for one in value]
    return value
