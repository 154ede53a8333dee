"""The places in a package file: what holds what, and what a message about it says. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel


def walk(
    model: BaseModel, location: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], BaseModel]]:
    """A model and every model in it, with its path."""
    yield location, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        parts = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for index, part in parts:
            if isinstance(part, BaseModel):
                here = (*location, name) if index is None else (*location, name, index)
                yield from walk(part, here)


def without_tags(content: Any, location: Sequence[str | int]) -> tuple[str | int, ...]:
    """Pydantic's path without the tags that it adds where a list holds several kinds."""
    path: list[str | int] = []
    for part in location:
        is_tag = isinstance(content, dict) and content.get("type") == part
        if is_tag and path and isinstance(path[-1], int):
            continue
        path.append(part)
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            content = None
    return tuple(path)


def plain_message(detail: Any) -> str:
    """Pydantic's message without its prefix, and with the words that are allowed."""
    if detail["type"] == "extra_forbidden":
        return "this key is unknown"
    if detail["type"] == "missing":
        return "this is missing"
    return str(detail["msg"]).removeprefix("Value error, ")
