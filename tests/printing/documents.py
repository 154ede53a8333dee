"""What a PDF says and how it was made, for the tests that read it back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader


def opened(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    """On one line: where a sentence breaks on paper says nothing."""
    pages = opened(content).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def roles(content: bytes) -> set[str]:
    """The names of the tags: what a screen reader calls the parts."""
    found: set[str] = set()
    waiting: list[Any] = [opened(content).root_object["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, dict):
            if "/S" in part:
                found.add(str(part["/S"]))
            waiting.append(part.get("/K", []))
        elif isinstance(part, list):
            waiting += part
    return found


def alternatives(content: bytes) -> list[str]:
    """The texts for who does not see the pictures."""
    reader = opened(content)
    objects = (reader.get_object(number) for number in range(1, len(reader.xref_objStm) + 500))
    return [str(one["/Alt"]) for one in objects if isinstance(one, dict) and "/Alt" in one]
