"""In which order the learners of a matrix stand, and which of them."""

from __future__ import annotations

from progress.completion import State
from reports.queries import Cell, Matrix


def arranged(matrix: Matrix, *, is_by_progress: bool, is_only_open: bool) -> Matrix:
    """The same columns; by nickname, or who is least far first. Who did all that they were given
    can be left out."""
    rows = matrix.rows
    if is_only_open:
        rows = [row for row in rows if any(map(_is_open, row[1]))]
    if is_by_progress:
        rows = sorted(rows, key=lambda row: _how_far(row[1]))  # keeps the order of nicknames
    return Matrix(matrix.columns, rows)


def _is_open(cell: Cell) -> bool:
    return cell.is_given and cell.state is not State.DONE


def _how_far(cells: list[Cell]) -> tuple[int, int]:
    states = [cell.state for cell in cells]
    return states.count(State.DONE), states.count(State.BUSY)
