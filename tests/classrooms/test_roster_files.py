"""Lists as Dutch systems write them, and what no list is (S-65 and after)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook

from classrooms.roster import (
    MOST_ROWS,
    FileProblem,
    Outcome,
    RosterError,
    RowProblem,
    is_address,
    plan,
    read_rows,
    tidy,
)
from classrooms.roster_files import MOST_BYTES, MOST_UNPACKED, read_table

NAMES = [
    "Noëlle van 't Hof", "D'Angelo Çelik", "Zoë Åkerström", 'Jan "de Lange" Jansen',
    "Siân-José O'Brien", "İpek Yıldız", "Łukasz Wiśniewski", "van den Broek; Marieke",
]  # fmt: skip
IN_WINDOWS = [name for name in NAMES if not set("İıŁśź") & set(name)]


def address_of(place: int) -> str:
    return f"collega{place}@debrug.example"


def csv_text(rows: list[list[str]], delimiter: str = ";", **options) -> str:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, **options).writerows(rows)
    return text.getvalue()


def xlsx(rows: list[list[object]]) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def people(content: bytes) -> list[tuple[str, str]]:
    return [(row.name, row.email) for row in read_rows(read_table(content))]


def problem_of(content: bytes) -> FileProblem:
    with pytest.raises(RosterError) as caught:
        read_rows(read_table(content))
    return caught.value.problem


def listed(names: list[str]) -> list[list[str]]:
    return [["Naam", "E-mail"], *([name, address_of(n)] for n, name in enumerate(names))]


EXPECTED = [(name, address_of(place)) for place, name in enumerate(NAMES)]
EXPECTED_IN_WINDOWS = [(name, address_of(place)) for place, name in enumerate(IN_WINDOWS)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_names_come_through_every_encoding_and_separator(encoding: str, delimiter: str) -> None:
    assert people(csv_text(listed(NAMES), delimiter).encode(encoding)) == EXPECTED


def test_what_dutch_excel_saves_as_csv() -> None:
    content = csv_text(listed(IN_WINDOWS)).encode("cp1252")
    with pytest.raises(UnicodeDecodeError):  # the control: this is not UTF-8
        content.decode()
    assert people(content) == EXPECTED_IN_WINDOWS


def test_what_magister_writes() -> None:
    """Every cell in quotation marks, a title above, the name in three columns."""
    rows = [
        ["Medewerkers De Brug", "", "", "", "", ""],
        ["Peildatum: 1-9-2026", "", "", "", "", ""],
        [],
        ["Code", "Roepnaam", "Tussenvoegsel", "Achternaam", "E-mail", "Telefoon"],
        ["HOFN", "Noëlle", "van 't", "Hof", "N.vantHof@debrug.example", "0612345678"],
        ["CELD", "D'Angelo", "", "Çelik", "d.celik@debrug.example", ""],
    ]
    content = csv_text(rows, quoting=csv.QUOTE_ALL).encode("cp1252")
    assert people(content) == [
        ("Noëlle van 't Hof", "n.vanthof@debrug.example"),
        ("D'Angelo Çelik", "d.celik@debrug.example"),
    ]
    assert [row.number for row in read_rows(read_table(content))] == [5, 6]


def test_what_somtoday_writes() -> None:
    rows = [
        ["Afkorting", "Achternaam", "Voorvoegsel", "Voornaam", "Emailadres"],
        ["hofn", "Hof", "van 't", "Noëlle", "n.hof@debrug.example"],
    ]
    content = csv_text(rows, ";", lineterminator="\n").encode("utf-8-sig")
    assert people(content) == [("Noëlle van 't Hof", "n.hof@debrug.example")]


def test_what_afas_writes() -> None:
    """As xlsx, with numbers, a date, two addresses and remarks beside the table."""
    rows = [
        ["Medewerker", "Naam medewerker", "Functie", "In dienst", "E-mail privé", "E-mail werk"],
        [10012, "Hof, N. van 't", "Docent", "2019-08-01", "n@thuis.example", "n@debrug.example"],
        [10013, "Çelik, D.", "Mentor", "2020-08-01", None, "d@debrug.example", None, "ziek"],
    ]
    assert [email for _name, email in people(xlsx(rows))] == [
        "n@debrug.example",
        "d@debrug.example",
    ]


def test_what_outlook_and_excel_write_at_the_top() -> None:
    content = "sep=,\r\nFirst Name,Last Name,E-mail Address\r\nZoë,Åkerström,z@a.example\r\n"
    assert people(content.encode("utf-8-sig")) == [("Zoë Åkerström", "z@a.example")]


def test_a_name_over_two_lines_is_one_row() -> None:
    content = 'Naam;E-mail\r\n"Noëlle\r\nvan \'t Hof";n@debrug.example\r\nBo;bo@debrug.example\r\n'
    assert people(content.encode()) == [
        ("Noëlle van 't Hof", "n@debrug.example"),
        ("Bo", "bo@debrug.example"),
    ]


def test_an_xlsx_keeps_names_and_counts_rows_as_excel_does() -> None:
    content = xlsx([["Team Noord"], [], ["Naam", "E-mail"], *listed(NAMES)[1:]])
    assert people(content) == EXPECTED
    assert read_rows(read_table(content))[0].number == 4


def test_a_formula_is_never_calculated() -> None:
    """What it would give is read where a program saved it; ours saved nothing."""
    content = xlsx([["Naam", "E-mail"], ["=1+1", "bo@debrug.example"]])
    assert people(content) == [("", "bo@debrug.example")]
    text = csv_text([["Naam", "E-mail"], ['=HYPERLINK("http://kwaad.example")', "bo@b.example"]])
    assert people(text.encode()) == [('=HYPERLINK("http://kwaad.example")', "bo@b.example")]


def test_nothing_in_a_name_turns_the_page_round() -> None:
    content = csv_text([["Naam", "E-mail"], ["\u202eedoc\u0000\u0007 x", "bo@b.example"]])
    with pytest.raises(RosterError):  # a zero is in no text
        read_table(content.encode())
    assert people(content.replace("\0", "").replace("\7", "").encode()) == [
        ("edoc x", "bo@b.example")
    ]


def with_part(name: str, content: bytes = b"x") -> bytes:
    file = BytesIO(xlsx(listed(NAMES)))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def zip_of(**parts: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.NO_COLUMN),
        (b"x" * (MOST_BYTES + 1), FileProblem.TOO_BIG),
        (b"%PDF-1.7\n\x00\x01\x02", FileProblem.UNKNOWN_KIND),
        (b"\x89PNG\r\n\x1a\n\x00\x00", FileProblem.UNKNOWN_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", FileProblem.OLD_EXCEL),
        (b"PK\x03\x04 half", FileProblem.DAMAGED),
        (xlsx(listed(NAMES))[:-300], FileProblem.DAMAGED),
        (zip_of(word__document=b"x"), FileProblem.UNKNOWN_KIND),
        (with_part("xl/vbaProject.bin"), FileProblem.MACROS),
        (with_part("xl/media/a.bin", bytes(MOST_UNPACKED)), FileProblem.TOO_BIG),
        (b"Naam;Telefoon\r\nBo;0612345678\r\n", FileProblem.NO_COLUMN),
        (b"Naam;E-mail\r\n\r\n;\r\n", FileProblem.NOBODY),
        (b"Leerlingnummer;Naam;E-mail\r\n1;Bo;bo@b.example\r\n", FileProblem.PUPILS),
        (b"Naam;E-mail;Stamklas\r\nBo;bo@b.example;2b\r\n", FileProblem.PUPILS),
        (b'Naam;E-mail\r\n"Bo;bo@b.example\r\nAn;an@b.example\r\n', FileProblem.QUOTES),
        (csv_text(listed(["Bo"] * (MOST_ROWS + 1))).encode(), FileProblem.TOO_MANY),
        (b"Naam;E-mail\r\n" + b"\r\n" * 20_000, FileProblem.TOO_MANY),
    ],
)
def test_what_is_no_list_says_why(content: bytes, problem: FileProblem) -> None:
    assert problem_of(content) == problem


def test_a_list_of_the_longest_length_is_read() -> None:
    """The control of the bounds above."""
    assert len(people(csv_text(listed(["Bo"] * MOST_ROWS)).encode())) == MOST_ROWS


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """An xlsx with one person, of which the sheet was changed by hand."""
    source, file = ZipFile(BytesIO(xlsx(listed(["Bo"])))), BytesIO()
    with ZipFile(file, "w") as archive:
        for part in source.infolist():
            content, is_sheet = source.read(part), part.filename == "xl/worksheets/sheet1.xml"
            archive.writestr(part.filename, change(content) if is_sheet else content)
    return file.getvalue()


@pytest.mark.parametrize(
    "top", [b"<!DOCTYPE worksheet>", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>']
)
def test_texts_that_unfold_themselves_are_refused(top: bytes) -> None:
    assert problem_of(with_sheet(lambda sheet: top + sheet)) == FileProblem.DAMAGED


@pytest.mark.parametrize("size", [b"A1:B2", b"A1:A1", b"A1:XFD1048576"])
def test_what_a_sheet_says_of_its_own_size_is_not_believed(size: bytes) -> None:
    """The first one is true, and the control of what is changed by hand."""
    content = with_sheet(lambda sheet: sheet.replace(b'ref="A1:B2"', b'ref="%s"' % size))
    assert people(content) == [("Bo", address_of(0))]


def test_a_cell_that_says_it_is_far_away_takes_no_memory() -> None:
    book, file = Workbook(), BytesIO()
    book.active["A1"], book.active["B1"] = "Naam", "E-mail"
    book.active["XFD1048576"] = "ver"
    book.save(file)
    assert problem_of(file.getvalue()) == FileProblem.TOO_MANY


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["Bo", ""], RowProblem.NO_ADDRESS),
        (["Bo"], RowProblem.NO_ADDRESS),
        (["Bo", "n.v.t."], RowProblem.WRONG_ADDRESS),
        (["Bo", "bo@debrug"], RowProblem.WRONG_ADDRESS),
        (["Bo", "bo@b.example, an@b.example"], RowProblem.WRONG_ADDRESS),
        (["Bo", "bo@b.example\nBcc: x@y.example"], RowProblem.WRONG_ADDRESS),
        (["B" * 121, "bo@b.example"], RowProblem.TOO_LONG),
        (["Bo", "b" * 250 + "@b.example"], RowProblem.TOO_LONG),
        (["Hof", "Noëlle", "bo@b.example"], RowProblem.TOO_MANY_CELLS),
        (["Bo", "  Bo@B.example "], None),
        (["", "mailto:bo@b.example"], None),
    ],
)
def test_a_row_says_what_is_wrong_with_it(cells: list[str], problem: RowProblem | None) -> None:
    (row,) = read_rows([["Naam", "E-mail"], cells])
    assert (row.number, row.problem) == (2, problem)


def test_each_row_gets_one_answer() -> None:
    table = [
        ["Naam", "E-mail"], ["An", "an@b.example"], ["Bo", "bo@b.example"],
        ["Cas", "cas@b.example"], ["Cas weer", "CAS@b.example"], ["Dé", "x"],
    ]  # fmt: skip
    planned = plan(read_rows(table), in_team={"an@b.example"}, invited={"bo@b.example"})
    assert [(one.outcome, one.problem) for one in planned] == [
        (Outcome.IN_TEAM, None),
        (Outcome.INVITED, None),
        (Outcome.INVITE, None),
        (Outcome.ERROR, RowProblem.TWICE),
        (Outcome.ERROR, RowProblem.WRONG_ADDRESS),
    ]


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ADDRESSES = st.one_of(st.emails(), CELL, st.sampled_from(["a@b.example", "A@B.example", ""]))
# What is printed in one cell: of control characters only those that can be in a text.
SHOWN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.lists(st.tuples(SHOWN, SHOWN), max_size=30), st.sampled_from([";", ",", "\t"]))
@example([("x;y", 'a "b" c'), ("", ""), ("\u2028", "=1")], ";")
def test_no_row_of_a_file_is_lost_or_made_up(rows: list[tuple[str, str]], delimiter: str) -> None:
    """However odd the cells are: as many rows come back as hold anything, each at its own place."""
    table = [["Naam", "E-mail"], *map(list, rows)]
    filled = [n for n, row in enumerate(table, start=1) if n > 1 and any(map(tidy, row))]
    content = csv_text(table, delimiter).encode("utf-8-sig")
    if not filled:
        assert problem_of(content) == FileProblem.NOBODY
        return
    found = read_rows(read_table(content))
    planned = plan(found, in_team=(), invited=())
    assert [one.row.number for one in planned] == [row.number for row in found]
    assert [row.number for row in found] == filled


@given(st.lists(ADDRESSES, min_size=1, max_size=40), st.sets(st.emails(), max_size=3))
def test_nobody_is_invited_twice_or_while_they_are_in(emails: list[str], in_team: set) -> None:
    here = {email.lower() for email in in_team}
    table = [["E-mail", "Naam"], *([email, "Bo"] for email in [*emails, *here])]
    planned = plan(read_rows(table), in_team=here, invited=())
    assert len(planned) == len(emails) + len(here)
    invited = [one.row.email for one in planned if one.outcome == Outcome.INVITE]
    assert len(invited) == len(set(invited))
    assert not here & set(invited)


@given(st.one_of(st.emails(), CELL))
@example("a@b.co")
def test_every_address_that_is_taken_is_one_for_django_too(email: str) -> None:
    if is_address(email):
        try:
            validate_email(email)
        except ValidationError:
            pytest.fail(f"Django refuses {email!r}")
