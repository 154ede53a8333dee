"""From what Wagtail keeps of a lesson back to the file: ``package_lessons`` the other way round.

Plain dictionaries, as they stand in the YAML; whoever asked checks them against the schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, get_args

from pydantic import BaseModel

from lessons import package_blocks as block_schema
from lessons.package_texts import EMPHASIS, LONG_FEATURES, MARKDOWN_FIELDS, SHORT_FEATURES

Raw = dict[str, Any]
Text = Callable[[str | None, Iterable[str]], str]
BLOCKS: dict[str, type[BaseModel]] = {
    get_args(kind.model_fields["type"].annotation)[0]: kind
    for kind in get_args(get_args(block_schema.Block)[0])
}


class Names(Protocol):
    """What a lesson or quiz points at, by name. ``lessons.package_names`` knows it."""

    helplines: dict[int, str]
    signals: dict[int, str]

    def image(
        self, number: int | None, *, alt: str = "", decorative: bool | None = None
    ) -> Any: ...
    def recording(self, number: int | None) -> Any: ...
    def document(self, number: int | None) -> Any: ...
    def quiz(self, number: int | None) -> str | None: ...
    def lesson(self, number: int | None) -> str | None: ...


def value_of(entry: Any) -> Any:
    """Of an entry of a list, which Wagtail keeps with an id since 2.16."""
    return entry["value"] if isinstance(entry, dict) and "value" in entry else entry


def values_of(entries: Iterable[Any] | None) -> list[Any]:
    return [value_of(entry) for entry in entries or ()]


def filled(values: Raw) -> Raw:
    """Without what is empty: the file leaves that out."""
    return {
        name: one for name, one in values.items() if one is not None and one != "" and one != []
    }


class BlockWriting:
    """Writes blocks. ``text`` makes Markdown of a rich text."""

    def __init__(self, names: Names, text: Text) -> None:
        self.names = names
        self.text = text

    def step(self, raw: Raw) -> Raw:
        value = raw["value"]
        return {
            "id": raw["id"],
            **filled({name: one for name, one in value.items() if name != "blocks"}),
            "blocks": [self.block(block) for block in value["blocks"]],
        }

    def block(self, raw: Raw) -> Raw:
        kind = raw["type"]
        write: Callable[[Any], Raw] | None = getattr(self, f"_{kind}", None)
        value = raw["value"]
        written = write(value) if write else self._as_named(BLOCKS[kind], value)
        return {"type": kind, "id": raw["id"], **filled(written)}

    def _as_named(self, model: type[BaseModel], value: Raw) -> Raw:
        """Each field under its own name; a list of parts becomes that of its model."""
        markdown = MARKDOWN_FIELDS.get(model, {})
        written: Raw = {}
        for name, field in model.model_fields.items():
            if name in ("type", "id") or name not in value:
                continue
            one = value[name]
            if name in markdown:
                written[name] = self.text(one, markdown[name])
            elif isinstance(one, list):
                part = _part(field.annotation)
                written[name] = [
                    filled(self._as_named(part, each)) if part else each for each in values_of(one)
                ]
            else:
                written[name] = one
        return filled(written)

    def _text(self, value: str) -> Raw:
        return {"text": self.text(value, LONG_FEATURES)}

    def _teacher_note(self, value: str) -> Raw:
        return {"note": self.text(value, SHORT_FEATURES)}

    def _illustration(self, value: Raw) -> Any:
        image = self.names.image(
            value["image"], alt=value.get("alt") or "", decorative=bool(value.get("decorative"))
        )
        return image and filled({**image, "caption": value.get("caption")})

    def _image(self, value: Raw) -> Raw:
        return {"image": self._illustration(value)}

    def _recording(self, value: Raw) -> Raw:
        return {
            "recording": self.names.recording(value["recording"]),
            "intro": value.get("intro"),
        }

    def _download(self, value: Raw) -> Raw:
        return {"document": self.names.document(value["document"]), "what": value.get("what")}

    def _picture_story(self, value: Raw) -> Raw:
        frames = [
            filled({"image": self._illustration(frame), "text": frame["text"]})
            for frame in values_of(value["frames"])
        ]
        return {"title": value["title"], "frames": frames}

    def _case(self, value: Raw) -> Raw:
        image = self.names.image(value.get("image"), alt=value.get("alt") or "")
        return {
            "title": value["title"],
            "story": self.text(value["story"], SHORT_FEATURES),
            "image": image and filled(image),
            "questions": values_of(value.get("questions")),
        }

    def _quiz(self, value: Raw) -> Raw:
        return {"quiz": self.names.quiz(value["quiz"]), "intro": value.get("intro")}

    def _helpline_card(self, value: Raw) -> Raw:
        return {
            "title": value["title"],
            "intro": value.get("intro"),
            "helplines": self.helplines(value.get("helplines")),
        }

    def helplines(self, entries: Iterable[Any] | None) -> list[str]:
        """Their slugs; one that was deleted is left out."""
        known = self.names.helplines
        return [known[one] for one in values_of(entries) if one in known]

    def _quote(self, value: Raw) -> Raw:
        return {**value, "quote": self.text(value["quote"], EMPHASIS)}


def _part(annotation: Any) -> type[BaseModel] | None:
    """The model of which a list is made, if it is not made of lines."""
    waiting = [annotation]
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and not get_args(one) and issubclass(one, BaseModel):
            return one
        waiting.extend(get_args(one))
    return None
