"""Words to leave out, why, and what to say instead (``words.yaml``). Plain Python."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("words.yaml")
READERS = ("learners", "everybody")


@dataclass(frozen=True, slots=True)
class Term:
    name: str
    find: str
    why: str
    instead: str
    readers: str  # whose text it must not be in

    def found_in(self, text: str) -> list[str]:
        """As they stand there."""
        return re.findall(rf"(?<!\w)(?:{self.find})(?!\w)", text, re.IGNORECASE)


@cache
def terms() -> tuple[Term, ...]:
    return tuple(Term(**row) for row in yaml.safe_load(FILE.read_text(encoding="utf-8")))


def avoided_in(text: str, *, for_learners: bool) -> list[Term]:
    """Each term once, in the order of the list."""
    wanted = terms() if for_learners else [one for one in terms() if one.readers == "everybody"]
    return [one for one in wanted if one.found_in(text)]
