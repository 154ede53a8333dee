"""The shape of ``data/signals.yaml``. Plain Python: no Django.

An entry that is wrong is named by its slug.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, uuid5

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from signals.naming import double_names

DATA_FILE = Path(__file__).parent / "data" / "signals.yaml"
SOURCE_LANGUAGE = "nl"

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Point = Annotated[str, Field(min_length=1, max_length=200)]
Points = Annotated[list[Point], Field(min_length=1, max_length=6)]
Form = Literal["sexual", "criminal", "labour", "begging", "organs", "online", "marriage"]
Theme = Literal["change", "contacts", "online", "money", "control", "work", "living"]


class SignalFileError(ValueError):
    """The file cannot be used; every line of the message names an entry and a field."""


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    title: Annotated[str, Field(min_length=1, max_length=200)]
    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=300)]


class Texts(Strict):
    """What it says in one language."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    notice: Points
    meaning: Points
    also_possible: Points
    what_to_do: Points

    def points(self) -> tuple[list[str], ...]:
        return self.notice, self.meaning, self.also_possible, self.what_to_do


class SignalEntry(Strict):
    """One signal as a writer gives it, in every language that it has."""

    slug: Slug
    theme: Theme
    forms: Annotated[list[Form], Field(min_length=1)]
    audience: Literal["everyone", "young_people", "professionals"]
    sources: Annotated[list[Source], Field(min_length=1)]
    names: list[Annotated[str, Field(min_length=1, max_length=120)]] = []
    checked_on: date
    check_by: date
    owner: Annotated[str, Field(min_length=1, max_length=100)]
    note_for_editor: str = ""
    nl: Texts
    en: Texts | None = None
    ar: Texts | None = None

    @model_validator(mode="after")
    def fits_together(self) -> SignalEntry:
        if self.check_by <= self.checked_on:
            raise ValueError("check_by must be later than checked_on")
        return self

    def languages(self) -> Iterator[tuple[str, Texts]]:
        """The language of the site first."""
        for language in (SOURCE_LANGUAGE, "en", "ar"):
            if texts := getattr(self, language):
                yield language, texts

    def all_names(self) -> list[str]:
        return [*self.names, *(texts.title for _language, texts in self.languages())]

    def columns(self, language: str, position: int) -> dict[str, Any]:
        """The entry as the table's columns in this language, without the slug."""
        texts: Texts = getattr(self, language)
        is_source = language == SOURCE_LANGUAGE
        return {
            **{
                name: value if isinstance(value, str) else "\n".join(value)
                for name, value in texts.model_dump().items()
            },
            "also_called": "\n".join(self.names) if is_source else "",
            "theme": self.theme,
            "forms": list(self.forms),
            "audience": self.audience,
            "position": position,
            "sources": [
                {
                    "type": "source",
                    "id": str(uuid5(NAMESPACE_URL, f"{self.slug} {source.url}")),
                    "value": source.model_dump(),
                }
                for source in self.sources
            ],
            "checked_on": self.checked_on,
            "check_by": self.check_by,
            "owner": self.owner,
            "note_for_editor": self.note_for_editor,
        }


def read_signals(text: str) -> list[SignalEntry]:
    """The entries of a file. Raises ``SignalFileError`` naming all that is wrong at once.

    Dates and the owner may stand once above the list; sources are named in it.
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SignalFileError(f"not YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("signals"), list):
        raise SignalFileError("the file must hold a list under 'signals:'")
    shared = {
        name: content[name] for name in ("checked_on", "check_by", "owner") if name in content
    }
    known = content.get("sources") or {}
    entries: list[SignalEntry] = []
    faults: list[str] = []
    for number, raw in enumerate(content["signals"], start=1):
        name = f"'{raw['slug']}'" if isinstance(raw, dict) and "slug" in raw else f"number {number}"
        try:
            entries.append(SignalEntry.model_validate({**shared, **_with_sources(raw, known)}))
        except (KeyError, TypeError) as error:
            faults.append(f"signal {name}: sources: there is no {error}")
        except ValidationError as error:
            faults += [
                f"signal {name}: {'.'.join(map(str, fault['loc'])) or 'entry'}: {fault['msg']}"
                for fault in error.errors()
            ]
    faults += _doubles(entries)
    if faults:
        raise SignalFileError("\n".join(faults))
    return entries


def _with_sources(raw: Any, known: dict[str, Any]) -> dict[str, Any]:
    return {**raw, "sources": [known[name] for name in raw.get("sources", ())]}


def _doubles(entries: list[SignalEntry]) -> Iterator[str]:
    slugs = [entry.slug for entry in entries]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        yield f"signal '{slug}': slug: is in the file twice"
    for name, owners in double_names({one.slug: one.all_names() for one in entries}).items():
        yield f"signal '{owners[1]}': names: '{name}' is a name of '{owners[0]}' too"


@lru_cache(maxsize=1)
def shipped_signals() -> tuple[SignalEntry, ...]:
    """What comes with the site."""
    return tuple(read_signals(DATA_FILE.read_text(encoding="utf-8")))
