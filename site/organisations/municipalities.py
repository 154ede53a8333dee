"""The municipalities of the Netherlands, by the codes of Statistics Netherlands. Plain Python.

Where the list comes from, and of which date it is, stands in ``data/README.md``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "data" / "municipalities.csv"
CODE = re.compile(r"GM\d{4}")
_ARTICLE = re.compile(r"^(?:de|den|het|'s|s)[\s-]")


class Municipality(NamedTuple):
    code: str  # GM0363
    name: str
    also_called: str = ""  # what people type instead


class UnreadableListError(ValueError):
    """A file in which no municipalities were found. The text says what it must look like."""


@cache
def municipalities() -> dict[str, Municipality]:
    """All of them by code, in the order of their names; an article in front does not count."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        found = [Municipality(**row) for row in csv.DictReader(lines, delimiter=";")]
    return {one.code: one for one in sorted(found, key=lambda one: _sorted_by(one.name))}


def name_of(code: str) -> str:
    """The name, or nothing for a code that is not (or no longer) one."""
    found = municipalities().get(code)
    return found.name if found else ""


def find(text: str) -> Municipality | None:
    """The one that somebody means by a name, another name or a code; accents are forgiven."""
    wanted = _plain(text)
    if not wanted:
        return None
    for one in municipalities().values():
        names = (one.code, one.name, one.name.partition(" (")[0], one.also_called)
        if wanted in map(_plain, names):
            return None if _is_ambiguous(wanted) else one
    return None


def like(text: str, *, most: int = 8) -> list[Municipality]:
    """Those that somebody may mean: the names that begin so, then those that have it in them,
    then those that are written nearly so."""
    wanted = _plain(text)
    if not wanted:
        return []
    known = [
        (_plain(name), one)
        for one in municipalities().values()
        for name in (one.name, one.also_called)
        if name
    ]
    close = set(get_close_matches(wanted, [name for name, _one in known], n=most, cutoff=0.7))
    tests = (
        lambda name: name.startswith(wanted),
        lambda name: len(wanted) > 2 and wanted in name,
        lambda name: name in close,
    )
    found = [one for fits in tests for name, one in known if fits(name)]
    return list(dict.fromkeys(found))[:most]


def _is_ambiguous(wanted: str) -> bool:
    """There are two called Bergen: then only the name with the province will do."""
    names = [_plain(one.name.partition(" (")[0]) for one in municipalities().values()]
    return names.count(wanted) > 1


class Comparison(NamedTuple):
    """What another list has otherwise."""

    new: list[Municipality]
    gone: list[Municipality]
    renamed: list[tuple[Municipality, Municipality]]  # ours, theirs

    @property
    def is_same(self) -> bool:
        return not (self.new or self.gone or self.renamed)


def compare(others: Iterable[Municipality]) -> Comparison:
    ours, theirs = municipalities(), {one.code: one for one in others}
    return Comparison(
        new=[one for code, one in theirs.items() if code not in ours],
        gone=[one for code, one in ours.items() if code not in theirs],
        renamed=[
            (ours[code], one)
            for code, one in theirs.items()
            if code in ours and _plain(_bare(one.name)) != _plain(_bare(ours[code].name))
        ],
    )


def read_list(text: str) -> list[Municipality]:
    """Municipalities from a table with codes and names, as CBS gives it.

    The separator is found by itself, other columns are left out, and a code may lack its GM.
    Raises ``UnreadableListError``.
    """
    found = []
    for row in csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=_separator(text)):
        cells = [cell.strip() for cell in row]
        codes = [code for code in map(_code, cells) if code]
        names = [cell for cell in cells if cell and not _code(cell)]
        if codes and names:
            found.append(Municipality(codes[0], names[0]))
    if not found:
        raise UnreadableListError(
            "No municipalities found: each line needs a code such as GM0363 and a name."
        )
    return found


def _separator(text: str) -> str:
    return max(";,\t", key=text.count)


def _code(cell: str) -> str:
    cell = cell.strip('"')
    if CODE.fullmatch(cell):
        return cell
    return f"GM{int(cell):04}" if re.fullmatch(r"\d{1,4}", cell) else ""


def _bare(name: str) -> str:
    return name.removesuffix(" (gemeente)")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        "".join(c for c in letters if c.isalnum() or c.isspace() or c == "(" or c == "-").split()
    ).replace("-", " ")


def _sorted_by(name: str) -> str:
    return _plain(_ARTICLE.sub("", name.casefold()))
