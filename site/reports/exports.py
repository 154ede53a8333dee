"""Reports as files. Every cell is text: nothing in it may become a formula (S-65)."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from reports.queries import Cell, Matrix
from reports.rendering import cell_text, late_text

Rows = list[list[str]]
# OWASP, CSV injection: what makes a spreadsheet program calculate.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def in_words(cell: Cell) -> str:
    return ", ".join(text for text in (cell_text(cell), late_text(cell)) if text)


def matrix_table(matrix: Matrix) -> list[list[str]]:
    kinds = {"lesson": _("Les"), "quiz": _("Quiz")}
    head = [f"{kinds[column.kind]}: {column.title}" for column in matrix.columns]
    return [
        [_("Bijnaam"), *head],
        *[[nickname, *[in_words(cell) for cell in cells]] for nickname, cells in matrix.rows],
    ]


def as_csv(rows: Rows, _title: str) -> bytes:
    """With semicolons and a byte order mark: what a Dutch Excel opens as columns."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Rows, title: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"  # also what begins with "="
            cell.number_format = "@"
            cells.append(cell)
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}


def download(rows: Rows, *, kind: str, name: str, title: str) -> HttpResponse:
    """The rows as a file of this kind, to keep."""
    response = HttpResponse(WRITERS[kind](rows, title), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
