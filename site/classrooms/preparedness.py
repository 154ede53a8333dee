"""When a lesson that can touch somebody deeply opens for a class. Plain Python.

In a class sits, on average, somebody who went through it. So such a lesson waits until the
teacher knows who is there for that learner, that day, in that building.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

SENSITIVE = "high"


class HelpOnSite(NamedTuple):
    """Where a learner goes, in the teacher's words: functions and places."""

    role: str
    place: str
    aftercare: str


def is_sensitive(sensitivity: str) -> bool:
    """Whether a package asks for preparation; its lessons are as sensitive as the package."""
    return sensitivity == SENSITIVE


def is_held(waiting: Collection[bool]) -> bool:
    """Whether a learner may not see a lesson yet.

    ``waiting`` says of each time that a class of theirs was given it, whether it waits for
    the teacher. One teacher who is ready is enough; a lesson that no class was given is open.
    """
    return bool(waiting) and all(waiting)


_ADDRESS = re.compile(r"\S@\S|\b06[\s-]?\d|(?:\d[\s.-]?){8,}")
_NAMED = re.compile(
    r"\b(?i:mevrouw|mevr|mw|meneer|dhr|heer|juf|juffrouw|meester|mrs?|ms|miss)\b\.?\s+"
    r"(?i:(?:de|van|der|den|el|al|ten?)\s+)*[A-ZÀ-ÖØ-Þ]"
)


def has_an_address(text: str) -> bool:
    """A mail address or a phone number: those belong to a person."""
    return bool(_ADDRESS.search(text))


def names_somebody(text: str) -> bool:
    """Whether the text calls somebody by their name, such as ‘mevrouw Jansen’."""
    return bool(_NAMED.search(text))
