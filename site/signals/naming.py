"""How lessons and quizzes name a signal, and how it is called in an address. Plain Python."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

# An address stays in the history of a browser, so a form of exploitation is a letter there:
# the same one as in the list of packages (``lessons.facets``).
FORM_CODES = {
    "sexual": "b", "criminal": "c", "labour": "d", "begging": "e", "organs": "f", "online": "g",
    "marriage": "h",
}  # fmt: skip
AUDIENCE_CODES = {"young_people": "1", "professionals": "2"}


def folded(name: str) -> str:
    """For comparing: without accents, capitals, marks at the ends and double spaces."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(bare.replace("’", "'").split()).strip(" .,:;!?'\"")


def lines_of(text: str) -> tuple[str, ...]:
    """One point per line; empty lines are none."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def double_names(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, str]]:
    """Names that two signals have, with those two: a name leads to one place only."""
    owners: dict[str, str] = {}
    doubles: dict[str, tuple[str, str]] = {}
    for slug, own in names.items():
        for name in own:
            owner = owners.setdefault(folded(name), slug)
            if owner != slug:
                doubles[name] = (owner, slug)
    return doubles
