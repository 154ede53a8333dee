"""Who stands on the list of a team, and what would happen with each row. Plain Python.

A list comes out of a personnel system or a spreadsheet: with a title above it, with columns that
we do not need, with names in one column or in three. Of all that only a name and an address are
read. Every row below the headings comes back, once, with what happens or why nothing does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_ROWS = 500
MOST_NAME = 120
# Headings stand on the first rows: below a title, a date, an empty row.
MOST_ABOVE = 20


class FileProblem(StrEnum):
    """Why a file is no list of a team."""

    TOO_BIG = "too_big"
    UNKNOWN_KIND = "unknown_kind"
    OLD_EXCEL = "old_excel"
    MACROS = "macros"
    DAMAGED = "damaged"
    QUOTES = "quotes"
    NO_COLUMN = "no_column"
    PUPILS = "pupils"
    NOBODY = "nobody"
    TOO_MANY = "too_many"


class RosterError(Exception):
    """The file as a whole cannot be used; ``row`` says where, when that is known."""

    def __init__(self, problem: FileProblem, *, row: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.row = problem, row


class RowProblem(StrEnum):
    NO_ADDRESS = "no_address"
    WRONG_ADDRESS = "wrong_address"
    TWICE = "twice"
    TOO_LONG = "too_long"
    TOO_MANY_CELLS = "too_many_cells"


class Outcome(StrEnum):
    INVITE = "invite"
    IN_TEAM = "in_team"
    INVITED = "invited"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the file; ``number`` is the row as a spreadsheet program counts it."""

    number: int
    name: str
    email: str
    problem: RowProblem | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What happens with a row."""

    row: Row
    outcome: Outcome
    problem: RowProblem | None = None


# Letters only, in order of preference: of two columns that both fit, the first one counts.
HEADINGS = {
    "email": (
        "emailwerk", "emailzakelijk", "werkemail", "zakelijkemail", "emailadreswerk",
        "emailadreszakelijk", "werkemailadres", "zakelijkemailadres", "emailschool",
        "emailadres", "email", "emailaddress", "emailvalue", "mailadres", "mail",
        "userprincipalname", "البريدالإلكتروني",
    ),
    "name": (
        "naam", "volledigenaam", "weergavenaam", "naammedewerker", "medewerker", "deelnemer",
        "name", "fullname", "displayname", "الاسم",
    ),
    "first": ("roepnaam", "voornaam", "voornamen", "firstname", "givenname"),
    "prefix": (
        "tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "tussenv", "tsv", "tv",
        "prefix",
    ),
    "last": ("achternaam", "geslachtsnaam", "lastname", "surname", "familyname"),
}  # fmt: skip
# What only a list of pupils has. They have no names here, and take part with a class code.
OF_PUPILS = ("leerling", "student", "stamklas", "stamnummer", "stamnr")

# The form that mail servers take everywhere; stricter than the standard (RFC 5321, 4.1.2).
_WORD = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
ADDRESS = re.compile(rf"{_WORD}(?:\.{_WORD})*@(?:{_LABEL}\.)+[a-z]{{2,63}}")
MOST_ADDRESS, MOST_BEFORE_AT = 254, 64


def is_address(text: str) -> bool:
    """Whether a mail can go there, as far as can be seen from the text."""
    before, _at, _after = text.partition("@")
    return (
        len(text) <= MOST_ADDRESS
        and len(before) <= MOST_BEFORE_AT
        and ADDRESS.fullmatch(text) is not None
    )


def tidy(cell: str) -> str:
    """One line of text: no breaks, nothing that turns the direction of what follows."""
    text = unicodedata.normalize("NFC", cell)
    kept = (" " if unicodedata.category(one) == "Cc" else one for one in text)
    turns = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"
    return " ".join("".join(one for one in kept if one not in turns).split())


def _heading(cell: str) -> str:
    return "".join(one for one in tidy(cell).casefold() if one.isalpha())


def find_columns(cells: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its heading; empty for a row that holds no headings."""
    headings = [_heading(cell) for cell in cells]
    found = {}
    for column, known in HEADINGS.items():
        place = next((headings.index(one) for one in known if one in headings), None)
        if place is not None:
            found[column] = place
    return found if "email" in found else {}


def find_headings(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]] | None:
    """The place of the row with headings, and which column is what."""
    seen = 0
    for place, cells in enumerate(table):
        if not any(cell.strip() for cell in cells):
            continue
        columns = find_columns(cells)
        if columns:
            return place, columns
        seen += 1
        if seen == MOST_ABOVE:
            break
    return None


def read_rows(table: Sequence[Sequence[str]]) -> list[Row]:
    """The people below the headings, one for each row that is not empty. Raises ``RosterError``."""
    found = find_headings(table)
    if found is None:
        raise RosterError(FileProblem.NO_COLUMN)
    place, columns = found
    if any(_heading(cell).startswith(OF_PUPILS) for cell in table[place]):
        raise RosterError(FileProblem.PUPILS)
    width = len(table[place])
    rows = [
        _read_row(number, cells, columns, width)
        for number, cells in enumerate(table[place + 1 :], start=place + 2)
        if any(tidy(cell) for cell in cells)
    ]
    if not rows:
        raise RosterError(FileProblem.NOBODY)
    if len(rows) > MOST_ROWS:
        raise RosterError(FileProblem.TOO_MANY)
    return rows


def _read_row(number: int, cells: Sequence[str], columns: dict[str, int], width: int) -> Row:
    def cell(column: str) -> str:
        place = columns.get(column, len(cells))
        return tidy(cells[place]) if place < len(cells) else ""

    name = cell("name") or " ".join(filter(None, map(cell, ("first", "prefix", "last"))))
    email = cell("email").lower().removeprefix("mailto:")
    problem = None
    if any(tidy(more) for more in cells[width:]):
        problem = RowProblem.TOO_MANY_CELLS
    elif not email:
        problem = RowProblem.NO_ADDRESS
    elif len(name) > MOST_NAME or len(email) > MOST_ADDRESS:
        problem = RowProblem.TOO_LONG
    elif not is_address(email):
        problem = RowProblem.WRONG_ADDRESS
    return Row(number, name[:MOST_NAME], email[:MOST_ADDRESS], problem)


def plan(
    rows: Sequence[Row], *, in_team: Collection[str], invited: Collection[str]
) -> list[Planned]:
    """What would happen with each row; ``in_team`` and ``invited`` are addresses in lower case."""
    seen: set[str] = set()
    planned = []
    for row in rows:
        problem, outcome = row.problem, Outcome.INVITE
        if problem is None and row.email in seen:
            problem = RowProblem.TWICE
        if problem is not None:
            outcome = Outcome.ERROR
        elif row.email in in_team:
            outcome = Outcome.IN_TEAM
        elif row.email in invited:
            outcome = Outcome.INVITED
        if problem is None:
            seen.add(row.email)
        planned.append(Planned(row, outcome, problem))
    return planned
