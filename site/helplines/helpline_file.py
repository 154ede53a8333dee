"""The shape of ``data/helplines.yaml``, where every number of the site comes from.

Plain Python: no Django. An entry that is wrong is named by its slug.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

DATA_FILE = Path(__file__).parent / "data" / "helplines.yaml"

Url = Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=200)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
MunicipalityCode = Annotated[str, Field(pattern=r"^GM[0-9]{4}$")]


class HelplineFileError(ValueError):
    """The file cannot be used; every line of the message names an entry and a field."""


class HelplineEntry(BaseModel):
    """One helpline as a writer gives it. Empty means: not verified, so never shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    what: Annotated[str, Field(min_length=1)]
    for_whom: Literal["young_people", "everyone", "professionals"]
    municipalities: list[MunicipalityCode] = []  # none: everywhere
    phone: Annotated[str, Field(max_length=30)] = ""
    phone_link: Annotated[str, Field(pattern=r"^(\+?[0-9]+)?$", max_length=30)] = ""
    url: Url = ""
    chat_url: Url = ""
    hours: Annotated[str, Field(max_length=120)] = ""
    languages: list[Language] = []
    is_free: bool = False
    is_anonymous: bool = False
    is_acute: bool = False
    order: Annotated[int, Field(ge=0, le=32767)] = 100
    source_title: Annotated[str, Field(min_length=1, max_length=200)]
    source_url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=200)]
    checked_on: date
    check_by: date
    owner: Annotated[str, Field(min_length=1, max_length=100)]
    note_for_editor: str = ""

    @field_validator("what", "note_for_editor")
    @classmethod
    def on_one_line(cls, text: str) -> str:
        return " ".join(text.split())

    @model_validator(mode="after")
    def fits_together(self) -> HelplineEntry:
        if bool(self.phone) != bool(self.phone_link):
            raise ValueError("give phone and phone_link together")
        if not (self.phone or self.url or self.chat_url):
            raise ValueError("give phone, url or chat_url: there must be a way in")
        if self.check_by <= self.checked_on:
            raise ValueError("check_by must be later than checked_on")
        return self

    def columns(self) -> dict[str, Any]:
        """The entry as the table's columns, without the slug that it is found by."""
        return {
            "position" if name == "order" else name: value
            for name, value in self.model_dump().items()
            if name != "slug"
        }


def _name(entry: object, number: int) -> str:
    slug = entry.get("slug") if isinstance(entry, dict) else None
    return f"'{slug}'" if slug else f"number {number}"


def read_helplines(text: str) -> list[HelplineEntry]:
    """The entries of a file. Raises ``HelplineFileError`` naming all that is wrong at once."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise HelplineFileError(f"not YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("helplines"), list):
        raise HelplineFileError("the file must hold a list under 'helplines:'")
    entries: list[HelplineEntry] = []
    faults: list[str] = []
    for number, raw in enumerate(content["helplines"], start=1):
        try:
            entry = HelplineEntry.model_validate(raw)
        except ValidationError as error:
            faults += [
                f"helpline {_name(raw, number)}: "
                f"{'.'.join(str(part) for part in fault['loc']) or 'entry'}: {fault['msg']}"
                for fault in error.errors()
            ]
            continue
        if any(other.slug == entry.slug for other in entries):
            faults.append(f"helpline '{entry.slug}': slug: is in the file twice")
        entries.append(entry)
    if faults:
        raise HelplineFileError("\n".join(faults))
    return entries


@lru_cache(maxsize=1)
def shipped_helplines() -> tuple[HelplineEntry, ...]:
    """What comes with the site: shown when the database cannot be read (S-79)."""
    return tuple(read_helplines(DATA_FILE.read_text(encoding="utf-8")))
