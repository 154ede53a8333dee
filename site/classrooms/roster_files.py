"""Files with a list of people, as a table of texts: CSV in the ways that it comes, and xlsx.

By what is in the file and not by its name. Nothing is calculated: of a formula the value that the
program saved is read. Plain Python.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from classrooms.roster import FileProblem, RosterError, find_headings

Table = list[list[str]]
MOST_BYTES = 1_000_000
# What an xlsx of this size may become; a list of five hundred people is a tenth of it.
MOST_UNPACKED = 10_000_000
MOST_PARTS = 500
# Also empty ones, of which some programs write thousands.
MOST_LINES = 10_000
MOST_COLUMNS = 100
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Dutch Excel writes semicolons, English Excel and most sites commas, some systems tabs.
DELIMITERS = (";", ",", "\t")
TEXT_CONTROLS = {"\t", "\n", "\r"}


def read_table(content: bytes) -> Table:
    """The cells of a CSV or xlsx file, row by row, also the empty rows. Raises ``RosterError``."""
    if len(content) > MOST_BYTES:
        raise RosterError(FileProblem.TOO_BIG)
    if content.startswith(OLE):  # xls, and an xlsx with a password
        raise RosterError(FileProblem.OLD_EXCEL)
    if content.startswith(ZIP):
        return _read_xlsx(content)
    return _read_csv(_decode(content))


def _decode(content: bytes) -> str:
    """The text, by its byte order mark or else as UTF-8, or else as Windows writes it.

    Raises ``RosterError`` for what is no text.
    """
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:60].count(b"\0") > 20:  # UTF-16 that does not say so: ASCII with zeros between
        encodings = ["utf-16-be" if content[:1] == b"\0" else "utf-16-le"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(one >= " " or one in TEXT_CONTROLS for one in text):
            return text
    raise RosterError(FileProblem.UNKNOWN_KIND)


def _read_csv(text: str) -> Table:
    """With the separator under which the headings are found; with the most of them."""
    read: list[tuple[int, Table]] = []
    broken = 0
    for delimiter in DELIMITERS:
        try:
            table = _split(text, delimiter)
        except RosterError as error:
            if error.problem != FileProblem.QUOTES:
                raise
            broken = max(broken, error.row)
            continue
        found = find_headings(table)
        if found is not None:
            read.append((len(found[1]), table))
    if not read:
        raise RosterError(FileProblem.QUOTES if broken else FileProblem.NO_COLUMN, row=broken)
    return max(read, key=lambda one: one[0])[1]


def _split(text: str, delimiter: str) -> Table:
    # Strict: a quotation mark that nobody closes would take all rows after it along.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    table: Table = []
    try:
        table.extend(islice(reader, MOST_LINES + 1))
    except csv.Error as error:
        raise RosterError(FileProblem.QUOTES, row=len(table) + 1) from error
    if len(table) > MOST_LINES:
        raise RosterError(FileProblem.TOO_MANY)
    return table


def _read_xlsx(content: bytes) -> Table:
    """The first sheet."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_parts(archive)
        book = load_workbook(
            BytesIO(content), read_only=True, data_only=True, keep_links=False, keep_vba=False
        )
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size need not be so
        found = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        table = [_texts(cells) for cells in islice(found, MOST_LINES + 1)]
    except RosterError:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part happens to cause
        raise RosterError(FileProblem.DAMAGED) from error
    if len(table) > MOST_LINES:
        raise RosterError(FileProblem.TOO_MANY)
    return table


def _check_parts(archive: ZipFile) -> None:
    """Before anything is parsed. ``ZipFile`` reads no more of a part than its stated size."""
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise RosterError(FileProblem.UNKNOWN_KIND)
    if any("vbaproject" in name or "macrosheets" in name for name in names):
        raise RosterError(FileProblem.MACROS)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RosterError(FileProblem.TOO_BIG)
    if any(part.flag_bits & 1 for part in parts):
        raise BadZipFile("a part has a password")
    # Texts that unfold themselves need one; nothing that a spreadsheet program writes does.
    if any(b"<!DOCTYPE" in archive.read(part).replace(b"\0", b"") for part in parts):
        raise BadZipFile("a part declares texts of its own")


def _texts(cells: tuple[object, ...]) -> list[str]:
    """As wide as every other row: beside a list in a spreadsheet stands all sorts of things."""
    return ["" if cell is None else str(cell) for cell in cells]
